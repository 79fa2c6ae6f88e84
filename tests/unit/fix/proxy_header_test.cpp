#include "venue/fix/proxy_header.hpp"

#include <gtest/gtest.h>

#include <string>

namespace venue::fix {
namespace {

using namespace std::string_literals;

constexpr model::NetworkAddress documented{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 7};

std::string binary(char version, char family, const std::string& rest) {
    const auto size = static_cast<char>(rest.size());
    return "\r\n\r\n\0\r\nQUIT\n"s + version + family + '\0' + size + rest;
}

/// 192.0.2.7:50000 to 10.0.0.1:9878.
const std::string ipv4 = "\xc0\x00\x02\x07\x0a\x00\x00\x01\xc3\x50\x26\x96"s;

/// How much of the stream is read as the header; empty when it is found to be none.
std::optional<std::size_t> read_of(const std::string& stream) {
    std::size_t size = 0;
    for (;;) {
        const auto missing = missing_of_proxy_header(std::string_view(stream).substr(0, size));
        if (!missing || size + *missing > stream.size()) return std::nullopt;
        if (*missing == 0) return size;
        size += *missing;
    }
}

TEST(ProxyHeader, is_read_to_its_end_and_not_a_byte_further) {
    for (const auto& header : {"PROXY UNKNOWN\r\n"s, "PROXY TCP4 192.0.2.7 10.0.0.1 50000 9878\r\n"s,
                               binary(0x21, 0x11, ipv4), binary(0x20, 0x00, "")}) {
        EXPECT_EQ(read_of(header + "8=FIX.4.4\x01"), header.size()) << header;
    }
}

TEST(ProxyHeader, is_no_more_than_there_can_be) {
    EXPECT_EQ(read_of("8=FIX.4.4\x01"
                      "9=100\x01 and so on"),
              std::nullopt);
    EXPECT_EQ(read_of("PROXY " + std::string(1'000, 'x')), std::nullopt);
    EXPECT_EQ(read_of("\r\n\r\n\0\r\nNOPE\n\x21\x11\0\0"s), std::nullopt);
    EXPECT_EQ(read_of("\r\n\r\n\0\r\nQUIT\n\x21\x11\x02\x19"s + std::string(1'000, 'x')), std::nullopt);
}

TEST(ProxyHeader, names_a_peer_of_ipv4) {
    for (const auto& header : {"PROXY TCP4 192.0.2.7 10.0.0.1 50000 9878\r\n"s, binary(0x21, 0x11, ipv4),
                               binary(0x21, 0x11, ipv4 + "\x04\x00\x05zzzzz"s)}) {
        const auto peer = peer_of_proxy_header(header);
        ASSERT_TRUE(peer) << header;
        EXPECT_EQ(peer->address, documented);
        EXPECT_EQ(peer->port, 50'000);
        EXPECT_FALSE(peer->is_proxy_itself);
    }
}

TEST(ProxyHeader, names_a_peer_of_ipv6) {
    const auto source = "\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x01";
    for (const auto& header : {"PROXY TCP6 2001:db8::1 ::1 50000 9878\r\n"s,
                               binary(0x21, 0x21, source + std::string(16, '\x02') + "\xc3\x50\x26\x96")}) {
        const auto peer = peer_of_proxy_header(header);
        ASSERT_TRUE(peer) << header;
        EXPECT_EQ(peer->address, (model::NetworkAddress{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    }
}

TEST(ProxyHeader, may_be_of_the_proxy_itself) {
    EXPECT_TRUE(peer_of_proxy_header(binary(0x20, 0x00, ""))->is_proxy_itself) << "it looks whether we live";
    EXPECT_TRUE(peer_of_proxy_header(binary(0x21, 0x00, ""))->is_proxy_itself) << "it doesn't know";
    EXPECT_TRUE(peer_of_proxy_header("PROXY UNKNOWN\r\n")->is_proxy_itself);
}

TEST(ProxyHeader, that_is_wrong_names_nobody) {
    for (const auto& header :
         {binary(0x11, 0x11, ipv4), binary(0x21, 0x12, ipv4), binary(0x21, 0x31, ipv4),
          binary(0x21, 0x11, ipv4.substr(0, 11)), binary(0x21, 0x21, ipv4),
          "PROXY TCP4 192.0.2.7 10.0.0.1 50000 9878\n"s, "PROXY TCP4 192.0.2 10.0.0.1 1 2\r\n"s,
          "PROXY TCP4 192.0.2.7 10.0.0.1 99999 9878\r\n"s, "PROXY UDP4 192.0.2.7 10.0.0.1 1 2\r\n"s,
          "PROXY TCP4 192.0.2.7 10.0.0.1 1 2 3\r\n"s, "PROXY TCP4\r\n"s}) {
        EXPECT_FALSE(peer_of_proxy_header(header)) << header;
    }
}

}  // namespace
}  // namespace venue::fix
