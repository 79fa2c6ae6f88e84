#include "venue/journal/ranges_ahead.hpp"

#include <spdlog/spdlog.h>

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

}  // namespace

void RangesAhead::begin(Database& database, model::Sequence last) {
    end_ = add_ranges(database, last.value + 1 + size_, size_);
    next_try_ = end_ - size_;
}

void RangesAhead::reach(model::Sequence last) {
    if (making_.valid()) {
        if (making_.wait_for(0s) != std::future_status::ready) return;
        try {
            end_ = making_.get();
            next_try_ = end_ - size_;
        } catch (const std::exception& error) {
            next_try_ = last.value + std::max<std::int64_t>(1, (end_ - last.value) / 10);
            spdlog::warn("the journal's next range can't be made, and is tried again at event {}: {}", next_try_,
                         error.what());
        }
    }
    if (last.value < next_try_) return;
    make(end_);
}

void RangesAhead::make(std::int64_t until) {
    making_ = std::async(std::launch::async, [url = url_, until, size = size_] {
        Database own(url, connect_wait_ms);
        return add_ranges(own, until, size);
    });
}

}  // namespace venue::journal
