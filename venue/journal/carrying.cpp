#include "venue/journal/carrying.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

#include "venue/journal/database.hpp"

namespace venue::journal {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t connect_wait_ms = 5'000;
/// In events, after a failure.
constexpr std::int64_t retry_distance = 100'000;

bool carry(Database& database, const std::string& function) {
    return database.execute("select venue." + function + "()")[0][0].as<bool>();
}

std::int64_t next_mark(Database& database) {
    return database.execute("select venue.next_order_mark()")[0][0].as<std::int64_t>();
}

/// Mark by mark, each in a transaction of its own. Returns where the next one is.
std::int64_t carry_all(const std::string& url, const std::stop_token& stop) {
    Database own(url, connect_wait_ms);
    while (!stop.stop_requested() && carry(own, "carry_balances")) continue;
    while (!stop.stop_requested() && carry(own, "carry_orders")) continue;
    return next_mark(own);
}

}  // namespace

void Carrying::begin(Database& database, model::Sequence last) {
    const bool is_behind = !database.execute("select from venue.ends_to_carry() limit 1").empty();
    due_ = is_behind ? 0 : next_mark(database);
    reach(last);
}

void Carrying::reach(model::Sequence last) {
    if (carrying_.valid()) {
        if (carrying_.wait_for(0s) != std::future_status::ready) return;
        try {
            due_ = carrying_.get();
        } catch (const std::exception& error) {
            due_ = last.value + retry_distance;
            spdlog::warn("what accounts hold and how orders stand isn't carried, and is tried again at event {}: {}",
                         due_, error.what());
        }
    }
    if (last.value < due_) return;
    carrying_ = std::async(std::launch::async, [url = url_, stop = stop_.get_token()] { return carry_all(url, stop); });
}

}  // namespace venue::journal
