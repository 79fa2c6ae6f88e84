#include "venue/config/access_file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cctype>
#include <fstream>

#include "tests/unit/config/file_of_its_own.hpp"

namespace venue::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class AccessFile : public FileOfItsOwn {
  protected:
    model::Access read(const std::string& text) { return load_access(file_with(text)); }
    std::string fault_in(const std::string& text) {
        return error_of([&] { read(text); });
    }
};

TEST_F(AccessFile, may_say_nothing) {
    const auto access = read("");
    EXPECT_EQ(access.every_session, model::SessionAccess{});
    EXPECT_EQ(access.lock_out, model::LockOutTerms{});
    EXPECT_TRUE(access.sessions.empty());
}

TEST_F(AccessFile, gives_a_session_its_own_terms_over_those_of_every_session) {
    const auto access = read(R"([every_session]
heartbeat_max_seconds = 60
second_logon = "take_over"
reset_at = "22:00"
[lock_out]
session_failures = 3
for_seconds = 600
[[session]]
sender = "ALICE"
heartbeat_min_seconds = 5
reset = "on_logon"
addresses = ["192.0.2.0/24", "2001:db8::/32", "10.0.0.1"]
[[session]]
sender = "BOB"
second_logon = "refuse"
authentication = "none"
addresses = ["127.0.0.0/8", "::1"]
)");
    const auto& alice = access.of("ALICE");
    EXPECT_EQ(alice.heartbeat_min_seconds, 5);
    EXPECT_EQ(alice.heartbeat_max_seconds, 60);
    EXPECT_EQ(alice.second_logon, model::SecondLogon::takes_over);
    EXPECT_EQ(alice.reset, model::NumberReset::on_logon);
    EXPECT_EQ(alice.reset_at, 22 * 3'600);
    const model::NetworkAddress documented{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 0};
    const model::NetworkAddress ten{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 1};
    EXPECT_THAT(alice.addresses,
                ElementsAre(model::AddressRange{documented, 96 + 24}, model::AddressRange{{0x20, 0x01, 0x0d, 0xb8}, 32},
                            model::AddressRange{ten, 128}));
    EXPECT_EQ(access.of("BOB").second_logon, model::SecondLogon::refused);
    EXPECT_EQ(access.of("BOB").authentication, model::Authentication::none);
    EXPECT_EQ(access.of("CAROL").second_logon, model::SecondLogon::takes_over);
    EXPECT_EQ(access.lock_out.session_failures_max, 3);
    EXPECT_EQ(access.lock_out.for_seconds, 600);
    EXPECT_EQ(access.lock_out.within_seconds, 60);
}

TEST_F(AccessFile, reads_the_keys_that_a_session_signs_with) {
    const auto secret = path_ + ".secret";
    const auto pem = path_ + ".pem";
    std::ofstream(secret) << "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";
    std::ofstream(pem) << "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                          "-----END PUBLIC KEY-----\n";
    ::chmod(secret.c_str(), 0600);
    const auto session = "[[session]]\nsender = \"ALICE\"\nauthentication = \"either\"\n";
    const auto key = [](const std::string& kind, const std::string& file) {
        return "[[session.key]]\nkind = \"" + kind + "\"\nfile = \"" + file + "\"\n";
    };
    const auto keys = read(session + key("ed25519", pem) + key("hmac-sha256", secret)).of("ALICE").keys;
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].kind, model::KeyKind::ed25519);
    EXPECT_EQ(keys[0].bytes.substr(0, 4), "\xd7\x5a\x98\x01");
    EXPECT_EQ(keys[0].bytes.size(), 32U);
    EXPECT_EQ(keys[1].bytes, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    EXPECT_THAT(fault_in(session + key("ed25519", secret)),
                HasSubstr(":6: session.key.file: " + secret + " holds no Ed25519 public key; expected one in PEM"));
    EXPECT_THAT(fault_in(session + key("hmac-sha256", pem)), HasSubstr("can be read by others than its owner"));
    ::chmod(pem.c_str(), 0600);
    const auto wrong = fault_in(session + key("hmac-sha256", pem));
    EXPECT_THAT(wrong, HasSubstr("holds no secret; expected one line of 32 to 256 printable characters"));
    EXPECT_EQ(wrong.find("MCow"), std::string::npos) << "what is in the file is nobody's business";
    EXPECT_THAT(fault_in(session + key("ed25519", path_ + ".none")), HasSubstr("can't read " + path_ + ".none"));
    EXPECT_THAT(fault_in(session + key("rsa", pem)),
                HasSubstr("session.key.kind: is \"rsa\"; expected one of ed25519"));
    std::remove(secret.c_str());
    std::remove(pem.c_str());
}

TEST_F(AccessFile, says_how_often_somebody_may_come_and_which_certificates_participants_show) {
    const std::string digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    std::string shown;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        shown += (i == 0 ? "" : ":") + std::string{static_cast<char>(std::toupper(digits[i]))} +
                 static_cast<char>(std::toupper(digits[i + 1]));
    }
    const auto access = read(
        "[rates]\nconnections_per_second = 20\nlogons_per_minute = 5\n[[participant]]\nname = \"alice\"\n"
        "certificates = [\"" +
        shown + "\", \"" + digits + "\"]\n");
    EXPECT_EQ(access.rates, (model::AccessRates{20, 5}));
    EXPECT_THAT(access.certificates.at("alice"), ElementsAre(digits, digits));
    EXPECT_THAT(fault_in("[rates]\nlogons_per_minute = -1\n"), HasSubstr(":2: rates.logons_per_minute: is -1;"));
    const std::string alice = "[[participant]]\nname = \"alice\"\n";
    EXPECT_THAT(fault_in(alice + "certificates = [\"AB:CD\"]\n"),
                HasSubstr(":3: participant.certificates: AB:CD is no fingerprint; expected the SHA-256"));
    EXPECT_THAT(fault_in(alice + "certificates = []\n"), HasSubstr("participant.certificates: is empty"));
    EXPECT_THAT(fault_in(alice), HasSubstr("participant.certificates: is missing"));
}

struct Wrong {
    const char* text;
    const char* told;
};

TEST_F(AccessFile, that_is_wrong_is_told_with_line_key_and_what_is_expected) {
    const std::string session = "[[session]]\nsender = \"ALICE\"\n";
    for (const auto& [line, told] : {
             Wrong{"heartbeat_max_seconds = 9999", ":3: session.heartbeat_max_seconds: is 9999; expected a whole"},
             Wrong{"heartbeat_min_seconds = 10\nheartbeat_max_seconds = 5",
                   ":3: session.heartbeat_min_seconds: is above heartbeat_max_seconds; expected at most that"},
             Wrong{"second_logon = \"both\"", "session.second_logon: is \"both\"; expected one of refuse, take_over"},
             Wrong{"reset = \"daily\"", "expected one of never, on_logon, on_logout, on_disconnect"},
             Wrong{"reset_at = \"25:00\"", "session.reset_at: is no time of the day; expected like \"22:00\", UTC"},
             Wrong{"addresses = \"10.0.0.1\"", "session.addresses: is \"10.0.0.1\"; expected a list of texts"},
             Wrong{"addresses = [\"10.0.0.0/33\"]",
                   "session.addresses: 10.0.0.0/33 is no range of addresses; expected"},
             Wrong{"addresses = [\"10.0.0\"]", "session.addresses: 10.0.0 is no range of addresses"},
             Wrong{"addresses = [\"::1/\"]", "session.addresses: ::1/ is no range of addresses"},
             Wrong{"authentication = \"none\"",
                   ":3: session.authentication: none would let other machines in; expected"},
             Wrong{"authentication = \"none\"\naddresses = [\"127.0.0.1\", \"0.0.0.0/0\"]", "none would let other"},
             Wrong{"authentication = \"signature\"",
                   ":3: session.authentication: is by signature, and there is no key"},
             Wrong{"password = \"x\"", ":3: session.password: is no key; expected one of"},
         }) {
        EXPECT_THAT(fault_in(session + line + "\n"), HasSubstr(told));
    }
    EXPECT_THAT(fault_in(session + session), HasSubstr(":4: session.sender: is given a second time"));
    EXPECT_THAT(fault_in("[[session]]\n"), HasSubstr("session.sender: is missing"));
    EXPECT_THAT(fault_in("[lock_out]\nsession_failures = 0\n"), HasSubstr(":2: lock_out.session_failures: is 0;"));
    EXPECT_THAT(fault_in("[every_session]\nauthentication = \"none\"\n"),
                HasSubstr("every_session.authentication: none"));
}

}  // namespace
}  // namespace venue::config
