#include "venue/pipeline.hpp"

#include <gmock/gmock.h>

#include <future>
#include <numeric>
#include <tuple>

#include "tests/support/memory_journal.hpp"
#include "venue/recovery.hpp"

namespace venue {
namespace {

using namespace model;
using namespace std::chrono_literals;
using journal::JournalFailed;
using journal::MemoryJournal;
using sequencer::ManualClock;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const SessionId alice{1};
constexpr Timestamp noon{43'200'000'000'000};

/// One instrument, one participant with money, one session.
std::vector<CommandBody> reference_data() {
    return {AddAsset{{{}, "BTC", 12, 8}},
            AddAsset{{{}, "USD", 10, 2}},
            ListInstrument{"BTC-USD", "BTC", "USD", {1, 2}, {1, 8}, 10'000, 20'000},
            AddParticipant{"alice"},
            OpenAccount{"alice", "alice"},
            AddSession{"alice", "alice", "ALICE", "alice", "00", "00"},
            DepositFunds{"alice", "USD", {1'000'000, 0}}};
}

Request place(std::int64_t number, std::string_view name, TimeInForce time_in_force = TimeInForce::gtc) {
    PlaceOrder order;
    order.cl_ord_id = ClOrdId{name};
    order.symbol = "BTC-USD";
    order.time_in_force = time_in_force;
    order.quantity = {1, 0};
    order.price = Decimal{20'000, 0};
    return {{alice, Incarnation{1}, number}, order};
}

Request ask_status(std::int64_t number, std::string_view name) {
    return {{alice, Incarnation{1}, number}, OrderStatusQuestion{ClOrdId{name}, {}, "BTC-USD", Side::buy, ""}};
}

std::vector<std::string_view> kinds(const std::vector<Event>& events) {
    std::vector<std::string_view> names;
    for (const auto& event : events) names.push_back(name(event.body));
    return names;
}

class PipelineTest : public testing::Test {
  protected:
    PipelineTest() {
        for (auto& body : reference_data()) pipeline.submit({{}, std::move(body)});
        pipeline.step();
    }

    MemoryJournal journal;
    ManualClock clock{noon};
    FlightRecorder recorder;
    Pipeline pipeline{recover(journal), clock, journal, recorder};
};

TEST_F(PipelineTest, a_group_holds_the_events_their_postings_and_the_numbers_judged) {
    pipeline.submit(place(2, "a1"));
    pipeline.submit({{alice, Incarnation{1}, 3}, Judged{}});
    const auto group = pipeline.step();
    EXPECT_THAT(kinds(group->events), ElementsAre("OrderAccepted"));
    EXPECT_THAT(group->postings, IsEmpty()) << "a hold moves no money";
    EXPECT_THAT(group->numbers, ElementsAre(SessionNumbers{alice, Incarnation{1}, 3, 0, {}}));
    EXPECT_EQ(group->last, group->events.back().sequence);
}

TEST_F(PipelineTest, the_first_event_of_each_command_says_what_was_asked) {
    pipeline.submit(place(2, "a1"));
    pipeline.submit(ask_status(3, "a1"));
    CancelOrder cancel;
    cancel.cl_ord_id = ClOrdId{"a2"};
    cancel.orig_cl_ord_id = ClOrdId{"a1"};
    cancel.symbol = "BTC-USD";
    pipeline.submit({{alice, Incarnation{1}, 4}, cancel});
    PlaceOrder rich;
    rich.cl_ord_id = ClOrdId{"a3"};
    rich.symbol = "NONE";
    pipeline.submit({{alice, Incarnation{1}, 5}, rich});
    const auto group = pipeline.step();
    ASSERT_THAT(kinds(group->events), ElementsAre("OrderAccepted", "OrderCancelled", "OrderRejected"));
    EXPECT_EQ(group->events[0].asked,
              "PlaceOrder session=1 incarnation=1 number=2 cl_ord_id=a1 symbol=BTC-USD side=buy type=limit "
              "time_in_force=gtc quantity=1 price=20000");
    EXPECT_TRUE(group->events[1].asked.starts_with("CancelOrder session=1 incarnation=1 number=4"));
    EXPECT_TRUE(group->events[2].asked.starts_with("PlaceOrder session=1 incarnation=1 number=5"));
    EXPECT_THAT(group->asked, IsEmpty()) << "it was said";
}

TEST_F(PipelineTest, a_group_carries_the_way_of_each_request_in_the_order_of_the_rooms) {
    pipeline.submit(place(2, "a1"));
    pipeline.submit(ask_status(3, "a1"));
    const auto group = pipeline.step();
    ASSERT_THAT(group->passages, SizeIs(2));
    const auto& [placed, asked] = std::tie(group->passages[0], group->passages[1]);
    EXPECT_EQ(placed.origin, (Origin{alice, Incarnation{1}, 2}));
    EXPECT_EQ(placed.first, group->events.front().sequence);
    EXPECT_EQ(placed.last, group->last);
    EXPECT_LT(asked.last, asked.first) << "a question changes nothing";
    EXPECT_GT(placed.submitted_at, 0);
    EXPECT_LE(placed.submitted_at, placed.taken_at);
    EXPECT_LE(placed.taken_at, placed.judged_at);
    EXPECT_LE(placed.judged_at, group->appending_at);
    EXPECT_LE(group->appending_at, group->durable_at);
}

TEST_F(PipelineTest, its_progress_tells_what_waits_and_how_far_it_is) {
    const auto before = pipeline.progress();
    EXPECT_EQ(before.judged, before.durable);
    pipeline.submit(place(2, "a1"));
    EXPECT_EQ(pipeline.progress().inbox, 1U);
    const auto group = pipeline.step();
    EXPECT_EQ(pipeline.progress().inbox, 0U);
    EXPECT_EQ(pipeline.progress().judged, group->last);
    EXPECT_EQ(pipeline.progress().durable, group->last);
    EXPECT_GE(pipeline.progress().journal_seen, before.journal_seen);
}

TEST_F(PipelineTest, an_answer_waits_for_the_events_that_it_may_have_read) {
    pipeline.submit(place(2, "a1"));
    pipeline.submit(ask_status(3, "a1"));
    const auto group = pipeline.step();
    ASSERT_THAT(group->answers, SizeIs(1));
    EXPECT_EQ(group->answers[0].after, group->events.back().sequence);
    EXPECT_EQ(std::get<OrderStatusAnswer>(group->answers[0].body).order.id, OrderId{group->last.value});
}

TEST_F(PipelineTest, orders_that_are_told_together_are_those_of_one_moment_and_wait_for_it) {
    pipeline.submit(place(2, "a1"));
    pipeline.submit({{alice, Incarnation{1}, 3}, MassStatusQuestion{"m1", "", "", {}}});
    pipeline.submit(place(4, "a2"));
    const auto group = pipeline.step();
    ASSERT_THAT(group->answers, SizeIs(1));
    const auto& told = *std::get<MassStatusAnswer>(group->answers[0].body).orders;
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].cl_ord_id, ClOrdId("a1"));
    EXPECT_EQ(group->answers[0].after.value, told[0].id.value) << "the event that accepted it";
}

TEST_F(PipelineTest, what_the_journal_has_not_taken_is_not_released) {
    std::vector<std::shared_ptr<const Group>> released;
    pipeline.on_release([&](auto group) { released.push_back(std::move(group)); });
    journal.before_append = [](const Group&) { throw JournalFailed("the disk is gone"); };
    pipeline.submit(place(2, "a1"));
    EXPECT_THROW(pipeline.step(), JournalFailed);
    EXPECT_THAT(released, IsEmpty());
}

TEST_F(PipelineTest, a_relaxed_venue_tells_before_the_commit_and_only_once) {
    Pipeline relaxed{recover(journal), clock, journal, recorder, Durability::relaxed};
    int told = 0;
    relaxed.on_release([&](const auto&) { ++told; });
    journal.before_append = [&](const Group&) { EXPECT_EQ(told, 1); };
    relaxed.submit(place(2, "a1"));
    relaxed.step();
    EXPECT_EQ(told, 1);
}

TEST_F(PipelineTest, what_is_due_happens_before_a_later_command_is_judged) {
    pipeline.submit(place(2, "a1", TimeInForce::day));
    pipeline.step();
    clock.set({noon.nanoseconds + nanoseconds_per_day});
    pipeline.submit(place(3, "a2"));
    const auto group = pipeline.step();
    EXPECT_THAT(kinds(group->events), ElementsAre("OrderExpired", "OrderAccepted"));
    EXPECT_EQ(group->events[0].time, next_midnight(noon)) << "it expired at midnight, not when somebody came";
    EXPECT_EQ(group->events[1].time, Timestamp{noon.nanoseconds + nanoseconds_per_day});
}

TEST_F(PipelineTest, what_is_due_happens_without_any_command) {
    pipeline.submit(place(2, "a1", TimeInForce::day));
    pipeline.step();
    clock.set({noon.nanoseconds + nanoseconds_per_day});
    EXPECT_THAT(kinds(pipeline.step()->events), ElementsAre("OrderExpired"));
}

TEST_F(PipelineTest, however_much_falls_due_at_once_no_transaction_holds_it_all) {
    constexpr std::int64_t count = 18'000;
    for (std::int64_t number = 2; number < 2 + count; ++number) {
        auto request = place(number, "a" + std::to_string(number), TimeInForce::day);
        std::get<PlaceOrder>(std::get<CommandBody>(request.body)).quantity = {1, 5};
        pipeline.submit(std::move(request));
    }
    pipeline.step();
    std::vector<std::size_t> sizes;
    pipeline.on_release([&](const auto& group) { sizes.push_back(group->events.size()); });
    clock.set({noon.nanoseconds + nanoseconds_per_day});
    pipeline.step();
    EXPECT_THAT(sizes, SizeIs(testing::Gt(1U)));
    EXPECT_EQ(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}), std::size_t{count});
    EXPECT_EQ(recover(journal).state_hash(), pipeline.engine().state_hash());
}

TEST_F(PipelineTest, however_many_messages_are_merely_counted_they_do_not_pile_up_before_the_journal) {
    constexpr std::int64_t count = 30'000;
    for (std::int64_t number = 2; number < 2 + count; ++number) {
        pipeline.submit({{alice, Incarnation{1}, number}, Judged{}});
    }
    std::vector<std::size_t> sizes;
    pipeline.on_release([&](const auto& group) { sizes.push_back(group->passages.size()); });
    const auto last = pipeline.step();
    EXPECT_THAT(sizes, SizeIs(testing::Gt(2U)));
    EXPECT_EQ(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}), std::size_t{count});
    EXPECT_THAT(last->numbers, ElementsAre(SessionNumbers{alice, Incarnation{1}, 1 + count, 0, {}}));
}

TEST_F(PipelineTest, a_session_s_noted_numbers_come_back_when_they_are_durable) {
    pipeline.note({alice, Incarnation{1}, 0, 10'000, {}});
    pipeline.note({alice, Incarnation{1}, 0, 0, Sequence{7}});
    EXPECT_THAT(pipeline.step()->numbers, ElementsAre(SessionNumbers{alice, Incarnation{1}, 0, 10'000, Sequence{7}}));
}

TEST_F(PipelineTest, recovery_comes_to_the_state_that_was_left_and_disconnects_who_was_on) {
    pipeline.submit({{alice, Incarnation{1}, 1}, LogOnSession{alice}});
    pipeline.submit(place(2, "a1"));
    pipeline.step();
    const auto recovered = recover(journal);
    EXPECT_EQ(recovered.state_hash(), pipeline.engine().state_hash());
    const auto requests = disconnects_after_restart(recovered);
    ASSERT_THAT(requests, SizeIs(1));
    const auto& command = std::get<DisconnectSession>(std::get<CommandBody>(requests[0].body));
    EXPECT_EQ(command.session, alice);
    EXPECT_EQ(command.reason, DisconnectReason::restart);
}

TEST_F(PipelineTest, a_session_is_restored_with_its_durable_numbers_and_starts_at_incarnation_1) {
    EXPECT_EQ(sessions_to_restore(pipeline.engine(), journal).at(0).numbers,
              (SessionNumbers{alice, Incarnation{1}, 0, 0, {}}));
    pipeline.note({alice, Incarnation{1}, 0, 10'000, {}});
    pipeline.submit(place(2, "a1"));
    pipeline.step();
    EXPECT_EQ(sessions_to_restore(pipeline.engine(), journal).at(0).numbers,
              (SessionNumbers{alice, Incarnation{1}, 2, 10'000, {}}));
}

TEST_F(PipelineTest, on_its_own_threads_nothing_is_lost_and_the_order_of_each_session_stays) {
    constexpr std::int64_t count = 500;
    std::vector<std::int64_t> released;
    pipeline.on_release([&](const auto& group) {
        for (const auto& event : group->events) released.push_back(event.sequence.value);
    });
    pipeline.start([](std::exception_ptr) { FAIL() << "the journal has not failed"; });
    for (std::int64_t number = 2; number < 2 + count; ++number) {
        pipeline.submit(place(number, "a" + std::to_string(number)));
    }
    pipeline.stop();
    EXPECT_THAT(released, SizeIs(count)) << "each order is accepted, or declined for lack of funds";
    EXPECT_TRUE(std::ranges::is_sorted(released));
    EXPECT_EQ(recover(journal).state_hash(), pipeline.engine().state_hash());
}

TEST_F(PipelineTest, a_journal_that_fails_under_way_is_told_once_and_nothing_is_released_after) {
    std::promise<std::string> told;
    pipeline.on_release([](const auto&) { FAIL() << "nothing is durable"; });
    journal.before_append = [](const Group&) { throw JournalFailed("the disk is gone"); };
    pipeline.start([&](std::exception_ptr failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const JournalFailed& error) {
            told.set_value(error.what());
        }
    });
    pipeline.submit(place(2, "a1"));
    EXPECT_EQ(told.get_future().get(), "the disk is gone");
    pipeline.stop();
}

TEST_F(PipelineTest, a_stalled_commit_holds_back_what_was_judged_meanwhile) {
    std::promise<void> stalled;
    std::promise<void> go_on;
    std::vector<std::size_t> answers_released;
    pipeline.on_release([&](const auto& group) { answers_released.push_back(group->answers.size()); });
    journal.before_append = [&, first = true](const Group& group) mutable {
        if (std::exchange(first, false)) {
            EXPECT_THAT(group.answers, IsEmpty());
            stalled.set_value();
            go_on.get_future().wait();
        } else {
            EXPECT_THAT(answers_released, ElementsAre(0)) << "the answer waits for its own group's commit";
        }
    };
    pipeline.start([](std::exception_ptr) { FAIL(); });
    pipeline.submit(place(2, "a1"));
    stalled.get_future().wait();
    pipeline.submit(ask_status(3, "a1"));
    go_on.set_value();
    pipeline.stop();
    EXPECT_THAT(answers_released, ElementsAre(0, 1));
}

}  // namespace
}  // namespace venue
