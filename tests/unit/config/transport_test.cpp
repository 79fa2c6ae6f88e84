// The settings of encrypted ports, proxies and deadlines.
#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>
#include <functional>

#include "venue/config/settings.hpp"

namespace venue::config {
namespace {

using testing::HasSubstr;

constexpr const char* good_settings = R"([fix]
address = "127.0.0.1"
port = 9878
comp_id = "VENUE"
dictionaries = "/dev"
logon_timeout_ms = 10000
prelogon_bytes_max = 4096
pending_logons_max = 256
output_queue_bytes_max = 4194304
[snapshot]
every_seconds = 300
events_min = 200000
keep_count = 4
[journal]
url = "postgresql:///venue"
connect_wait_ms = 1000
partition_events = 10000000
durability = "replicated"
sql_dir = "sql"
[reference]
file = "reference.toml"
credentials_file = "credentials"
[telemetry]
address = "127.0.0.1"
port = 9880
[control]
socket = "var/control.sock"
[log]
level = "info"
format = "text"
)";

class Transport : public testing::Test {
  protected:
    const std::string& file_with(const std::string& text) {
        std::ofstream(path_) << text;
        return path_;
    }
    static std::string error_of(const std::function<void()>& load) {
        try {
            load();
        } catch (const ConfigError& error) {
            return error.what();
        }
        return "no error";
    }
    void TearDown() override { std::remove(path_.c_str()); }

    std::string path_ =
        testing::TempDir() + "transport_" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml";
};

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
