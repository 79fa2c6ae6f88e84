// The schema as an earlier release had it, in a folder of its own.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/integration/journal/test_database.hpp"

namespace venue::journal {

/// The first `count` migrations of this release.
class EarlierSchema {
  public:
    explicit EarlierSchema(int count) {
        std::string pattern = (std::filesystem::temp_directory_path() / "venue-sql-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
        std::filesystem::create_directory(folder_ / "migrations");
        for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(sql_dir) / "migrations")) {
            const auto name = file.path().filename();
            if (std::stoi(name.string().substr(0, 4)) <= count) {
                std::filesystem::copy(file.path(), folder_ / "migrations" / name);
            }
        }
    }
    ~EarlierSchema() { std::filesystem::remove_all(folder_); }
    EarlierSchema(const EarlierSchema&) = delete;
    EarlierSchema& operator=(const EarlierSchema&) = delete;

    void add_migration(int number, const std::string& sql) const {
        const auto digits = std::to_string(number);
        std::ofstream(folder_ / "migrations" / (std::string(4 - digits.size(), '0') + digits + "_added.sql")) << sql;
    }
    void set_grants(const std::string& sql) const { std::ofstream(folder_ / "grants.sql") << sql; }
    [[nodiscard]] std::string sql_folder() const { return folder_.string(); }

  private:
    std::filesystem::path folder_;
};

}  // namespace venue::journal
