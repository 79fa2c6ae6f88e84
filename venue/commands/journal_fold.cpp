#include "venue/commands/journal_fold.hpp"

#include <algorithm>

#include "venue/engine/snapshot.hpp"
#include "venue/journal/archive.hpp"
#include "venue/journal/archived_events.hpp"
#include "venue/journal/event_reader.hpp"
#include "venue/journal/snapshot_store.hpp"
#include "venue/ledger/postings.hpp"
#include "venue/recovery.hpp"

namespace venue::commands {
namespace {

constexpr std::int64_t connect_wait_ms = 5'000;

class Folding {
  public:
    explicit Folding(const std::string& url) : url_(url), store_(url, connect_wait_ms), stored_(store_.newest_first()) {
        std::ranges::reverse(stored_);
        hashes_ = journal::stored_state_hashes(url);
        fold_.skipped_count =
            std::erase_if(hashes_, [](const auto& hash) { return hash.version != engine::state_hash_version; });
    }

    JournalFold all(const std::string& archive) {
        fold_.archived = journal::archived_until(url_);
        if (fold_.archived && archive.empty()) start_behind(fold_.archived);
        fold_.first = model::Sequence{fold_.engine.last_sequence().value + 1};
        compare();
        if (!archive.empty()) take_archived({url_, archive});
        journal::EventReader(url_, connect_wait_ms).read(fold_.engine.last_sequence(), [this](const auto& event) {
            take(event);
        });
        return std::move(fold_);
    }

  private:
    void take(const model::Event& event) {
        fold_.engine.fold(event);
        post(event);
        compare();
    }
    void take_archived(const journal::ArchivedEvents& archived) {
        archived.require_postings();
        archived.read({}, archived.until(), [this](const auto& event) { take(event); });
        fold_.in_files = archived.until();
    }
    void start_behind(model::Sequence archived) {
        for (const auto& header : stored_) {
            if (header.state.sequence < archived) continue;
            auto engine = load(store_, header, [this, &header](const auto&) { note_other(header); });
            if (!engine) continue;
            fold_.engine = std::move(*engine);
            return carry_over();
        }
        throw journal::JournalUnreadable("No good snapshot covers the events up to " + std::to_string(archived.value) +
                                         ", which are archived.");
    }
    /// The ledger's sums at the start are the engine's balances there. Between the two halves of a trade clearing holds
    /// what the others lack; the engine has no balance of it.
    void carry_over() {
        const auto& reference = fold_.engine.reference();
        std::vector<model::AccountId> accounts;
        for (auto id = model::external_account; id < model::first_participant_account; ++id.value)
            accounts.push_back(id);
        for (const auto& [id, account] : reference.accounts) accounts.push_back(id);
        for (const auto account : accounts) {
            for (const auto& [asset, named] : reference.assets) {
                const auto balance = fold_.engine.balance(account, asset);
                if (balance == engine::Balance{}) continue;
                fold_.postings[{account, asset}] = balance.available + balance.held;
                fold_.postings[{model::clearing_account, asset}] -= balance.available + balance.held;
            }
        }
    }
    void post(const model::Event& event) {
        lines_.clear();
        ledger::append_postings(event, fold_.engine.reference(), lines_);
        for (const auto& line : lines_) fold_.postings[{line.account, line.asset}] += line.amount;
    }

    /// Holds what was stored at the present event against the fold.
    void compare() {
        const auto now = fold_.engine.last_sequence();
        for (; next_hash_ < hashes_.size() && hashes_[next_hash_].sequence <= now; ++next_hash_) {
            if (hashes_[next_hash_].sequence != now) continue;
            ++fold_.hashes.count;
            if (hashes_[next_hash_].hash != fold_.engine.state_hash()) fold_.hashes.others.push_back(now);
        }
        for (; next_snapshot_ < stored_.size() && stored_[next_snapshot_].state.sequence <= now; ++next_snapshot_) {
            if (stored_[next_snapshot_].state.sequence == now) compare(stored_[next_snapshot_]);
        }
    }
    void compare(const journal::SnapshotHeader& header) {
        const auto engine = load(store_, header, [](const auto&) {});
        if (engine && engine->state_hash() == fold_.engine.state_hash()) {
            ++fold_.snapshots.count;
        } else {
            note_other(header);
        }
    }
    /// One that the snapshotter removed while this folded proves nothing; nor does one whose bytes aren't those that
    /// were stored.
    void note_other(const journal::SnapshotHeader& header) {
        const bool is_whole = store_.is_whole(header);
        if (!store_.has(header)) return;
        if (!is_whole) return fold_.damaged.push_back(header.state.sequence);
        const auto format = static_cast<std::uint32_t>(header.format);
        if (format < engine::first_format_with_prices) return fold_.unread.push_back(header.state.sequence);
        ++fold_.snapshots.count;
        fold_.snapshots.others.push_back(header.state.sequence);
    }

    std::string url_;
    journal::SnapshotStore store_;
    std::vector<journal::SnapshotHeader> stored_;  // oldest first
    std::vector<journal::StateHash> hashes_;
    std::size_t next_snapshot_ = 0;
    std::size_t next_hash_ = 0;
    std::vector<model::Posting> lines_;
    JournalFold fold_;
};

}  // namespace

JournalFold fold_journal(const std::string& url, const std::string& archive) {
    for (;;) {
        const auto archived = journal::archived_until(url);
        try {
            return Folding(url).all(archive);
        } catch (const journal::JournalUnreadable&) {
            // Events that were archived while this folded aren't missing; the fold begins again behind them.
            if (journal::archived_until(url) == archived) throw;
        }
    }
}

}  // namespace venue::commands
