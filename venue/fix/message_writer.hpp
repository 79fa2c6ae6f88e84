// Writes one FIX message as bytes: the header first, then field after field, then BodyLength and CheckSum. It appends
// to a string that it doesn't own and allocates nothing else.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "venue/fix/encode.hpp"
#include "venue/model/number.hpp"
#include "venue/model/time.hpp"

namespace venue::fix {

class MessageWriter {
  public:
    /// Begins a message of `type` behind whatever `out` holds. What is written is FIX 4.4: a field that the header's
    /// dialect doesn't have is left out, and a value of `letter` and `integer` that it lacks is told as it says.
    MessageWriter(std::string& out, std::string_view type, const Header& header);

    /// `value` holds no separator: it comes from a parsed field or from the venue itself.
    MessageWriter& text(int tag, std::string_view value);
    /// One value in several parts.
    MessageWriter& text(int tag, std::initializer_list<std::string_view> parts);
    /// Nothing when `value` is empty.
    MessageWriter& text_if(int tag, std::string_view value);
    MessageWriter& letter(int tag, char value);
    /// A field of several values, each of them like `letter`.
    MessageWriter& letters(int tag, std::string_view values);
    MessageWriter& integer(int tag, std::int64_t value);
    /// digits × 10^-scale in its shortest exact form: "20000", "0.5", "-1.25".
    MessageWriter& decimal(int tag, model::Int128 digits, int scale);
    MessageWriter& decimal(int tag, const model::Decimal& value) { return decimal(tag, value.digits, value.scale); }
    /// `count` steps of `step`: a price in ticks, a quantity in lots.
    MessageWriter& steps(int tag, std::int64_t count, const model::Decimal& step) {
        return decimal(tag, step.digits * count, step.scale);
    }
    MessageWriter& time(int tag, model::Timestamp value);

    /// Whether the header's dialect has that field in this message.
    [[nodiscard]] bool has(int tag) const { return !is_left_out(tag); }

    /// Ends the message: its length and its checksum are known now.
    void finish();

  private:
    [[nodiscard]] bool is_left_out(int tag) const {
        for (const int left_out : left_out_) {
            if (left_out == tag) return true;
        }
        return false;
    }

    std::string& out_;
    const Dialect& dialect_;
    std::span<const int> left_out_;
    std::size_t begin_;  ///< Where the message begins.
    std::size_t body_;   ///< Where the body, which BodyLength counts, begins.
};

}  // namespace venue::fix
