// The journal's partitions, made long before the first event that goes into them.
#pragma once

#include <cstdint>
#include <future>
#include <string>

#include "venue/model/ids.hpp"

namespace venue::journal {

class Database;

/// Keeps at least one empty range of sequence numbers behind the one that is being filled. One thread at a time.
class RangesAhead {
  public:
    /// A range made from here on holds `size` events.
    RangesAhead(std::string url, std::int64_t size) : url_(std::move(url)), size_(size) {}

    /// Makes what is missing behind `last`, on the caller's connection, and returns when it is there.
    void begin(Database& database, model::Sequence last);

    /// Tells how far the journal has come. When the last range is being filled, the next is made on another thread and
    /// connection, which holds up no append. Should that fail, it is tried again with the next append after a while; a
    /// journal that comes to the end of its ranges fails, and its restart says why none could be made.
    void reach(model::Sequence last);

  private:
    void make(std::int64_t until);

    std::string url_;
    std::int64_t size_;
    std::int64_t end_ = 0;       ///< First sequence without a range.
    std::int64_t next_try_ = 0;  ///< Sequence from which on another range is wanted.
    std::future<std::int64_t> making_;
};

}  // namespace venue::journal
