#include "venue/fix/proxy_header.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "venue/fix/network_address.hpp"
#include "venue/fix/whole_number.hpp"

namespace venue::fix {
namespace {

// Version 1 is a line of text; version 2 a signature, two bytes, the size of the rest, and that.
constexpr std::string_view text_start = "PROXY ";
constexpr std::size_t text_size_max = 107;
constexpr std::string_view signature{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t fixed_size = 16;
/// Addresses, and more that nobody here needs.
constexpr std::size_t rest_max = 536;
/// As many bytes of either tell which one it is, and the shortest header has more.
constexpr std::size_t telling_size = 8;

constexpr int version_local = 0x20;
constexpr int version_proxy = 0x21;
constexpr int unspecified = 0x00;
constexpr int tcp_over_ipv4 = 0x11;
constexpr int tcp_over_ipv6 = 0x21;

int byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }
int number_at(std::string_view bytes, std::size_t at) { return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }

std::optional<std::size_t> missing_of_text(std::string_view begin) {
    if (begin.ends_with('\n')) return 0;
    return begin.size() < text_size_max ? std::optional<std::size_t>(1) : std::nullopt;
}

std::optional<std::size_t> missing_of_binary(std::string_view begin) {
    if (begin.size() < fixed_size) return fixed_size - begin.size();
    const auto rest = static_cast<std::size_t>(number_at(begin, 14));
    if (!begin.starts_with(signature) || rest > rest_max) return std::nullopt;
    return fixed_size + rest - begin.size();
}

/// "PROXY TCP4 192.0.2.7 10.0.0.1 50000 9878", or "PROXY UNKNOWN" and anything.
std::optional<ProxyPeer> peer_of_text(std::string_view line) {
    std::array<std::string_view, 6> words;
    for (auto& word : words) {
        word = line.substr(0, line.find(' '));
        line.remove_prefix(std::min(line.size(), word.size() + 1));
    }
    if (words[1] == "UNKNOWN") return ProxyPeer{.is_proxy_itself = true};
    const auto address = address_named(words[2]);
    const auto port = whole_number<int>(words[4]);
    const bool is_known = words[1] == "TCP4" || words[1] == "TCP6";
    if (!is_known || !address || !port || *port < 0 || *port > 65'535 || !line.empty()) return std::nullopt;
    return ProxyPeer{false, *address, *port};
}

/// Source address, destination address, source port, destination port, then whatever else.
std::optional<ProxyPeer> peer_of_binary(std::string_view header) {
    const int version = byte_at(header, 12);
    const int family = byte_at(header, 13);
    if (version == version_local) return ProxyPeer{.is_proxy_itself = true};
    if (version != version_proxy) return std::nullopt;
    if (family == unspecified) return ProxyPeer{.is_proxy_itself = true};
    if (family != tcp_over_ipv4 && family != tcp_over_ipv6) return std::nullopt;
    const std::size_t size = family == tcp_over_ipv4 ? 4 : 16;
    const auto ends = header.substr(fixed_size);
    if (ends.size() < 2 * size + 4) return std::nullopt;
    ProxyPeer peer;
    if (family == tcp_over_ipv4) peer.address[10] = peer.address[11] = 0xff;
    std::ranges::copy(ends.substr(0, size), peer.address.end() - static_cast<std::ptrdiff_t>(size));
    peer.port = number_at(ends, 2 * size);
    return peer;
}

}  // namespace

std::optional<std::size_t> missing_of_proxy_header(std::string_view begin) {
    if (begin.size() < telling_size) return telling_size - begin.size();
    if (begin.starts_with(text_start)) return missing_of_text(begin);
    if (begin.starts_with(signature.substr(0, telling_size))) return missing_of_binary(begin);
    return std::nullopt;
}

std::optional<ProxyPeer> peer_of_proxy_header(std::string_view header) {
    if (!header.starts_with(text_start)) return peer_of_binary(header);
    if (!header.ends_with("\r\n")) return std::nullopt;
    return peer_of_text(header.substr(0, header.size() - 2));
}

}  // namespace venue::fix
