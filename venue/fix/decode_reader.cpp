#include "venue/fix/decode_reader.hpp"

#include <algorithm>

#include "venue/fix/spec_tables.hpp"
#include "venue/fix/utc_time.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

// SessionRejectReason (373).
constexpr int value_is_incorrect = 5;
constexpr int incorrect_data_format = 6;

constexpr std::size_t short_text_max = 64;
constexpr std::ptrdiff_t decimal_digits_max = 30;
constexpr std::size_t time_size_max = 21;  // YYYYMMDD-HH:MM:SS.sss

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::ptrdiff_t digit_count(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

model::ClOrdId FieldReader::cl_ord_id(int tag) {
    const auto value = fields_.get(tag);
    if (!value) return {};
    if (value->empty() || value->size() > model::ClOrdId::size_max || !is_printable(*value)) {
        note(value_is_incorrect, tag, "must be 1 to 36 printable ASCII characters");
    }
    return model::ClOrdId(*value);
}

std::optional<model::Decimal> FieldReader::optional_decimal(int tag) {
    const auto value = fields_.get(tag);
    if (!value) return {};
    const auto number = model::parse_decimal(*value);
    if (!number) {
        note(incorrect_data_format, tag,
             digit_count(*value) > decimal_digits_max ? "has more than 30 digits" : "is not a decimal number");
    }
    return number;
}

int FieldReader::integer(int tag) {
    const auto value = fields_.get(tag);
    if (!value) return 0;
    const auto number = whole_number<int>(*value);
    if (!number) note(incorrect_data_format, tag, "is not a whole number of this venue's range");
    return number.value_or(0);
}

std::int64_t FieldReader::group(int tag) {
    const auto value = fields_.get(tag);
    if (!value) return 0;
    const auto number = whole_number<std::int64_t>(*value).value_or(0);
    if (number <= 0) note(value_is_incorrect, tag, "is no whole number above zero");
    return number;
}

std::optional<model::Timestamp> FieldReader::time(int tag) {
    const auto value = fields_.get(tag);
    if (!value) return {};
    const auto time = value->size() > time_size_max ? std::nullopt : parse_utc_time(*value);
    if (!time) note(incorrect_data_format, tag, "is no time of UTC, to the millisecond at most");
    return time;
}

std::optional<model::Timestamp> FieldReader::end_of_day(int tag) {
    const auto value = fields_.get(tag);
    if (!value) return {};
    const auto midnight = parse_utc_time(std::string(*value) + "-00:00:00");
    if (!midnight) {
        note(incorrect_data_format, tag, "is no day");
        return {};
    }
    return next_midnight(*midnight);
}

bool FieldReader::has_value(int tag, char value) const {
    // Values are single characters with blanks between them.
    return fields_.text(tag).find(value) != std::string_view::npos;
}

std::string FieldReader::short_text(int tag) { return short_text(tag, fields_.text(tag)); }

std::string FieldReader::short_text(int tag, std::string_view value) {
    if (value.size() > short_text_max || !is_printable(value)) {
        note(value_is_incorrect, tag, "must be at most 64 printable ASCII characters");
        return {};
    }
    return std::string(value);
}

model::OrderId FieldReader::order_id() const {
    const auto value = fields_.text(tag::order_id);
    // Reports of orders that never were say NONE, and some participants send back what they got.
    if (value.empty() || value == "NONE") return {};
    return model::OrderId(whole_number<std::int64_t>(value).value_or(-1));
}

model::Side FieldReader::side() const {
    // One that the venue doesn't offer comes with a flaw, and is told as it was asked.
    const auto value = fields_.text(tag::side);
    return value.empty() ? model::Side::buy : static_cast<model::Side>(value.front() - '0');
}

void FieldReader::note(int reason, int tag, std::string text) {
    if (fault_) return;
    fault_ = SyntaxReject{reason, tag, std::string(tag_name(tag)) + " " + std::move(text) + "."};
}

}  // namespace venue::fix
