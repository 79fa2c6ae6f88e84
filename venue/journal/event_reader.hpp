// The stored events, read beside a running venue: on a connection of its own, without the fence, holding up nobody.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "venue/journal/journal.hpp"

namespace venue::journal {

class Database;

class EventReader {
  public:
    /// Waits for the database at most `connect_wait_ms`. Every function throws JournalFailed when the database is away.
    EventReader(const std::string& url, std::int64_t connect_wait_ms);
    ~EventReader();

    /// Calls `each` for every event after `after`, in order, until no more is stored. Throws JournalUnreadable where
    /// one is missing.
    void read(model::Sequence after, const std::function<void(const model::Event&)>& each);

  private:
    std::unique_ptr<Database> database_;
};

}  // namespace venue::journal
