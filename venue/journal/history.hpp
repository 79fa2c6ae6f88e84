// What people ask of the past, read beside a running venue on a connection that can't write. No index serves these
// questions, because an index would cost every append: a question about one order walks through the events since it
// was accepted, any other through all of them. Of archived ranges it knows what was kept of them.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "venue/journal/journal.hpp"

namespace venue::journal {

class Database;

/// A part of a history: first <= sequence <= last, and of these no more than the newest ones, if any are given.
struct Stretch {
    model::Sequence first{1};
    model::Sequence last{std::numeric_limits<std::int64_t>::max()};
    std::int64_t newest = 0;  ///< Zero for all.
};

using TellEvent = std::function<void(const model::Event& event, std::span<const model::Posting> postings)>;

/// Every function throws JournalFailed when the database is away, and JournalUnreadable for what this release can't
/// read.
class History {
  public:
    explicit History(const std::string& url);
    ~History();

    /// Calls `each` for every event after `after`, up to and with `until`, in order. Throws JournalUnreadable where one
    /// is missing.
    void read(model::Sequence after, model::Sequence until, const std::function<void(const model::Event&)>& each);

    /// Reference data as it is now.
    model::Reference reference();

    // In the journal's order.

    std::vector<model::Event> of_order(model::OrderId order);
    /// Everything that was asked under this ClOrdID, with all other events of the orders that ever had it. A
    /// participant of zero stands for any.
    std::vector<model::Event> of_name(const model::ClOrdId& name, model::ParticipantId participant);
    /// Its orders, and whatever changed its balances, with the postings of each: page by page, so that an account of
    /// millions of events needs no more memory than one of few. False when there were more than `stretch.newest`.
    bool of_account(model::AccountId account, Stretch stretch, const TellEvent& each);
    /// Its logons and disconnects.
    std::vector<model::Event> of_session(model::SessionId session);

    std::vector<model::Posting> postings_of(model::Sequence event);
    /// The session's numbers in each of its incarnations.
    std::vector<model::SessionNumbers> numbers_of(model::SessionId session);

    /// What to add when nothing was found; empty while nothing is archived.
    std::string but_archived();

  private:
    std::int64_t narrow_to_newest(model::AccountId account, Stretch& stretch);
    std::vector<model::Posting> postings_between(model::Sequence first, model::Sequence last);
    template <class... Parameters>
    std::vector<model::Event> where(const std::string& condition, const Parameters&... parameters);

    std::unique_ptr<Database> database_;
};

}  // namespace venue::journal
