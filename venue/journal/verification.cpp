#include "venue/journal/verification.hpp"

#include "venue/journal/column_text.hpp"
#include "venue/journal/database.hpp"
#include "venue/journal/sql_files.hpp"

namespace venue::journal {
namespace {

constexpr std::int64_t connect_wait_ms = 5'000;
/// The journal's connection avoids sorts that these queries are better off with.
constexpr auto sorts_well = "set enable_sort = on; set work_mem = '64MB'";

/// "account=101 asset=2 ledger=-5".
std::string row_text(const pqxx::row& row) {
    std::string text;
    for (const auto& field : row) {
        text.append(text.empty() ? "" : " ").append(field.name()).append("=");
        text.append(field.is_null() ? "null" : field.c_str());
    }
    return text;
}

/// A check's first line is a comment that says what it proves.
std::string claim_of(const SqlFile& file) {
    const auto line = file.text.substr(0, file.text.find('\n'));
    return line.starts_with("-- ") ? line.substr(3) : file.name;
}

/// One statement, which sees one moment; a transaction for all of them would hold up the server's clearing away.
CheckResult run_check(Database& database, const SqlFile& file) {
    CheckResult result{file.name, claim_of(file), {}};
    const auto rows = database.execute(file.text);
    if (!rows.empty()) result.counter_example = row_text(rows.front());
    return result;
}

/// Rows of account, asset and amount.
std::vector<model::Posting> sums(const pqxx::result& rows) {
    std::vector<model::Posting> sums;
    for (const auto& row : rows) {
        sums.push_back({{},
                        model::AccountId{row[0].as<std::int32_t>()},
                        model::AssetId{row[1].as<std::int32_t>()},
                        {parse_int128(row[2].c_str())}});
    }
    return sums;
}

}  // namespace

std::vector<CheckResult> checks(const std::string& url, const std::string& sql_dir) {
    const auto files = sql_files(sql_dir + "/checks");
    if (files.empty()) throw JournalUnreadable("There are no checks in " + sql_dir + "/checks.");
    Database database(url, connect_wait_ms);
    return guarded("checking the journal", [&] {
        database.execute(sorts_well);
        database.execute("set default_transaction_read_only = on");
        std::vector<CheckResult> results;
        for (const auto& file : files) results.push_back(run_check(database, file));
        return results;
    });
}

std::vector<StateHash> stored_state_hashes(const std::string& url) {
    Database database(url, connect_wait_ms);
    return guarded("reading the state hashes", [&] {
        std::vector<StateHash> hashes;
        for (const auto& row : database.execute("select sequence, version, hash from venue.state_hashes"
                                                " order by sequence, version")) {
            hashes.push_back({model::Sequence{row[0].as<std::int64_t>()}, row[1].as<std::int16_t>(),
                              static_cast<std::uint64_t>(row[2].as<std::int64_t>())});
        }
        return hashes;
    });
}

std::vector<model::Posting> posting_sums(const std::string& url, model::Sequence until) {
    Database database(url, connect_wait_ms);
    return guarded("adding up the postings", [&] {
        return sums(
            database.execute("select account, asset, sum(amount) from venue.balance_lines"
                             " where sequence <= $1 group by account, asset order by account, asset",
                             until.value));
    });
}

std::vector<model::Posting> held_sums(const std::string& url, model::Sequence until) {
    Database database(url, connect_wait_ms);
    return guarded("adding up what is held", [&] {
        database.execute(sorts_well);
        return sums(
            database.execute("select account, asset, held from venue.holds_at($1) where held <> 0", until.value));
    });
}

}  // namespace venue::journal
