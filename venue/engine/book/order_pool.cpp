#include "venue/engine/book/order_pool.hpp"

#include <algorithm>

namespace venue::engine::book {

bool OrderPool::make_ready(std::uint32_t count) {
    const std::size_t allowed = std::clamp(records_allowed_, 1U, records_max);
    if (!memory_.reserved() && !memory_.reserve((allowed + 1) * sizeof(Record))) return false;
    while (in_use_ + count > usable_) {
        if (usable_ == allowed || !memory_.grow()) return false;
        records_ = reinterpret_cast<Record*>(memory_.begin());
        usable_ = static_cast<std::uint32_t>(std::min(memory_.usable() / sizeof(Record) - 1, allowed));
    }
    return true;
}

}  // namespace venue::engine::book
