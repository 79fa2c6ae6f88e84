// How long a start takes. `prepare` makes the past of a large venue in process: orders that rest, many events, a
// snapshot behind them, and as rows of the journal only those after the snapshot, as if all before were archived.
// `start` does what a starting venue does between its first connection and its first order, and prints one JSON line.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "venue/engine/snapshot.hpp"
#include "venue/journal/database.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/snapshot_store.hpp"
#include "venue/recovery.hpp"

namespace {

using namespace venue;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t wait_ms = 5'000;
/// Buys lie below this price and sells above it: nothing trades but the orders that are meant to.
constexpr std::int64_t middle = 2'000'000;
constexpr std::int64_t levels = 5'000;
constexpr std::size_t group_events = 5'000;
/// Each remembers a hundred thousand closed orders, which a snapshot carries too.
constexpr int participants = 10;

std::int64_t milliseconds_since(Clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

/// A venue that is filled by commands, event by event.
class Past {
  public:
    Past() {
        do_one(model::AddAsset{{{}, "BTC", 12, 8}});
        do_one(model::AddAsset{{{}, "USD", 10, 2}});
        do_one(model::ListInstrument{"BTC-USD", "BTC", "USD", {1, 2}, {1, 8}, 10'000, 20'000});
        for (int i = 1; i <= participants; ++i) {
            const auto name = "p" + std::to_string(i);
            do_one(model::AddParticipant{name});
            do_one(model::OpenAccount{name, name});
            do_one(model::AddSession{name, name, name, name, "00", "00"});
            do_one(model::DepositFunds{name, "BTC", {1'000'000, 0}});
            do_one(model::DepositFunds{name, "USD", {10'000'000'000, 0}});
        }
    }

    void rest(std::int64_t orders) {
        for (std::int64_t i = 0; i < orders; ++i) place(i % 2 == 0 ? model::Side::buy : model::Side::sell, 1);
    }
    /// Goes on until there are `events`: mostly an order and its cancel, now and then a trade.
    void live_on(std::int64_t events) {
        while (engine_.last_sequence().value < events) {
            place(model::Side::buy, 1);
            const auto placed = last_order_;
            const auto owner = last_session_;
            if (order_count_ % 7 == 0) {
                place(model::Side::sell, -1);
                place(model::Side::buy, -1);
            }
            model::CancelOrder cancel;
            cancel.cl_ord_id = name("c");
            cancel.order = placed;
            cancel.symbol = "BTC-USD";
            do_one(cancel, owner);
        }
    }
    /// What was told since the last call.
    std::vector<model::Event> take() { return std::exchange(events_, {}); }
    void keep(bool kept) { keeps_ = kept; }
    [[nodiscard]] const engine::Engine& engine() const { return engine_; }

  private:
    model::ClOrdId name(const char* prefix) { return model::ClOrdId(prefix + std::to_string(++order_count_)); }
    void place(model::Side side, std::int64_t away) {
        const auto step = away < 0 ? 0 : 1 + order_count_ * 7'919 % levels;
        model::PlaceOrder order;
        order.cl_ord_id = name("order-");
        order.symbol = "BTC-USD";
        order.side = side;
        order.quantity = {1 + order_count_ % 1'000, 8};
        order.price = model::Decimal{side == model::Side::buy ? middle - step : middle + step, 2};
        last_session_ = model::SessionId{static_cast<std::int32_t>(1 + order_count_ / 7 % participants)};
        last_order_ = model::OrderId{engine_.last_sequence().value + 1};
        do_one(order, last_session_);
    }
    void do_one(model::CommandBody body, model::SessionId session = {}) {
        now_.nanoseconds += 1'000;
        engine_.handle({{session, model::Incarnation{1}, 1}, std::move(body)}, now_, events_);
        if (!keeps_) events_.clear();
    }

    engine::Engine engine_;
    std::vector<model::Event> events_;
    bool keeps_ = false;
    model::Timestamp now_{1'767'268'800'000'000'000};
    std::int64_t order_count_ = 0;
    model::OrderId last_order_;
    model::SessionId last_session_;
};

void append(journal::Journal& journal, const std::vector<model::Event>& events) {
    for (std::size_t at = 0; at < events.size(); at += group_events) {
        model::Group group;
        const auto end = std::min(events.size(), at + group_events);
        group.events.assign(events.begin() + static_cast<std::ptrdiff_t>(at),
                            events.begin() + static_cast<std::ptrdiff_t>(end));
        group.last = group.events.back().sequence;
        journal.append(group);
    }
}

/// The tables as `venue archive` leaves them: nothing before the snapshot, and the fence where it was.
void begin_behind(const std::string& url, model::Sequence last) {
    journal::Database(url, wait_ms).execute("update venue.fence set last_sequence = " + std::to_string(last.value));
}

int prepare(const std::string& url, const std::string& sql_dir, std::int64_t orders, std::int64_t events,
            std::int64_t tail) {
    journal::migrate(url, sql_dir, wait_ms);
    Past past;
    past.rest(orders);
    past.live_on(events);
    const journal::StateHash state{past.engine().last_sequence(), engine::state_hash_version,
                                   past.engine().state_hash()};
    begin_behind(url, state.sequence);
    const auto started = Clock::now();
    journal::SnapshotStore store(url, wait_ms);
    store.store(state, engine::snapshot_format, [&](const auto& sink) { engine::write_snapshot(past.engine(), sink); });
    const auto stored_ms = milliseconds_since(started);
    past.keep(true);
    past.live_on(events + tail);
    const auto last = past.take();
    journal::PostgresJournal journal(url, wait_ms);
    append(journal, last);
    std::printf("{\"bench\": \"recovery\", \"case\": \"store\", \"covers\": %ld, \"bytes\": %ld, \"ms\": %ld}\n",
                state.sequence.value, store.newest_first().front().size, stored_ms);
    return 0;
}

rusage used() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage;
}

std::int64_t cpu_milliseconds(const rusage& usage) {
    const auto milliseconds = [](const timeval& time) { return time.tv_sec * 1'000 + time.tv_usec / 1'000; };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

int start(const std::string& url) {
    const auto started = Clock::now();
    journal::PostgresJournal journal(url, wait_ms);
    journal::SnapshotStore snapshots(url, wait_ms);
    const auto connected_ms = milliseconds_since(started);
    std::int64_t loaded_ms = 0;
    std::int64_t tail = 0;
    const auto engine = restore(
        snapshots,
        [&](auto after, const auto& each) {
            loaded_ms = milliseconds_since(started) - connected_ms;
            journal.read(after, [&](const auto& event) {
                ++tail;
                each(event);
            });
        },
        [](const auto& sentence) { std::fprintf(stderr, "%s\n", sentence.c_str()); });
    const auto folded_ms = milliseconds_since(started) - loaded_ms - connected_ms;
    note_state_hash(engine, journal);
    const auto total_ms = milliseconds_since(started);
    std::printf(
        "{\"bench\": \"recovery\", \"case\": \"start\", \"sequence\": %ld, \"tail\": %ld, \"load_ms\": %ld, "
        "\"fold_ms\": %ld, \"hash_ms\": %ld, \"total_ms\": %ld, \"cpu_ms\": %ld, \"peak_mib\": %ld}\n",
        engine.last_sequence().value, tail, loaded_ms, folded_ms, total_ms - folded_ms - loaded_ms - connected_ms,
        total_ms, cpu_milliseconds(used()), used().ru_maxrss / 1'024);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 6 && words[0] == "prepare") {
        return prepare(words[1], words[2], std::stoll(words[3]), std::stoll(words[4]), std::stoll(words[5]));
    }
    if (words.size() == 2 && words[0] == "start") return start(words[1]);
    std::fprintf(stderr, "usage: recovery_start prepare URL SQL_DIR ORDERS EVENTS TAIL | recovery_start start URL\n");
    return 64;
}
