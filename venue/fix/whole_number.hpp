// Whole numbers as text, as strict as the wire wants them: no sign but a minus, no spaces, nothing behind the digits.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace venue::fix {

/// Empty when `text` is none, or none that the type can hold.
template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace venue::fix
