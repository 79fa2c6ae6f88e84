// Which closed orders are remembered: so many, and for so long.
#include <gmock/gmock.h>

#include "tests/unit/engine/small_venue.hpp"

namespace venue::test {
namespace {

using model::ClOrdId;
using model::Side;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t second = 1'000'000'000;

class RememberedOrders : public testing::Test {
  protected:
    void add(model::Remembered remembered) {
        venue.handle(model::AddParticipant{"carol", {}, remembered});
        venue.handle(model::OpenAccount{"carol", "carol"});
        for (const std::string session : {"CAROL", "CAROL2"}) {
            venue.handle(model::AddSession{"carol", "carol", session, session, "", ""});
        }
        venue.deposit("carol", "USD", "100");
    }
    /// Opened and closed at once: nobody sells.
    std::vector<std::string> close(const std::string& name) {
        venue.now.nanoseconds += 1;
        return venue.settle(order(name, Side::buy, "1 @ 1", model::TimeInForce::ioc), "CAROL");
    }
    /// What has happened, as one would have journaled it that noted no times.
    void become_as_an_earlier_release_would() {
        engine::Engine folded;
        for (model::Event event : venue.events()) {
            auto* const added = std::get_if<model::ParticipantAdded>(&event.body);
            if (added != nullptr) added->participant.remembered = {};
            folded.fold(event);
        }
        venue.engine = std::move(folded);
    }
    void wait(std::int64_t seconds) { venue.now.nanoseconds += seconds * second; }
    /// As a status request is told: "cancelled", …; empty for an order that isn't known.
    [[nodiscard]] std::string status(const std::string& name) const {
        const auto answer = venue.engine.answer(model::OrderStatusQuestion{ClOrdId(name), {}, "BTC-USD", Side::buy, ""},
                                                venue.session("CAROL2"), venue.now);
        const auto& found = std::get<model::OrderStatusAnswer>(answer).order;
        return found.id ? std::string(model::name(found.state)) : "";
    }

    SmallVenue venue;
};

TEST_F(RememberedOrders, AreTheLatestSoManyThatWereClosedAndAllOpenOnes) {
    add({.orders = 3});
    venue.buy("CAROL", "open", "1 @ 1");
    for (const char* name : {"a1", "a2", "a3"}) close(name);
    EXPECT_EQ(status("a1"), "cancelled") << "a closed order is told to any session of the participant";
    EXPECT_THAT(close("a1"), ElementsAre("OrderRejected to CAROL: a1 duplicate_cl_ord_id"));
    close("a4");
    EXPECT_EQ(status("a1"), "");
    EXPECT_EQ(status("a2"), "cancelled");
    EXPECT_THAT(close("a1").front(), HasSubstr("OrderAccepted to CAROL: a1"));
    EXPECT_EQ(status("open"), "open");
}

TEST_F(RememberedOrders, GoWithAllTheirNames) {
    add({.orders = 1});
    venue.buy("CAROL", "first", "1 @ 1");
    venue.replace("CAROL", "second", "first", "2 @ 1");
    venue.cancel("CAROL2", "c", "first");
    EXPECT_EQ(status("first"), "cancelled");
    close("other");
    for (const char* name : {"first", "second"}) EXPECT_EQ(status(name), "") << name;
}

TEST_F(RememberedOrders, StayUntilTheCommandThatClosedThemIsOver) {
    add({.orders = 1});
    for (const char* name : {"a1", "a2", "a3", "a4"}) venue.buy("CAROL", name, "1 @ 1");
    wait(1);
    venue.settle(model::MassCancel{ClOrdId("m1")}, "CAROL");
    for (const char* name : {"a1", "a2", "a3", "a4"}) EXPECT_EQ(status(name), "cancelled") << name;
    close("b1");
    EXPECT_EQ(status("a2"), "");
    EXPECT_EQ(status("a3"), "cancelled") << "two go with each that is closed";
    close("b2");
    close("b3");
    EXPECT_EQ(status("b2"), "");
    EXPECT_EQ(status("b3"), "cancelled");
}

TEST_F(RememberedOrders, OfWhoWasAddedByAnEarlierReleaseStayWhateverTheTime) {
    add({});
    close("old");
    become_as_an_earlier_release_would();
    wait(10 * 86'400);
    close("new");
    EXPECT_EQ(status("old"), "cancelled");
}

TEST_F(RememberedOrders, OfWhoIsLimitedOnlyNowStayUntilTheCommandThatClosedThemIsOver) {
    add({});
    become_as_an_earlier_release_would();
    venue.handle(model::ChangeParticipant{.name = "carol", .remembered_orders = 1});
    for (const char* name : {"a1", "a2", "a3", "a4"}) venue.buy("CAROL", name, "1 @ 1");
    wait(1);
    venue.settle(model::MassCancel{ClOrdId("m1")}, "CAROL");
    for (const char* name : {"a1", "a2", "a3", "a4"}) EXPECT_EQ(status(name), "cancelled") << name;
    wait(1);
    close("b1");
    EXPECT_EQ(status("a2"), "");
}

TEST_F(RememberedOrders, OfWhoIsTimedOnlyNowStayAsLongAsThoseThatWereClosedFirstThen) {
    add({});
    close("old");
    become_as_an_earlier_release_would();
    wait(100);
    venue.handle(model::ChangeParticipant{.name = "carol", .remembered_seconds = 10});
    close("first");
    EXPECT_EQ(status("old"), "cancelled") << "it may have been closed a moment ago";
    wait(6);
    close("second");
    EXPECT_EQ(status("old"), "cancelled");
    wait(6);
    close("third");
    EXPECT_EQ(status("old"), "");
    EXPECT_EQ(status("first"), "");
    EXPECT_EQ(status("second"), "cancelled");
}

TEST_F(RememberedOrders, ThatAreTooManyForAChangedParticipantGoTwoAtATime) {
    add({});
    for (int i = 0; i < 5; ++i) close("old" + std::to_string(i));
    EXPECT_THAT(venue.handle(model::ChangeParticipant{.name = "carol", .remembered_orders = 2}),
                ElementsAre("ParticipantChanged: carol"));
    EXPECT_EQ(status("old0"), "cancelled") << "the change itself takes no time";
    close("a");
    EXPECT_EQ(status("old1"), "");
    EXPECT_EQ(status("old2"), "cancelled");
    for (const char* name : {"b", "c", "d"}) close(name);
    EXPECT_EQ(status("b"), "");
    EXPECT_EQ(status("c"), "cancelled");
    venue.handle(model::ChangeParticipant{.name = "carol", .remembered_orders = 0});
    for (const char* name : {"e", "f"}) close(name);
    EXPECT_EQ(status("c"), "cancelled") << "zero stands for the usual";
    engine::Engine folded;
    for (const model::Event& event : venue.events()) folded.fold(event);
    EXPECT_EQ(folded.state_hash(), venue.engine.state_hash());
}

TEST_F(RememberedOrders, AreThoseOfADayUnlessItIsSaidOtherwise) {
    add({});
    close("old");
    venue.now.nanoseconds += 86'400 * second - 1;
    close("new");
    EXPECT_EQ(status("old"), "cancelled");
    wait(1);
    close("newer");
    EXPECT_EQ(status("old"), "");
    EXPECT_EQ(status("new"), "cancelled");
}

TEST_F(RememberedOrders, OfABusyDayGoTwoAtATime) {
    add({.seconds = 10});
    for (int i = 0; i < 5; ++i) close("old" + std::to_string(i));
    wait(11);
    close("a");
    EXPECT_EQ(status("old1"), "");
    EXPECT_EQ(status("old2"), "cancelled");
    close("b");
    close("c");
    EXPECT_EQ(status("old4"), "");
    EXPECT_EQ(status("a"), "cancelled");
}

TEST_F(RememberedOrders, OutliveSnapshotsWithTheTimesAtWhichTheyWereClosed) {
    add({.seconds = 10});
    close("a");
    wait(6);
    close("b");
    ASSERT_TRUE(venue.restart());
    wait(5);
    close("c");
    EXPECT_EQ(status("a"), "");
    EXPECT_EQ(status("b"), "cancelled");
}

TEST_F(RememberedOrders, CanNotBeMoreThanTheEngineCanKeep) {
    for (const std::int32_t wanted : {-1, 10'000'001}) {
        const auto declined = ElementsAre(HasSubstr("remembered_orders must be at most 10000000"));
        EXPECT_THAT(venue.handle(model::AddParticipant{"dora", {}, {.orders = wanted}}), declined);
        EXPECT_THAT(venue.handle(model::ChangeParticipant{.name = "bob", .remembered_orders = wanted}), declined);
    }
    for (const std::int32_t wanted : {-1, 31'536'001}) {
        const auto declined = ElementsAre(HasSubstr("remembered_seconds must be at most 31536000"));
        EXPECT_THAT(venue.handle(model::AddParticipant{"dora", {}, {.seconds = wanted}}), declined);
        EXPECT_THAT(venue.handle(model::ChangeParticipant{.name = "bob", .remembered_seconds = wanted}), declined);
    }
}

}  // namespace
}  // namespace venue::test
