// Signed Logons: each is good for one, also where the venue has forgotten which ones were used.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>

#include "tests/unit/fix/socket_client.hpp"
#include "tests/unit/fix/stub_venue.hpp"

namespace venue::fix {
namespace {

const std::string key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

std::string signature_of(const std::string& text) {
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::array<unsigned char, 32> code{};
    std::size_t size = 0;
    EXPECT_NE(EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(), key.size(), bytes, text.size(),
                        code.data(), code.size(), &size),
              nullptr);
    std::array<unsigned char, 45> base64{};
    EVP_EncodeBlock(base64.data(), code.data(), static_cast<int>(size));
    return {base64.begin(), base64.end() - 1};
}

class SignedLogon : public ::testing::Test {
  protected:
    /// Numbers that begin anew with each connection say nothing about what came before.
    static Settings signing() {
        auto settings = StubVenue::quick();
        settings.access.every_session = {.authentication = model::Authentication::signature,
                                         .reset = model::NumberReset::on_logon,
                                         .keys = {{model::KeyKind::hmac_sha256, key}}};
        return settings;
    }
    SignedLogon() : venue(signing()) {}

    Received answer(const std::string& sent) {
        const auto signature = signature_of(with_bars(sent + "|A|1|ALICE|VENUE"));
        SocketClient client(venue.port());
        client.send_bytes(
            framed("35=A|49=ALICE|56=VENUE|34=1|52=" + sent + "|98=0|108=30|95=44|96=" + signature + "|"));
        auto told = client.receive();
        client.drop();
        EXPECT_TRUE(
            venue.wait_for([](const auto& requests) { return is_command<model::DisconnectSession>(requests.back()); }));
        return told;
    }

    StubVenue venue;
};

TEST_F(SignedLogon, is_good_once) {
    const auto sent = utc_now();
    EXPECT_EQ(answer(sent).at(35), "A");
    EXPECT_EQ(answer(sent).at(58), "This signature was used before: sign another SendingTime (52).");
}

TEST_F(SignedLogon, of_before_a_restart_is_good_no_more) {
    const auto sent = utc_now();
    EXPECT_EQ(answer(sent).at(35), "A");
    while (utc_now() == sent) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    venue.restart();
    EXPECT_EQ(answer(sent).at(58),
              "This signature is older than the venue's last start: sign another SendingTime (52).");
    EXPECT_EQ(answer(utc_now()).at(35), "A");
}

}  // namespace
}  // namespace venue::fix
