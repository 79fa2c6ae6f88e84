// Messages that arrived before their turn, because some in front of them are missing. The session engine would keep
// whatever it is shown, so it is shown nothing before its turn; here there is a limit, in numbers and in bytes. What is
// not kept comes again: the resend that fills a gap goes on to the newest message.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace venue::fix {

class AheadQueue {
  public:
    /// How far beyond the number expected a message may be.
    static constexpr std::int64_t span_max = 1'000;
    static constexpr std::size_t bytes_max = 1'048'576;

    /// False when it isn't kept.
    bool keep(std::int64_t number, std::int64_t expected, std::string_view message);
    /// The message whose turn it is, if it is here; what is before it is forgotten.
    std::optional<std::string> take(std::int64_t expected);
    void clear();
    [[nodiscard]] std::size_t size() const { return messages_.size(); }

  private:
    std::string remove_first();

    std::map<std::int64_t, std::string> messages_;
    std::size_t bytes_ = 0;
};

}  // namespace venue::fix
