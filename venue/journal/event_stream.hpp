// The stored events in order, one at a time.
#pragma once

#include <functional>
#include <pqxx/pqxx>

#include "venue/model/event.hpp"

namespace venue::journal {

/// Calls `each` for every event after `after` that the transaction sees. Throws JournalUnreadable where one is missing.
void stream_events(pqxx::transaction_base& transaction, model::Sequence after,
                   const std::function<void(const model::Event&)>& each);
/// As above, up to and with `until`.
void stream_events(pqxx::transaction_base& transaction, model::Sequence after, model::Sequence until,
                   const std::function<void(const model::Event&)>& each);

}  // namespace venue::journal
