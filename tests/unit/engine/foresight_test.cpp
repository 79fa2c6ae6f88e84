#include <gtest/gtest.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::CommandBody;
using model::Side;

model::CancelOrder cancel_of(const std::string& original) {
    model::CancelOrder cancel;
    cancel.cl_ord_id = model::ClOrdId{"c-" + original};
    cancel.orig_cl_ord_id = model::ClOrdId{original};
    cancel.symbol = "BTC-USD";
    return cancel;
}

/// What may wait at once: orders, changes of what is known and of what isn't, and what isn't trading at all.
std::vector<CommandBody> waiting_commands() {
    std::vector<CommandBody> commands;
    for (int number = 0; number < 40; ++number) {
        commands.emplace_back(order("a" + std::to_string(number), Side::buy, "0.01 @ 20000"));
        commands.emplace_back(cancel_of("a" + std::to_string(number / 2)));
        commands.emplace_back(cancel_of("nobody's"));
        commands.emplace_back(model::DepositFunds{"alice", "USD", {1, 0}});
    }
    return commands;
}

std::uint64_t played(bool foresees) {
    SmallVenue venue;
    venue.deposit("alice", "USD", "1000000");
    const auto commands = waiting_commands();
    const auto session = venue.session("ALICE");
    for (std::size_t place = 0; place < commands.size(); ++place) {
        if (foresees) {
            venue.engine.foresee(place, commands.size(), [&](std::size_t at) {
                // Every third is no command at all, as a question is none.
                return engine::Waiting{session, at % 3 == 0 ? nullptr : &commands[at]};
            });
        }
        venue.handle(commands[place], "ALICE");
    }
    return venue.engine.state_hash();
}

TEST(Foresight, passes_over_a_session_that_a_command_before_it_adds) {
    SmallVenue venue;
    const CommandBody asked = order("a1", Side::buy, "0.01 @ 20000");
    venue.engine.foresee(0, 1, [&](std::size_t) { return engine::Waiting{model::SessionId{77}, &asked}; });
    EXPECT_EQ(venue.engine.order(model::OrderId{1}), nullptr);
}

TEST(Foresight, changes_nothing) { EXPECT_EQ(played(true), played(false)); }

}  // namespace
}  // namespace venue::test
