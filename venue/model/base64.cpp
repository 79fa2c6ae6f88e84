#include "venue/model/base64.hpp"

#include <cstdint>

namespace venue::model {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Empty when one of the characters is no digit.
std::optional<std::uint32_t> number_of(std::string_view digits) {
    std::uint32_t number = 0;
    for (const char c : digits) {
        const auto digit = alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        number = number << 6 | static_cast<std::uint32_t>(digit);
    }
    return number;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    const auto padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
    const auto last = std::string(text.substr(text.size() - 4, 4 - padding)) + std::string(padding, 'A');
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += 4) {
        const bool is_last = at + 4 == text.size();
        const auto number = number_of(is_last ? std::string_view(last) : text.substr(at, 4));
        if (!number) return std::nullopt;
        for (const int shift : {16, 8, 0}) bytes.push_back(static_cast<char>(*number >> shift & 0xff));
    }
    for (std::size_t i = 0; i < padding; ++i) {
        // What the padding leaves over is zero, or there were two texts of the same bytes.
        if (bytes.back() != '\0') return std::nullopt;
        bytes.pop_back();
    }
    return bytes;
}

}  // namespace venue::model
