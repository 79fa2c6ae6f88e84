#include "venue/model/command.hpp"

#include <gtest/gtest.h>

namespace venue::model {
namespace {

const Origin origin{SessionId{3}, Incarnation{1}, 17};

TEST(Describe, AnOrderIsOneLineOfWhatIsThere) {
    PlaceOrder asked{ClOrdId("a1"), "", "BTC-USD"};
    asked.quantity = {5, 1};
    asked.price = Decimal{20'000, 0};
    EXPECT_EQ(describe({origin, asked}),
              "PlaceOrder session=3 incarnation=1 number=17 cl_ord_id=a1 symbol=BTC-USD side=buy type=limit "
              "time_in_force=day quantity=0.5 price=20000");
}

TEST(Describe, TextOfAParticipantCantForgeAnotherField) {
    PlaceOrder asked{ClOrdId("a1 side=sell"), "", "\"\\\x01\xff"};
    asked.flaw = {RejectReason::unsupported_characteristic, 18};
    EXPECT_EQ(describe({{}, asked}),
              R"(PlaceOrder cl_ord_id="a1 side=sell" symbol="\"\\\x01\xff" side=buy type=limit time_in_force=day )"
              R"(quantity=0 flaw=unsupported_characteristic flaw_tag=18)");
}

TEST(Describe, SecretsAndTheirHashesAreLeftOut) {
    const std::string line = describe({{}, AddSession{"alice", "alice", "ALICE", "alice", "5a17", "4a54"}});
    EXPECT_EQ(line, "AddSession participant=alice account=alice comp_id=ALICE username=alice");
}

TEST(Describe, ATransferSaysItsIdAndBothAccounts) {
    EXPECT_EQ(describe({{}, TransferFunds{"t-1", "alice", "savings", "USD", {125, 1}}}),
              "TransferFunds id=t-1 from=alice to=savings asset=USD amount=12.5");
    EXPECT_EQ(describe({{}, TransferFunds{"t-1", "alice", "savings", "USD", {125, 1}, true}}),
              "TransferFunds id=t-1 from=alice to=savings asset=USD amount=12.5 even_suspended=yes");
    EXPECT_EQ(describe({{},
                        ChangeInstrument{.symbol = "BTC-USD",
                                         .reference_price = Decimal{105, 1},
                                         .schedule = std::vector<ScheduledPhase>{{3'600, Phase::closed}},
                                         .day_end = 7'200}}),
              "ChangeInstrument symbol=BTC-USD reference_price=10.5 day_end=7200 schedule=\"01:00:00 closed\"");
}

TEST(Describe, SessionCommandsSayWhichSession) {
    EXPECT_EQ(describe({{}, LogOnSession{SessionId{2}, true}}), "LogOnSession on=2 reset=yes");
    EXPECT_EQ(describe({{}, DisconnectSession{SessionId{2}, DisconnectReason::dropped}}),
              "DisconnectSession off=2 reason=dropped");
}

TEST(ClOrdId, IsCutAtItsLargestSize) {
    EXPECT_EQ(ClOrdId(std::string(40, 'x')).view(), std::string(36, 'x'));
    EXPECT_TRUE(ClOrdId().empty());
    EXPECT_NE(ClOrdId("a"), ClOrdId("b"));
}

}  // namespace
}  // namespace venue::model
