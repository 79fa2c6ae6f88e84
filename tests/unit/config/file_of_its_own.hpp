// What the tests of configuration files have in common.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "venue/config/settings.hpp"

namespace venue::config {

inline constexpr const char* good_settings = R"([fix]
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

/// A file of the test's own, gone when the test ends.
class FileOfItsOwn : public testing::Test {
  protected:
    const std::string& file_with(const std::string& text) {
        std::ofstream(path_) << text;
        return path_;
    }
    const std::string& file_with(std::string text, const std::string& old_part, const std::string& new_part) {
        const auto at = text.find(old_part);
        EXPECT_NE(at, std::string::npos);
        return file_with(text.replace(at, old_part.size(), new_part));
    }
    template <class Load>
    std::string error_of(Load load) {
        try {
            load();
        } catch (const ConfigError& error) {
            return error.what();
        }
        return "no error";
    }
    /// "FILE:LINE" of the first line of the file that holds this passage.
    std::string at(const std::string& passage) {
        std::ifstream file(path_);
        int number = 0;
        for (std::string line; std::getline(file, line);) {
            ++number;
            if (line.find(passage) != std::string::npos) break;
        }
        return path_ + ":" + std::to_string(number);
    }
    void TearDown() override { std::remove(path_.c_str()); }

    std::string path_ = testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->test_suite_name() +
                        "_" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml";
};

}  // namespace venue::config
