#include "venue/journal/migrate.hpp"

#include <map>

#include "venue/journal/checksum.hpp"
#include "venue/journal/column_text.hpp"
#include "venue/journal/database.hpp"
#include "venue/journal/sql_files.hpp"

namespace venue::journal {
namespace {

/// "schema": not the writer's lock, so that the versions can be read beside a running venue. Another program's
/// migration may take its time.
constexpr auto take_schema_lock =
    "set local lock_timeout = '1h'; select pg_advisory_xact_lock(126879296580961); set local lock_timeout = '10s'";

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

void create_version_table(pqxx::work& transaction) {
    transaction.exec(
        "create schema if not exists venue;"
        "create table if not exists venue.schema_version (number integer primary key, name text not null,"
        " checksum text not null, applied_at timestamptz not null default now())");
}

/// Zero for an empty database.
int stored_version(pqxx::transaction_base& transaction) {
    if (transaction.exec("select to_regclass('venue.schema_version')")[0][0].is_null()) return 0;
    return transaction.exec("select coalesce(max(number), 0) from venue.schema_version")[0][0].as<int>();
}

void refuse_newer_schema(int version, int newest_file) {
    if (version <= newest_file) return;
    throw JournalUnreadable("The database's schema is at version " + std::to_string(version) +
                            ", newer than this release's " + std::to_string(newest_file) +
                            "; run the release that made it, or a later one.");
}

std::string checksum_of(const std::string& text) {
    Checksum sum;
    sum.add(text);
    return sum.finish();
}

/// False when the migration is still to be applied.
bool refuse_other_wording(pqxx::transaction_base& transaction, const Migration& migration) {
    const auto found =
        transaction.exec_params("select checksum from venue.schema_version where number = $1", migration.number);
    if (found.empty()) return false;
    if (found[0][0].c_str() == checksum_of(migration.file.text)) return true;
    throw JournalUnreadable("The migration " + migration.file.name +
                            ".sql was applied to this database in another wording; a migration never changes.");
}

void apply(pqxx::work& transaction, const Migration& migration) {
    if (refuse_other_wording(transaction, migration)) return;
    transaction.exec(migration.file.text);
    // What a file set for itself ends with it.
    transaction.exec("set local search_path to default");
    transaction.exec_params("insert into venue.schema_version (number, name, checksum) values ($1, $2, $3)",
                            migration.number, migration.file.name, checksum_of(migration.file.text));
}

std::vector<Migration> this_releases_migrations(const std::string& sql_dir) {
    auto files = migrations(sql_dir + "/migrations");
    if (files.empty()) throw JournalUnreadable("There are no migrations in " + sql_dir + "/migrations.");
    return files;
}

}  // namespace

int require_schema(const std::string& url, const std::string& sql_dir, std::int64_t wait_ms) {
    const auto files = this_releases_migrations(sql_dir);
    Database database(url, wait_ms);
    guarded("reading the schema's version", [&] {
        pqxx::read_transaction transaction(database.connection());
        const auto version = stored_version(transaction);
        refuse_newer_schema(version, files.back().number);
        if (version < files.back().number) {
            throw JournalUnreadable("The database's schema is at version " + std::to_string(version) +
                                    ", older than this release's " + std::to_string(files.back().number) +
                                    "; run 'venue migrate'.");
        }
        for (const auto& migration : files) refuse_other_wording(transaction, migration);
    });
    return files.back().number;
}

int migrate(const std::string& url, const std::string& sql_dir, std::int64_t wait_ms) {
    const auto files = this_releases_migrations(sql_dir);
    Database database(url, wait_ms);
    guarded("migrating the schema", [&] {
        pqxx::work transaction(database.connection());
        transaction.exec(take_schema_lock);
        refuse_newer_schema(stored_version(transaction), files.back().number);
        create_version_table(transaction);
        for (const auto& migration : files) apply(transaction, migration);
        // Each role's rights on what there is now. The first releases knew no roles, and had no such file.
        transaction.exec(sql_text(sql_dir + "/grants.sql"));
        transaction.commit();
    });
    return files.back().number;
}

}  // namespace venue::journal
