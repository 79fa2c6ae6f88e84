// When whoever asked for a transfer hears of it, and what.
#include "venue/control/pending_transfers.hpp"

#include <gmock/gmock.h>

namespace venue::control {
namespace {

using ::testing::ElementsAre;

/// Writes down what is submitted, and what each call is told.
struct PendingTransfersTest : ::testing::Test {
    void begin(const std::string& id, const std::string& amount = "0.5") {
        pending.begin({id, "alice", "alice-2", "BTC", amount}, [this, id](const auto& outcome) {
            if (const auto* const refusal = std::get_if<TransferRefusal>(&outcome)) {
                told.push_back(id + ": " + refusal->sentence);
            } else {
                const auto& done = std::get<TransferOutcome>(outcome);
                told.push_back(id + ": event " + std::to_string(done.event) + (done.repeated ? " again" : ""));
            }
        });
    }
    static model::Event event(std::int64_t sequence, model::EventBody body) {
        model::Event event;
        event.sequence = model::Sequence{sequence};
        event.body = std::move(body);
        return event;
    }
    static model::Answer answer(const std::string& id, std::int64_t sequence) {
        return {.body = model::TransferAnswer{id, model::Sequence{sequence}}};
    }

    std::vector<model::Request> submitted;
    std::vector<std::string> told;
    PendingTransfers pending{[this](model::Request request) { submitted.push_back(std::move(request)); }};
};

TEST_F(PendingTransfersTest, the_command_is_followed_by_the_question_whether_it_was_done) {
    begin("t1");
    ASSERT_EQ(submitted.size(), 2U);
    const auto& command = std::get<model::TransferFunds>(std::get<model::CommandBody>(submitted[0].body));
    EXPECT_EQ(command.id, "t1");
    EXPECT_EQ(command.amount, (model::Decimal{5, 1}));
    EXPECT_EQ(std::get<model::TransferQuestion>(std::get<model::QuestionBody>(submitted[1].body)).id, "t1");
    EXPECT_EQ(submitted[0].origin, model::Origin{});
    EXPECT_TRUE(told.empty()) << "nothing is durable yet";
}

TEST_F(PendingTransfersTest, tells_what_was_done_only_with_the_answer_behind_it) {
    begin("t1");
    model::Group done;
    done.events = {event(7, model::FundsTransferred{.id = "t1"})};
    pending.released(done);
    EXPECT_TRUE(told.empty());
    model::Group answered;
    answered.answers = {answer("t1", 7)};
    pending.released(answered);
    EXPECT_THAT(told, ElementsAre("t1: event 7"));
}

TEST_F(PendingTransfersTest, a_transfer_that_was_done_before_gives_no_event_and_is_told_as_such) {
    begin("t1");
    model::Group group;
    group.answers = {answer("other", 3), answer("t1", 7)};
    pending.released(group);
    EXPECT_THAT(told, ElementsAre("t1: event 7 again"));
}

TEST_F(PendingTransfersTest, a_declined_transfer_is_told_with_its_reason_even_where_the_id_is_an_earlier_ones) {
    begin("t1");
    model::Group group;
    group.events = {event(8, model::TransferRejected{"t1", model::RejectReason::transfer_id_used})};
    group.answers = {answer("t1", 7)};
    pending.released(group);
    EXPECT_THAT(told, ElementsAre("t1: " + std::string(sentence(model::RejectReason::transfer_id_used))));
}

TEST_F(PendingTransfersTest, refuses_at_once_what_is_no_number_and_a_second_call_under_the_same_id) {
    begin("t1", "1e3");
    begin("t2");
    begin("t2");
    EXPECT_THAT(told, ElementsAre("t1: The amount is no decimal number, like 0.5.",
                                  "t2: Another call with this id is still waiting; this one was not submitted."));
    EXPECT_EQ(submitted.size(), 2U);
}

TEST_F(PendingTransfersTest, whoever_waits_when_the_venue_stops_is_told_that_nothing_is_known) {
    begin("t1");
    pending.stop();
    begin("t2");
    EXPECT_THAT(told, ElementsAre("t1: The venue stopped before the outcome was known.", "t2: The venue is stopping."));
}

TEST_F(PendingTransfersTest, no_more_than_a_thousand_wait) {
    for (std::size_t i = 0; i < PendingTransfers::waiting_max; ++i) begin(std::to_string(i));
    EXPECT_TRUE(told.empty());
    begin("one more");
    EXPECT_THAT(told, ElementsAre("one more: Too many transfers wait."));
}

}  // namespace
}  // namespace venue::control
