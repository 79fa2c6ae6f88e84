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

/// As above, page by page, each in a transaction of its own, until no more is stored. A single one that lasts would
/// keep the server from clearing away what every append leaves behind, and slow them all; rows never change, so nothing
/// is lost by it.
void stream_events_in_pages(pqxx::connection& connection, model::Sequence after, model::Sequence until,
                            const std::function<void(const model::Event&)>& each);

/// A state can't be folded across a gap: throws JournalUnreadable unless `found` comes right after `before`.
void require_following(model::Sequence before, model::Sequence found);

}  // namespace venue::journal
