#include "venue/journal/carrying.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "venue/journal/database.hpp"

namespace venue::journal {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t connect_wait_ms = 5'000;
/// In events, after a failure.
constexpr std::int64_t retry_distance = 100'000;
/// For each second of carrying.
constexpr int rest_seconds = 3;

bool carry(Database& database, const std::string& function) {
    return database.execute("select venue." + function + "()")[0][0].as<bool>();
}

std::int64_t next_mark(Database& database) {
    return database.execute("select venue.next_order_mark()")[0][0].as<std::int64_t>();
}

void rest(Clock::duration time, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait_for(lock, stop, time, [] { return false; });
}

/// Returns where the next mark is. A page that is lost with the server is carried again, so no commit waits for the
/// disk.
std::int64_t carry_all(const std::string& url, const std::stop_token& stop) {
    Database own(url, connect_wait_ms);
    own.execute("set synchronous_commit = off");
    while (!stop.stop_requested() && carry(own, "carry_balances")) continue;
    carry_orders(own, stop);
    return next_mark(own);
}

}  // namespace

void carry_orders(Database& database, const std::stop_token& stop) {
    for (auto began = Clock::now(); !stop.stop_requested() && carry(database, "carry_orders"); began = Clock::now()) {
        rest(rest_seconds * (Clock::now() - began), stop);
    }
}

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
