// A small venue's journal whose ranges are full soon, and a folder that takes them.
#pragma once

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/integration/snapshots/small_journal.hpp"
#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/journal/archive.hpp"
#include "venue/journal/snapshot_store.hpp"

namespace venue::journal {

class Archiving : public testing::Test {
  protected:
    Archiving() {
        std::filesystem::create_directory(folder);
        // At a test's speed small ranges fill faster than others are made beside the appends.
        database.run("select venue.add_ranges(2000, " + std::to_string(SmallJournal::partition_events) + ")");
    }
    ~Archiving() override { std::filesystem::remove_all(folder); }

    static TestDatabase narrow_database() {
        auto made = TestDatabase::migrated();
        made.force(narrow_first_range);
        return made;
    }
    void store() {
        const auto& engine = venue.engine();
        SnapshotStore(database.url(), wait_ms)
            .store({engine.last_sequence(), engine::state_hash_version, engine.state_hash()}, engine::snapshot_format,
                   [&](const auto& sink) { engine::write_snapshot(engine, sink); });
    }
    /// Three full ranges and a bit, with two snapshots behind the second.
    void live() {
        venue.trade(40);
        store();
        venue.trade(1);
        store();
        venue.trade(20);
    }
    config::Settings settings() const {
        config::Settings settings;
        settings.journal.url = database.url();
        settings.journal.sql_dir = sql_dir;
        settings.journal.connect_wait_ms = wait_ms;
        return settings;
    }
    /// As the owner of the tables: the venue itself may take nothing away.
    int archive(std::int64_t before = 0) {
        auto owner = settings();
        owner.journal.url = database.owner_url();
        return commands::archive(owner, {folder.string(), before});
    }
    /// The venue's connection is gone, as after a kill, and another one may take the journal.
    void kill() const {
        database.force(
            "select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.database ="
            " (select oid from pg_database where datname = current_database())");
    }
    /// What the venue began to carry beside its appends has ended, and it begins with nothing without another append.
    void let_carrying_end() const {
        const std::string functions = " execute on function venue.carry_balances(), venue.carry_orders() ";
        database.force("revoke" + functions + "from venue");
        while (database.value("select count(*) from pg_stat_activity where datname = current_database()"
                              " and pid <> pg_backend_pid() and query like '%venue.carry%'") != "0") {
            std::this_thread::yield();
        }
        database.force("grant" + functions + "to venue");
    }
    std::string verified() const { return verified(database); }
    std::string verified(const TestDatabase& of) const {
        auto its = settings();
        its.journal.url = of.url();
        testing::internal::CaptureStdout();
        const int code = commands::verify(its, {});
        return testing::internal::GetCapturedStdout() + "exit code " + std::to_string(code);
    }
    std::string rows(const std::string& query) const { return rows(database, query); }
    static std::string rows(const TestDatabase& of, const std::string& query) {
        return of.value("select coalesce(string_agg(t::text, '|' order by t::text), '') from (" + query + ") t");
    }
    int shell(const std::string& command) const {
        return std::system(("cd " + folder.string() + " && " + command).c_str());
    }

    TestDatabase database = narrow_database();
    SmallJournal venue{database.url()};
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("venue-archive-" + database.name());
};

}  // namespace venue::journal
