// The settings of encrypted ports, proxies and deadlines.
#include <gmock/gmock.h>

#include "tests/unit/config/file_of_its_own.hpp"

namespace venue::config {
namespace {

using testing::HasSubstr;

using Transport = FileOfItsOwn;

TEST_F(Transport, may_open_an_encrypted_port_and_name_proxies) {
    std::string text = good_settings;
    text.replace(text.find("[fix]\n"), 6,
                 "[fix]\nproxies = [\"10.0.0.0/8\"]\nhandshake_timeout_ms = 500\nwrite_timeout_ms = 600\n");
    const std::string tls = "[tls]\naddress = \"0.0.0.0\"\nport = 9879\n";
    const std::string files = "certificate = \"/dev/null\"\nkey = \"/dev/null\"\n";
    const auto settings =
        load_settings(file_with(text + tls + files + "least = \"1.3\"\nclient_certificates = \"required\"\n"), {});
    EXPECT_EQ(settings.fix.proxies.size(), 1U);
    EXPECT_EQ(settings.fix.handshake_timeout_ms, 500);
    EXPECT_EQ(settings.fix.write_timeout_ms, 600);
    EXPECT_EQ(settings.tls.port, 9879);
    EXPECT_TRUE(settings.tls.only_1_3);
    EXPECT_EQ(settings.tls.client_certificates, "required");
    EXPECT_EQ(load_settings(file_with(good_settings), {}).tls.port, 0) << "there is none where nobody says so";
    const auto wrong = [&](const std::string& more) {
        file_with(text + tls + more);
        return error_of([&] { load_settings(path_, {}); });
    };
    EXPECT_THAT(wrong(""), HasSubstr("tls.certificate: is missing; expected"));
    EXPECT_THAT(wrong("certificate = \"/dev/null\"\nkey = \"/no/such\"\n"),
                HasSubstr("tls.key: is \"/no/such\"; expected"));
    EXPECT_THAT(wrong(files + "least = \"1.1\"\n"), HasSubstr("tls.least: is \"1.1\"; expected one of 1.2, 1.3"));
}

}  // namespace
}  // namespace venue::config
