// The signature of a Logon, by the vectors that the rules of engagement show to participants.
#include "venue/fix/signature.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/unit/fix/socket_client.hpp"
#include "venue/fix/used_signatures.hpp"
#include "venue/model/base64.hpp"

namespace venue::fix {
namespace {

const std::string secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// The public key of the private one in the document.
model::SessionKey ed25519_key() {
    return {model::KeyKind::ed25519, *model::decode_base64("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")};
}
model::SessionKey hmac_key() { return {model::KeyKind::hmac_sha256, secret}; }

/// What stands behind this word on a line of the document.
std::string documented(const std::string& word) {
    std::ifstream document(RULES_OF_ENGAGEMENT);
    for (std::string line; std::getline(document, line);) {
        if (line.starts_with("    " + word + ": ")) return line.substr(word.size() + 6);
    }
    return "nothing";
}

struct SignedLogon {
    explicit SignedLogon(const std::string& signature, const std::string& number = "7")
        : bytes(framed("35=A|49=ALICE|56=VENUE|34=" + number + "|52=20260102-03:04:05.678|98=0|108=30|95=" +
                       std::to_string(signature.size()) + "|96=" + signature + "|")) {
        fields.parse(bytes);
    }
    std::string bytes;
    Fields fields;
};

std::string hexadecimal(std::string_view bytes) {
    std::ostringstream text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text << "0123456789abcdef"[byte >> 4] << "0123456789abcdef"[byte & 15];
    }
    return text.str();
}

TEST(Signature, is_over_the_bytes_that_the_document_shows) {
    EXPECT_EQ(hexadecimal(signed_text(SignedLogon("x").fields)), documented("hexadecimal"));
}

TEST(Signature, of_the_document_is_good_with_its_key_and_no_other) {
    const model::SessionKey ed25519[] = {ed25519_key()};
    const model::SessionKey hmac[] = {hmac_key()};
    EXPECT_TRUE(is_signed(SignedLogon(documented("ed25519")).fields, ed25519));
    EXPECT_TRUE(is_signed(SignedLogon(documented("hmac-sha256")).fields, hmac));
    EXPECT_FALSE(is_signed(SignedLogon(documented("ed25519")).fields, hmac));
    EXPECT_FALSE(is_signed(SignedLogon(documented("hmac-sha256")).fields, ed25519));
    EXPECT_FALSE(is_signed(SignedLogon(documented("ed25519")).fields, {}));
}

TEST(Signature, is_good_with_either_of_two_keys) {
    const model::SessionKey both[] = {hmac_key(), ed25519_key()};
    EXPECT_TRUE(is_signed(SignedLogon(documented("ed25519")).fields, both));
    EXPECT_TRUE(is_signed(SignedLogon(documented("hmac-sha256")).fields, both));
}

TEST(Signature, of_another_number_is_wrong) {
    const model::SessionKey both[] = {hmac_key(), ed25519_key()};
    EXPECT_FALSE(is_signed(SignedLogon(documented("ed25519"), "8").fields, both));
    EXPECT_FALSE(is_signed(SignedLogon(documented("hmac-sha256"), "8").fields, both));
}

TEST(Signature, that_is_none_is_wrong) {
    const model::SessionKey both[] = {hmac_key(), ed25519_key()};
    for (const auto& text : {std::string("x"), std::string("AAAA"), std::string(64, 'A'), std::string(100'000, 'A')}) {
        EXPECT_FALSE(is_signed(SignedLogon(text).fields, both)) << text.size();
    }
    Fields without;
    const auto bytes = framed("35=A|49=ALICE|56=VENUE|34=7|52=20260102-03:04:05.678|");
    without.parse(bytes);
    EXPECT_FALSE(is_signed(without, both));
}

TEST(UsedSignatures, are_taken_once_while_their_time_is_good) {
    using namespace std::chrono_literals;
    UsedSignatures used;
    const UsedSignatures::Time now{1h};
    EXPECT_TRUE(used.add("ALICE", "one", now));
    EXPECT_FALSE(used.add("ALICE", "one", now + 239s));
    EXPECT_TRUE(used.add("ALICE", "two", now));
    EXPECT_TRUE(used.add("BOB", "one", now));
    EXPECT_TRUE(used.add("ALICE", "one", now + 241s)) << "its SendingTime is too old by then";
}

}  // namespace
}  // namespace venue::fix
