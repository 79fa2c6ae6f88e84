// A database of a test's own inside the cluster that with_postgres started, and groups to put into it.
#pragma once

#include <string>
#include <vector>

#include "venue/journal/database.hpp"
#include "venue/model/request.hpp"

namespace venue::journal {

class TestDatabase {
  public:
    /// Empty, or a copy of `like`, which nothing may be connected to.
    explicit TestDatabase(const std::string& like = "template1");
    /// With the schema of this release.
    static TestDatabase migrated();

    [[nodiscard]] const std::string& name() const { return name_; }
    /// As the role that the venue runs as.
    [[nodiscard]] std::string url() const { return url_as("venue"); }
    [[nodiscard]] std::string owner_url() const { return url_as("venue_owner"); }
    [[nodiscard]] std::string url_as(const std::string& role) const;
    /// Runs SQL as a superuser whose changes no trigger refuses.
    void force(const std::string& sql) const;
    /// Runs SQL as the schema's owner, from whom no right was withheld: what is refused, a trigger refused.
    void run(const std::string& sql) const;
    /// The first column of the first row, as the venue reads it.
    [[nodiscard]] std::string value(const std::string& sql) const;
    /// The rows, their columns with spaces between them; a dash is a null.
    [[nodiscard]] std::vector<std::string> rows(const std::string& sql) const;
    [[nodiscard]] std::int64_t event_count() const;

  private:
    std::string name_;
};

inline constexpr std::int64_t wait_ms = 5'000;
/// The folder with the migrations and the checks.
inline const std::string sql_dir = SQL_DIR;

/// The first range of a new database is ten million wide; this one is made to end where a small one would.
inline constexpr auto narrow_first_range =
    "alter table venue.events detach partition venue.events_from_000000000001;"
    "alter table venue.postings detach partition venue.postings_from_000000000001;"
    "alter table venue.events attach partition venue.events_from_000000000001 for values from (1) to (101);"
    "alter table venue.postings attach partition venue.postings_from_000000000001 for values from (1) to (101);"
    "update venue.sequence_ranges set next = 101";

/// One event of every kind, from sequence 1.
model::Group every_event_group();

/// A short story that every check is content with: deposits, two orders, their trade, a cancel, reports numbered.
model::Group story();

/// What comes after it: ten of the seller's base move to another account.
model::Group transfer_after_story();

}  // namespace venue::journal
