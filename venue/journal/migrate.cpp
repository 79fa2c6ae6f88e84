#include "venue/journal/migrate.hpp"

#include <map>

#include "venue/journal/column_text.hpp"
#include "venue/journal/database.hpp"
#include "venue/journal/sql_files.hpp"

namespace venue::journal {
namespace {

/// "schema": not the writer's lock, so that the versions can be read beside a running venue.
constexpr auto take_schema_lock = "select pg_advisory_xact_lock(126879296580961)";

struct Migration {
    int number = 0;
    SqlFile file;
};

/// The files by number, which is what their names begin with: 0001_journal.
std::vector<Migration> migrations(const std::string& folder) {
    std::vector<Migration> found;
    for (auto& file : sql_files(folder)) {
        const auto number = static_cast<int>(parse_integer(file.name.substr(0, file.name.find('_'))));
        if (number != static_cast<int>(found.size()) + 1) {
            throw JournalUnreadable("The migrations in " + folder +
                                    " are not numbered from 1 without a gap: " + file.name + ".sql.");
        }
        found.push_back({number, std::move(file)});
    }
    return found;
}

void create_version_table(Database& database) {
    pqxx::work transaction(database.connection());
    transaction.exec(take_schema_lock);
    transaction.exec(
        "create schema if not exists venue;"
        "create table if not exists venue.schema_version (number integer primary key, name text not null,"
        " checksum text not null, applied_at timestamptz not null default now())");
    transaction.commit();
}

int newest_version(pqxx::transaction_base& transaction) {
    return transaction.exec("select coalesce(max(number), 0) from venue.schema_version")[0][0].as<int>();
}

/// Nothing when the migration is still to be applied.
std::string applied_checksum(pqxx::work& transaction, int number) {
    const auto found = transaction.exec_params("select checksum from venue.schema_version where number = $1", number);
    return found.empty() ? "" : found[0][0].c_str();
}

std::string checksum(pqxx::work& transaction, const std::string& text) {
    return transaction.exec_params("select encode(sha256(convert_to($1, 'UTF8')), 'hex')", text)[0][0].c_str();
}

void apply(Database& database, const Migration& migration) {
    pqxx::work transaction(database.connection());
    transaction.exec(take_schema_lock);
    const auto& [number, file] = migration;
    const auto expected = checksum(transaction, file.text);
    const auto applied = applied_checksum(transaction, number);
    if (applied == expected) return;
    if (!applied.empty()) {
        throw JournalUnreadable("The migration " + file.name +
                                ".sql was applied to this database in another wording; a migration never changes.");
    }
    transaction.exec(file.text);
    transaction.exec_params("insert into venue.schema_version (number, name, checksum) values ($1, $2, $3)", number,
                            file.name, expected);
    transaction.commit();
}

void refuse_newer_schema(Database& database, int newest_file) {
    pqxx::work transaction(database.connection());
    const auto version = newest_version(transaction);
    if (version > newest_file) {
        throw JournalUnreadable("The database's schema is at version " + std::to_string(version) +
                                ", newer than this release's " + std::to_string(newest_file) +
                                "; run the release that made it, or a later one.");
    }
}

/// Gives the roles their rights on what there is now. Under the lock, because two who do it at once would collide. The
/// first releases knew no roles, and had no such file.
void apply_grants(Database& database, const std::string& sql_dir) {
    pqxx::work transaction(database.connection());
    transaction.exec(take_schema_lock);
    transaction.exec(sql_text(sql_dir + "/grants.sql"));
    transaction.commit();
}

std::vector<Migration> this_releases_migrations(const std::string& sql_dir) {
    auto files = migrations(sql_dir + "/migrations");
    if (files.empty()) throw JournalUnreadable("There are no migrations in " + sql_dir + "/migrations.");
    return files;
}

}  // namespace

int require_schema(const std::string& url, const std::string& sql_dir, std::int64_t wait_ms) {
    const auto newest_file = this_releases_migrations(sql_dir).back().number;
    Database database(url, wait_ms);
    guarded("reading the schema's version", [&] {
        const bool is_empty = database.execute("select to_regclass('venue.schema_version') is null")[0][0].as<bool>();
        if (!is_empty) refuse_newer_schema(database, newest_file);
        const auto version =
            is_empty ? 0 : database.execute("select max(number) from venue.schema_version")[0][0].as<int>(0);
        if (version < newest_file) {
            throw JournalUnreadable("The database's schema is at version " + std::to_string(version) +
                                    ", older than this release's " + std::to_string(newest_file) +
                                    "; run 'venue migrate'.");
        }
    });
    return newest_file;
}

int migrate(const std::string& url, const std::string& sql_dir, std::int64_t wait_ms) {
    const auto files = this_releases_migrations(sql_dir);
    Database database(url, wait_ms);
    guarded("migrating the schema", [&] {
        create_version_table(database);
        refuse_newer_schema(database, files.back().number);
        for (const auto& migration : files) apply(database, migration);
        apply_grants(database, sql_dir);
    });
    return files.back().number;
}

}  // namespace venue::journal
