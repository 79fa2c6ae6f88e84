#include "venue/fix/utc_time.hpp"

#include <chrono>
#include <cstdint>

namespace venue::fix {
namespace {

constexpr std::size_t size_to_seconds = 17;  // YYYYMMDD-HH:MM:SS
constexpr std::size_t fraction_digits_max = 9;
constexpr std::int64_t year_min = 1970;
constexpr std::int64_t year_max = 2261;  ///< The last whole one that 64 bits of nanoseconds reach.

/// Minus one when it isn't made of digits alone.
std::int64_t digits(std::string_view text) {
    std::int64_t number = text.empty() ? -1 : 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::optional<std::int64_t> fraction_nanoseconds(std::string_view text) {
    if (text.empty()) return 0;
    const auto fraction = text.substr(1);
    if (text[0] != '.' || fraction.size() > fraction_digits_max || digits(fraction) < 0) return std::nullopt;
    auto nanoseconds = digits(fraction);
    for (auto count = fraction.size(); count < fraction_digits_max; ++count) nanoseconds *= 10;
    return nanoseconds;
}

}  // namespace

std::optional<model::Timestamp> parse_utc_time(std::string_view text) {
    if (text.size() < size_to_seconds || text[8] != '-' || text[11] != ':' || text[14] != ':') return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t size) { return digits(text.substr(at, size)); };
    const auto year = part(0, 4);
    if (year < year_min || year > year_max) return std::nullopt;
    const std::chrono::year_month_day day(std::chrono::year(static_cast<int>(year)),
                                          std::chrono::month(static_cast<unsigned>(part(4, 2))),
                                          std::chrono::day(static_cast<unsigned>(part(6, 2))));
    const auto hours = part(9, 2), minutes = part(12, 2), seconds = part(15, 2);
    const auto fraction = fraction_nanoseconds(text.substr(size_to_seconds));
    if (!day.ok() || hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || !fraction) return {};
    if (seconds < 0 || seconds > 60) return std::nullopt;  // 60 is a leap second.
    const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
    return model::Timestamp{((days * 24 + hours) * 60 + minutes) * 60'000'000'000 + seconds * 1'000'000'000 +
                            *fraction};
}

}  // namespace venue::fix
