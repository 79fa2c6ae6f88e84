// Cuts a stream of bytes into FIX messages, in place. What is no message is skipped and counted: up to the next
// "8=FIX", or, where it had a length, up to the trailer behind that.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace venue::fix {

class Framer {
  public:
    /// `message_max`: a longer message makes `is_too_large` true.
    explicit Framer(std::size_t message_max) : message_max_(message_max) {}

    /// Where the next bytes may be written; never empty. What `next` returned before is gone afterwards.
    std::span<char> space();
    /// `count` bytes were written there.
    void commit(std::size_t count);

    /// The next whole message whose length and checksum are right, valid until `space`. Empty when more bytes are
    /// needed, or when the stream is too large to go on.
    std::optional<std::string_view> next();

    [[nodiscard]] bool is_too_large() const { return too_large_; }
    /// Stretches of bytes that were skipped.
    [[nodiscard]] std::size_t garbled_count() const { return garbled_count_; }
    /// Bytes that wait for the rest of their message.
    [[nodiscard]] std::size_t waiting() const { return end_ - begin_; }

  private:
    enum class Shape { whole, partial, garbled, too_large };
    struct Frame {
        Shape shape = Shape::partial;
        std::size_t size = 0;
    };
    static Frame frame(std::string_view bytes, std::size_t message_max);
    static Frame frame_body(std::string_view bytes, std::size_t length_at, std::size_t message_max);
    static Frame frame_trailer(std::string_view bytes, std::size_t body_end, std::size_t message_max);
    /// `size` is what it takes up; zero where that isn't known.
    void skip_garbled(std::size_t size);
    [[nodiscard]] std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }

    std::size_t message_max_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t garbled_count_ = 0;
    bool skipping_ = false;
    bool too_large_ = false;
};

}  // namespace venue::fix
