// Two days of a small venue's trading, as a group that a journal takes: orders, fills, fees, a
// transfer, and an order that is still open.
#pragma once

#include "tests/unit/engine/small_venue.hpp"
#include "venue/ledger/postings.hpp"

namespace venue::journal {

/// In 1970. Alice sells and bob buys; the maker pays a tenth of a percent, the taker two.
class TwoDays {
  public:
    TwoDays() {
        at(1'000);
        venue_.handle(model::OpenAccount{"alice", "savings"});
        venue_.deposit("alice", "BTC", "10");
        venue_.deposit("bob", "USD", "1000");
        at(10'000);
        venue_.sell("ALICE", "a1", "2 @ 100");
        venue_.buy("BOB", "b1", "1 @ 100");
        at(10'500);
        venue_.buy("BOB", "b2", "0.5 @ 101");
        at(12'000);
        venue_.sell("ALICE", "a2", "1 @ 98");
        venue_.buy("BOB", "b3", "1 @ 98");
        at(day_ms);
        venue_.handle(model::TransferFunds{"t1", "alice", "savings", "BTC", {1, 0}});
        at(day_ms + 59'999);
        venue_.buy("BOB", "b4", "1 @ 110");
    }

    /// And on the third, what the last trade moved is taken back, and nothing else happens.
    void take_back() {
        at(2 * day_ms);
        venue_.handle(venue_.latest_trade());
    }

    /// All of it, as one group.
    [[nodiscard]] model::Group group() const {
        model::Group group;
        group.events = venue_.events();
        for (const auto& event : group.events) {
            ledger::append_postings(event, venue_.engine.reference(), group.postings);
        }
        group.last = group.events.back().sequence;
        return group;
    }
    [[nodiscard]] std::uint64_t state_hash() const { return venue_.engine.state_hash(); }

  private:
    static constexpr std::int64_t day_ms = 86'400'000;

    void at(std::int64_t milliseconds) { venue_.now = {milliseconds * 1'000'000}; }

    test::SmallVenue venue_{test::SmallVenue::Fees{10'000, 20'000}};
};

}  // namespace venue::journal
