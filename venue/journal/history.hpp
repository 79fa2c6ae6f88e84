// What people ask of the past, read beside a running venue on a connection that can't write. No index serves these
// questions, because an index would cost every append: a question about one order walks through the events since it
// was accepted, any other through all of them. Of archived ranges it knows what was kept of them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "venue/journal/journal.hpp"

namespace venue::journal {

class Database;

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
    /// Its orders, and whatever changed its balances.
    std::vector<model::Event> of_account(model::AccountId account);
    /// Its logons and disconnects.
    std::vector<model::Event> of_session(model::SessionId session);

    std::vector<model::Posting> postings_of(model::Sequence event);
    /// The session's numbers in each of its incarnations.
    std::vector<model::SessionNumbers> numbers_of(model::SessionId session);

    /// What to add when nothing was found; empty while nothing is archived.
    std::string but_archived();

  private:
    template <class... Parameters>
    std::vector<model::Event> where(const std::string& condition, const Parameters&... parameters);

    std::unique_ptr<Database> database_;
};

}  // namespace venue::journal
