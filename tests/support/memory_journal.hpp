// A journal in memory that keeps everything it is given: what the tests use where PostgreSQL isn't the point. A hook
// runs at the start of each append, so that a test can stall it or let it fail.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "venue/journal/journal.hpp"

namespace venue::journal {

/// Several threads may call it: reports are read beside the appending.
class MemoryJournal final : public Journal, public ReportReader {
  public:
    /// Called before anything of the group is kept; it may block, and what it throws leaves from `append`.
    std::function<void(const model::Group&)> before_append;

    void append(const model::Group& group) override {
        if (before_append) before_append(group);
        const std::lock_guard lock(mutex_);
        for (const auto& event : group.events) keep(event);
        postings_.insert(postings_.end(), group.postings.begin(), group.postings.end());
        for (const auto& numbers : group.numbers) keep(numbers);
        for (const auto& run : group.outbound) keep(run);
    }

    void watch() override {}

    void read(model::Sequence after, const std::function<void(const model::Event&)>& each) override {
        for (const auto& event : events()) {
            if (event.sequence > after) each(event);
        }
    }

    std::vector<SessionRecord> session_records() override {
        const std::lock_guard lock(mutex_);
        std::map<model::SessionId, SessionRecord> newest;
        // Incarnations ascend within a session, so each overwrites the one before, except for what was written.
        for (const auto& [key, numbers] : numbers_) {
            auto& record = newest[key.first];
            const auto last_written = std::max(record.numbers.last_written, numbers.last_written);
            record = {numbers, last_numbered(key)};
            record.numbers.last_written = last_written;
        }
        std::vector<SessionRecord> records;
        for (const auto& [session, record] : newest) records.push_back(record);
        return records;
    }

    void note_state_hash(const StateHash& noted) override {
        const std::lock_guard lock(mutex_);
        if (hashes_.emplace(std::pair(noted.sequence, noted.version), noted.hash).first->second != noted.hash) {
            throw JournalUnreadable("The state after this event was another one before.");
        }
    }

    std::vector<model::SentEvent> sent(model::SessionId session, model::Incarnation incarnation, std::int64_t first,
                                       std::int64_t last, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        std::vector<model::SentEvent> found;
        for (const auto& as : sent_[{session, incarnation}]) {
            if (as.number < first || as.number > last || found.size() == limit) continue;
            found.push_back({as, events_.at(static_cast<std::size_t>(as.event.value - 1))});
        }
        return found;
    }

    std::vector<model::Event> addressed(model::SessionId session, model::Sequence after, model::Sequence until,
                                        std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        std::vector<model::Event> found;
        for (const auto& event : events_) {
            const bool is_theirs = session && (event.session == session || event.other_session == session);
            if (!is_theirs || event.sequence <= after || event.sequence > until || found.size() == limit) continue;
            found.push_back(event);
        }
        return found;
    }

    // What was appended, as it stands now.
    [[nodiscard]] std::vector<model::Event> events() const {
        const std::lock_guard lock(mutex_);
        return events_;
    }
    [[nodiscard]] std::vector<model::Posting> postings() const {
        const std::lock_guard lock(mutex_);
        return postings_;
    }

  private:
    using Key = std::pair<model::SessionId, model::Incarnation>;

    void keep(const model::Event& event) {
        if (event.sequence.value != static_cast<std::int64_t>(events_.size()) + 1) {
            throw JournalFailed("The events do not follow the last one that is stored.");
        }
        events_.push_back(event);
    }
    void keep(const model::SessionNumbers& numbers) {
        auto& stored = numbers_[{numbers.session, numbers.incarnation}];
        stored.session = numbers.session;
        stored.incarnation = numbers.incarnation;
        stored.inbound_judged = std::max(stored.inbound_judged, numbers.inbound_judged);
        stored.outbound_reserved = std::max(stored.outbound_reserved, numbers.outbound_reserved);
        stored.last_written = std::max(stored.last_written, numbers.last_written);
    }
    void keep(const model::OutboundRun& run) {
        auto& sent = sent_[{run.session, run.incarnation}];
        sent.insert(sent.end(), run.numbers.begin(), run.numbers.end());
    }
    [[nodiscard]] model::Sequence last_numbered(const Key& key) const {
        const auto found = sent_.find(key);
        return found == sent_.end() || found->second.empty() ? model::Sequence{} : found->second.back().event;
    }

    mutable std::mutex mutex_;
    std::vector<model::Event> events_;
    std::vector<model::Posting> postings_;
    std::map<Key, model::SessionNumbers> numbers_;
    std::map<Key, std::vector<model::OutboundNumber>> sent_;
    std::map<std::pair<model::Sequence, std::int16_t>, std::uint64_t> hashes_;
};

}  // namespace venue::journal
