#include "venue/model/access.hpp"

#include <algorithm>

namespace venue::model {
namespace {

/// Where IPv4 lies among the addresses of IPv6.
constexpr int mapped_prefix = 96;
constexpr AddressRange ipv4_loopback{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, mapped_prefix + 8};
constexpr AddressRange ipv6_loopback{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128};

}  // namespace

bool AddressRange::contains(const NetworkAddress& address) const {
    const auto whole = static_cast<std::size_t>(prefix / 8);
    if (!std::equal(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(whole), address.begin())) return false;
    if (prefix % 8 == 0) return true;
    const int free_bits = 8 - prefix % 8;
    return first[whole] >> free_bits == address[whole] >> free_bits;
}

bool AddressRange::is_loopback() const {
    const auto lies_in = [this](const AddressRange& outer) { return prefix >= outer.prefix && outer.contains(first); };
    return lies_in(ipv4_loopback) || lies_in(ipv6_loopback);
}

bool SessionAccess::may_come_from(const NetworkAddress& address) const {
    return addresses.empty() ||
           std::ranges::any_of(addresses, [&](const auto& range) { return range.contains(address); });
}

const SessionAccess& Access::of(std::string_view comp_id) const {
    const auto own = sessions.find(comp_id);
    return own == sessions.end() ? every_session : own->second;
}

Timestamp last_time_of_day(Timestamp now, std::int32_t second) {
    constexpr std::int64_t day = 86'400'000'000'000;
    const auto of_day = std::int64_t{second} * 1'000'000'000;
    return {(now.nanoseconds - of_day) / day * day + of_day};
}

}  // namespace venue::model
