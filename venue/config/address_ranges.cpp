#include "venue/config/address_ranges.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace venue::config {
namespace {

std::optional<model::NetworkAddress> address_of(const std::string& text) {
    in6_addr ipv6;
    if (::inet_pton(AF_INET6, text.c_str(), &ipv6) == 1) return std::to_array(ipv6.s6_addr);
    in_addr ipv4;
    if (::inet_pton(AF_INET, text.c_str(), &ipv4) != 1) return std::nullopt;
    model::NetworkAddress mapped{};
    mapped[10] = mapped[11] = 0xff;
    std::ranges::copy(std::bit_cast<std::array<std::uint8_t, 4>>(ipv4.s_addr), mapped.begin() + 12);
    return mapped;
}

/// "10.1.0.0/16", or one address.
std::optional<model::AddressRange> range_of(const std::string& text) {
    const auto slash = text.find('/');
    const auto address = address_of(text.substr(0, slash));
    if (!address) return std::nullopt;
    const int bits = text.find(':') == std::string::npos ? 32 : 128;
    if (slash == std::string::npos) return model::AddressRange{*address, 128};
    const auto digits = text.substr(slash + 1);
    const bool is_number = !digits.empty() && digits.size() <= 3 &&
                           std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number || std::stoi(digits) > bits) return std::nullopt;
    return model::AddressRange{*address, 128 - bits + std::stoi(digits)};
}

}  // namespace

std::vector<model::AddressRange> read_ranges(TableReader& reader, std::string_view key) {
    std::vector<model::AddressRange> ranges;
    for (const auto& text : reader.texts(key)) {
        const auto range = range_of(text);
        reader.require(range.has_value(), key, text + " is no range of addresses",
                       "addresses like \"192.0.2.7\", or ranges like \"192.0.2.0/24\" and \"2001:db8::/32\"");
        ranges.push_back(*range);
    }
    return ranges;
}

}  // namespace venue::config
