// A venue that trades a little and commits to the test's database: something that snapshots and archives can be made
// of.
#pragma once

#include <string>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace venue::journal {

class SmallJournal {
  public:
    /// Partitions of a hundred events, so that a few of them are full soon.
    static constexpr std::int64_t partition_events = 100;

    explicit SmallJournal(const std::string& url)
        : journal_(url, wait_ms, model::Durability::committed, partition_events),
          pipeline_(recover(journal_), clock_, journal_, recorder_) {
        using namespace model;
        do_all({AddAsset{{{}, "BTC", 8, 8}}, AddAsset{{{}, "USD", 6, 2}},
                ListInstrument{"BTC-USD", "BTC", "USD", {1, 0}, {1, 2}, 10'000, 20'000}});
        for (const std::string name : {"alice", "bob"}) {
            do_all({AddParticipant{name}, OpenAccount{name, name}, AddSession{name, name, name, name, "00", "00"},
                    DepositFunds{name, "BTC", {1'000, 0}}, DepositFunds{name, "USD", {1'000'000, 0}}});
        }
        do_all({LogOnSession{alice}, LogOnSession{bob}});
    }

    /// Takes the journal over from another one, whose engine was recovered.
    SmallJournal(const std::string& url, engine::Engine recovered)
        : journal_(url, wait_ms, model::Durability::committed, partition_events),
          pipeline_(std::move(recovered), clock_, journal_, recorder_),
          order_count_(1'000'000) {}

    /// Each round is five events: an order of alice's that stays, and one that bob trades with.
    void trade(int rounds) {
        for (int round = 0; round < rounds; ++round) {
            place(alice, model::Side::buy, 90 - round % 5);
            place(alice, model::Side::buy, 100);
            place(bob, model::Side::sell, 100);
            pipeline_.step();
        }
    }
    /// One event: an order that stays.
    void rest() {
        place(alice, model::Side::buy, 80);
        pipeline_.step();
    }
    /// Alice cancels so many of her orders that stayed, one event each.
    void close_oldest(int count) {
        for (int closed = 0; closed < count; ++closed, oldest_ += 3) {
            model::CancelOrder cancel;
            cancel.cl_ord_id = model::ClOrdId("c" + std::to_string(oldest_));
            cancel.orig_cl_ord_id = model::ClOrdId("o" + std::to_string(oldest_));
            cancel.symbol = "BTC-USD";
            cancel.side = model::Side::buy;
            pipeline_.submit({{alice, model::Incarnation{1}, ++order_count_}, cancel});
            pipeline_.step();
        }
    }
    /// What comes from here on is stamped with this time.
    void at(model::Timestamp time) { clock_.set(time); }
    [[nodiscard]] const engine::Engine& engine() const { return pipeline_.engine(); }
    Journal& journal() { return journal_; }
    /// Every report up to here was written to a live connection.
    void write_everything() {
        for (const auto session : {alice, bob}) {
            pipeline_.note({session, model::Incarnation{1}, 0, 0, engine().last_sequence()});
        }
        pipeline_.step();
    }

    const model::SessionId alice{1};
    const model::SessionId bob{2};

  private:
    void do_all(const std::vector<model::CommandBody>& bodies) {
        for (const auto& body : bodies) pipeline_.submit({{}, body});
        pipeline_.step();
    }
    void place(model::SessionId session, model::Side side, std::int64_t price) {
        model::PlaceOrder order;
        order.cl_ord_id = model::ClOrdId("o" + std::to_string(++order_count_));
        order.symbol = "BTC-USD";
        order.side = side;
        order.quantity = {1, 2};
        order.price = model::Decimal{price, 0};
        pipeline_.submit({{session, model::Incarnation{1}, order_count_}, order});
    }

    PostgresJournal journal_;
    sequencer::ManualClock clock_{model::Timestamp{1}};
    FlightRecorder recorder_;
    Pipeline pipeline_;
    std::int64_t order_count_ = 0;
    std::int64_t oldest_ = 1;  ///< Of what trade() left.
};

}  // namespace venue::journal
