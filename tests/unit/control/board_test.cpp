// Who is on, and under which numbers, after what was released.
#include "venue/control/board.hpp"

#include <gmock/gmock.h>

namespace venue::control {
namespace {

using ::testing::ElementsAre;

constexpr model::SessionId alice{1};
constexpr model::SessionId bob{2};

model::Reference two_participants() {
    model::Reference reference;
    reference.participants = {{model::ParticipantId{1}, {model::ParticipantId{1}, "alice"}},
                              {model::ParticipantId{2}, {model::ParticipantId{2}, "bob"}}};
    reference.sessions = {{alice, {.id = alice, .participant = model::ParticipantId{1}, .comp_id = "ZALICE"}},
                          {bob, {.id = bob, .participant = model::ParticipantId{2}, .comp_id = "BOB"}}};
    return reference;
}

model::Event event(model::EventBody body) {
    model::Event event;
    event.body = std::move(body);
    return event;
}

struct BoardTest : ::testing::Test {
    BoardTest() { board.restore(two_participants(), {{alice, model::Incarnation{2}, 10, 100, model::Sequence{7}}}); }
    Board board;
};

TEST_F(BoardTest, shows_sessions_by_comp_id_as_recovery_found_them) {
    EXPECT_THAT(board.sessions(), ElementsAre(SessionStatus{"BOB", "bob", false, 1, 0, 0, 0},
                                              SessionStatus{"ZALICE", "alice", false, 2, 10, 100, 7}));
    EXPECT_EQ(board.sessions_on(), 0U);
}

TEST_F(BoardTest, follows_logons_numbers_and_disconnects) {
    model::Group group;
    group.events = {event(model::SessionLoggedOn{alice, model::Incarnation{2}, false})};
    group.numbers = {{alice, model::Incarnation{2}, 12, 0, {}}, {alice, model::Incarnation{2}, 0, 200, {}}};
    board.released(group);
    EXPECT_EQ(board.sessions().back(), (SessionStatus{"ZALICE", "alice", true, 2, 12, 200, 7}));
    EXPECT_EQ(board.sessions_on(), 1U);

    group = {};
    group.events = {event(model::SessionDisconnected{alice, model::DisconnectReason::dropped})};
    board.released(group);
    EXPECT_EQ(board.sessions_on(), 0U);
}

TEST_F(BoardTest, a_reset_begins_numbers_anew_and_old_ones_come_too_late) {
    model::Group group;
    group.events = {event(model::SessionLoggedOn{alice, model::Incarnation{3}, true})};
    group.numbers = {{alice, model::Incarnation{2}, 99, 999, {}}};
    board.released(group);
    EXPECT_EQ(board.sessions().back(), (SessionStatus{"ZALICE", "alice", true, 3, 0, 0, 7}));
}

TEST_F(BoardTest, a_changed_session_goes_on_in_the_incarnation_that_its_change_says) {
    model::Group group;
    group.events = {event(model::SessionChanged{{.id = alice, .comp_id = "ZALICE"}, model::Incarnation{2}})};
    board.released(group);
    EXPECT_EQ(board.sessions().back(), (SessionStatus{"ZALICE", "alice", false, 2, 10, 100, 7}));
    group.events = {event(model::SessionChanged{{.id = alice, .comp_id = "ZALICE"}, model::Incarnation{3}})};
    board.released(group);
    EXPECT_EQ(board.sessions().back(), (SessionStatus{"ZALICE", "alice", false, 3, 0, 0, 7}));
}

}  // namespace
}  // namespace venue::control
