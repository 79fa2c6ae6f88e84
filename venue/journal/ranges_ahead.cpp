#include "venue/journal/ranges_ahead.hpp"

#include <algorithm>
#include <chrono>

#include "venue/journal/database.hpp"

namespace venue::journal {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t connect_wait_ms = 5'000;

/// Returns the first sequence that has no range.
std::int64_t add_ranges(Database& database, std::int64_t until, std::int64_t size) {
    return database.execute("select venue.add_ranges($1, $2)", until, size)[0][0].as<std::int64_t>();
}

/// What the accounts hold at the end of each full range is carried then, for those who ask for balances. It may fail:
/// they only take longer, and the end of the next range tries again.
void carry_balances(Database& database) {
    try {
        while (database.execute("select venue.carry_balances()")[0][0].as<bool>()) continue;
    } catch (const std::exception&) {
    }
}

}  // namespace

void RangesAhead::begin(Database& database, model::Sequence last) {
    end_ = add_ranges(database, last.value + 1 + size_, size_);
    next_try_ = end_ - size_;
    // An earlier release carried nothing, and one that was killed may not have come to it.
    if (!database.execute("select from venue.ends_to_carry() limit 1").empty()) make(end_ - 1);
}

void RangesAhead::reach(model::Sequence last) {
    if (making_.valid()) {
        if (making_.wait_for(0s) != std::future_status::ready) return;
        try {
            end_ = making_.get();
            next_try_ = end_ - size_;
        } catch (const std::exception&) {
            next_try_ = last.value + std::max<std::int64_t>(1, (end_ - last.value) / 10);
        }
    }
    if (last.value < next_try_) return;
    make(end_);
}

void RangesAhead::make(std::int64_t until) {
    making_ = std::async(std::launch::async, [url = url_, until, size = size_] {
        Database own(url, connect_wait_ms);
        const auto end = add_ranges(own, until, size);
        carry_balances(own);
        return end;
    });
}

}  // namespace venue::journal
