#include <fmt/format.h>

#include <cstdio>

#include "venue/commands/commands.hpp"
#include "venue/commands/exit_code.hpp"
#include "venue/commands/journal_fold.hpp"

namespace venue::commands {
namespace {

/// Prints a line for each thing that was held against another, and counts what failed.
class Verdict {
  public:
    void line(bool holds, std::string_view claim, std::string_view counter_example = {}) {
        failures_ += holds ? 0 : 1;
        fmt::print("{}  {}{}{}\n", holds ? "ok   " : "FAULT", claim, holds ? "" : ": ", holds ? "" : counter_example);
    }
    /// What the operator should know, though the journal is sound.
    static void note(std::string_view sentence) { fmt::print("note   {}\n", sentence); }
    int finish(model::Sequence last) const {
        fmt::print("{}: {} events\n", failures_ == 0 ? "The journal is sound" : "THE JOURNAL IS NOT SOUND", last.value);
        return failures_ == 0 ? ok : journal_unreadable;
    }

  private:
    int failures_ = 0;
};

std::string key_text(const Balances::key_type& key) {
    return fmt::format("account {} asset {}", key.first.value, key.second.value);
}

/// The first account whose stored postings don't sum to what the events say, or whose engine balance is another.
std::string first_difference(const JournalFold& folded, const Balances& stored) {
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

Balances by_account(const std::vector<model::Posting>& lines) {
    Balances sums;
    for (const auto& line : lines) sums[{line.account, line.asset}] = line.amount;
    return sums;
}

/// The first account of whose money readers are told that something else is held than the engine holds.
std::string first_other_hold(const JournalFold& folded, const Balances& told) {
    for (const auto& [key, sum] : folded.postings) {
        if (key.first < model::first_participant_account) continue;
        const auto found = told.find(key);
        const auto held = found == told.end() ? model::Amount{} : found->second;
        if (folded.engine.balance(key.first, key.second).held != held) {
            return fmt::format("{}: told is {}", key_text(key), model::to_text(held.units));
        }
    }
    for (const auto& [key, held] : told) {
        if (!folded.postings.contains(key)) return fmt::format("{}: holds without a balance", key_text(key));
    }
    return {};
}

std::string events_claim(const JournalFold& folded) {
    const auto last = folded.engine.last_sequence().value;
    if (folded.in_files) {
        return fmt::format(
            "{} events fold without a gap, up to {} from the archive's files, which are as they were written", last,
            folded.in_files.value);
    }
    if (folded.first == model::Sequence{1}) return fmt::format("{} events fold without a gap", last);
    return fmt::format("the events {} to {} fold without a gap, from a snapshot; those up to {} are archived",
                       folded.first.value, last, folded.archived.value);
}

/// What can't be told though nothing is wrong with the journal.
void note_gaps(const JournalFold& folded) {
    const auto behind_archive = folded.archived.value + 1;
    if (folded.first.value > behind_archive) {
        Verdict::note(fmt::format("the events {} to {} are here and were not folded: no good snapshot leads to them",
                                  behind_archive, folded.first.value - 1));
    }
    for (const auto unread : folded.unread) {
        Verdict::note(
            fmt::format("the snapshot at event {} is of an earlier format, with which no fold begins any more;"
                        " `venue snapshot` stores a new one",
                        unread.value));
    }
    for (const auto damaged : folded.damaged) {
        Verdict::note(
            fmt::format("the snapshot at event {} is damaged; no event is lost, and `venue snapshot` stores"
                        " a new one",
                        damaged.value));
    }
}

std::string first_of(const Comparison& comparison) {
    return comparison.others.empty() ? "" : fmt::format("not at {}", comparison.others.front().value);
}

}  // namespace

int verify(const config::Settings& settings, const VerifyWish& wish) {
    const auto& url = settings.journal.url;
    Verdict verdict;
    const auto folded = fold_journal(url, wish.archive);
    const auto last = folded.engine.last_sequence();
    verdict.line(true, events_claim(folded));
    note_gaps(folded);
    verdict.line(
        folded.hashes.others.empty(),
        fmt::format("the fold comes to each of {} state hashes that venues noted; {} of other versions skipped",
                    folded.hashes.count, folded.skipped_count),
        first_of(folded.hashes));
    verdict.line(folded.snapshots.others.empty(),
                 fmt::format("the fold comes to each of {} stored snapshots", folded.snapshots.count),
                 first_of(folded.snapshots));
    const auto difference = first_difference(folded, by_account(journal::posting_sums(url, last)));
    verdict.line(difference.empty(), "postings, events and the engine's balances agree", difference);
    const auto other_hold = first_other_hold(folded, by_account(journal::held_sums(url, last)));
    verdict.line(other_hold.empty(), "what readers are told is held is what the engine holds", other_hold);
    for (const auto& check : journal::checks(url, settings.journal.sql_dir)) {
        verdict.line(!check.counter_example, check.claim, check.counter_example.value_or(""));
    }
    return verdict.finish(last);
}

}  // namespace venue::commands
