#include <fmt/format.h>

#include <cstdio>
#include <map>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/engine/engine.hpp"
#include "venue/journal/verification.hpp"
#include "venue/ledger/postings.hpp"

namespace venue::commands {
namespace {

using Balances = std::map<std::pair<model::AccountId, model::AssetId>, model::Amount>;

/// Prints a line for each thing that was held against another, and counts what failed.
class Verdict {
  public:
    void line(bool holds, std::string_view claim, std::string_view counter_example = {}) {
        failures_ += holds ? 0 : 1;
        fmt::print("{}  {}{}{}\n", holds ? "ok   " : "FAULT", claim, holds ? "" : ": ", holds ? "" : counter_example);
    }
    int finish(model::Sequence last) const {
        fmt::print("{}: {} events\n", failures_ == 0 ? "The journal is sound" : "THE JOURNAL IS NOT SOUND", last.value);
        return failures_ == 0 ? ok : journal_unreadable;
    }

  private:
    int failures_ = 0;
};

/// What folding the whole journal gives.
struct Folded {
    engine::Engine engine;
    Balances postings;                             ///< Sums of the lines that the ledger derives from the events.
    std::vector<journal::StateHash> other_hashes;  ///< Stored hashes that the fold doesn't come to.
    std::size_t hash_count = 0;
    std::size_t skipped_count = 0;  ///< Stored hashes of another version than this release's.
};

/// The hashes that this release can come to, by sequence.
std::vector<journal::StateHash> comparable_hashes(const std::string& url, Folded& folded) {
    auto hashes = journal::stored_state_hashes(url);
    folded.skipped_count =
        std::erase_if(hashes, [](const auto& hash) { return hash.version != engine::state_hash_version; });
    return hashes;
}

Folded fold(const std::string& url) {
    Folded folded;
    const auto hashes = comparable_hashes(url, folded);
    auto hash = hashes.begin();
    std::vector<model::Posting> lines;
    journal::read_events(url, [&](const model::Event& event) {
        folded.engine.fold(event);
        lines.clear();
        ledger::append_postings(event, folded.engine.reference(), lines);
        for (const auto& line : lines) folded.postings[{line.account, line.asset}] += line.amount;
        if (hash == hashes.end() || hash->sequence != event.sequence) return;
        if (folded.engine.state_hash() != hash->hash) folded.other_hashes.push_back(*hash);
        ++folded.hash_count;
        ++hash;
    });
    return folded;
}

std::string key_text(const Balances::key_type& key) {
    return fmt::format("account {} asset {}", key.first.value, key.second.value);
}

/// The first account whose stored postings don't sum to what the events say, or whose engine balance is another.
std::string first_difference(const Folded& folded, const Balances& stored) {
    for (const auto& [key, sum] : folded.postings) {
        const auto found = stored.find(key);
        const auto in_sql = found == stored.end() ? model::Amount{} : found->second;
        if (in_sql != sum) {
            return fmt::format("{}: postings sum to {}, events to {}", key_text(key), model::to_text(in_sql.units),
                               model::to_text(sum.units));
        }
        const auto balance = folded.engine.balance(key.first, key.second);
        if (key.first >= model::first_participant_account && balance.available + balance.held != sum) {
            return fmt::format("{}: available and held aren't the ledger balance", key_text(key));
        }
    }
    for (const auto& [key, sum] : stored) {
        if (!folded.postings.contains(key)) return fmt::format("{}: postings without events", key_text(key));
    }
    return {};
}

Balances stored_sums(const std::string& url, model::Sequence until) {
    Balances sums;
    for (const auto& sum : journal::posting_sums(url, until)) sums[{sum.account, sum.asset}] = sum.amount;
    return sums;
}

}  // namespace

int verify(const config::Settings& settings) {
    const auto& url = settings.journal.url;
    Verdict verdict;
    const auto folded = fold(url);
    const auto last = folded.engine.last_sequence();
    verdict.line(true, fmt::format("{} events fold without a gap", last.value));
    verdict.line(
        folded.other_hashes.empty(),
        fmt::format("the fold comes to each of {} state hashes that venues noted; {} of other versions skipped",
                    folded.hash_count, folded.skipped_count),
        folded.other_hashes.empty() ? "" : fmt::format("not at {}", folded.other_hashes[0].sequence.value));
    const auto difference = first_difference(folded, stored_sums(url, last));
    verdict.line(difference.empty(), "postings, events and the engine's balances agree", difference);
    for (const auto& check : journal::checks(url, settings.journal.sql_dir)) {
        verdict.line(!check.counter_example, check.claim, check.counter_example.value_or(""));
    }
    return verdict.finish(last);
}

}  // namespace venue::commands
