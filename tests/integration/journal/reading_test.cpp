// Reports read back for a resend.
#include <gtest/gtest.h>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

using model::Incarnation;
using model::Sequence;
using model::SessionId;

constexpr SessionId session{3};
constexpr Incarnation incarnation{1};

/// Events of every kind; the session's numbers leave gaps where administrative messages took them.
class Reading : public testing::Test {
  protected:
    Reading() {
        journal.append(group);
        model::Group numbered;
        numbered.outbound = {{session, incarnation, {number(2, 1), number(3, 3), number(5, 5)}}};
        journal.append(numbered);
        numbered.outbound = {{session, incarnation, {number(6, 7), number(9, 9)}}, {SessionId{4}, incarnation, {}}};
        journal.append(numbered);
    }
    static model::OutboundNumber number(std::int64_t number, std::int64_t event) {
        return {number, Sequence{event}, {number * 1'000'000}, number == 5};
    }
    std::vector<std::int64_t> sent_numbers(std::int64_t first, std::int64_t last, std::size_t limit) {
        std::vector<std::int64_t> numbers;
        for (const auto& sent : reader.sent(session, incarnation, first, last, limit)) {
            numbers.push_back(sent.as.number);
        }
        return numbers;
    }
    std::vector<std::int64_t> addressed(SessionId to, std::int64_t after, std::int64_t until, std::size_t limit) {
        std::vector<std::int64_t> sequences;
        for (const auto& event : reader.addressed(to, Sequence{after}, Sequence{until}, limit)) {
            sequences.push_back(event.sequence.value);
        }
        return sequences;
    }

    using Numbers = std::vector<std::int64_t>;
    TestDatabase database = TestDatabase::migrated();
    PostgresJournal journal{database.url(), wait_ms};
    PostgresReportReader reader{database.url()};
    model::Group group = every_event_group();
};

TEST_F(Reading, SentReportsComeWithTheirNumbersAndTimes) {
    const auto sent = reader.sent(session, incarnation, 5, 6, 10);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].as, number(5, 5));
    EXPECT_EQ(sent[1].as, number(6, 7));
    EXPECT_TRUE(sent[0].event == group.events[4]);
    EXPECT_TRUE(sent[1].event == group.events[6]);
}

TEST_F(Reading, ARangeMayBeginAndEndInsideARun) {
    EXPECT_EQ(sent_numbers(1, 100, 100), (Numbers{2, 3, 5, 6, 9}));
    EXPECT_EQ(sent_numbers(3, 6, 100), (Numbers{3, 5, 6}));
    EXPECT_EQ(sent_numbers(4, 4, 100), Numbers{});
    EXPECT_EQ(sent_numbers(1, 1, 100), Numbers{});
    EXPECT_EQ(sent_numbers(10, 20, 100), Numbers{});
}

TEST_F(Reading, APageHasTheFirstNumbersOfItsRange) { EXPECT_EQ(sent_numbers(3, 9, 2), (Numbers{3, 5})); }

TEST_F(Reading, AnotherIncarnationHasNumbersOfItsOwn) {
    EXPECT_TRUE(reader.sent(session, Incarnation{2}, 1, 100, 100).empty());
}

// Odd sequences go to session 3, every third one to session 4 as well.
TEST_F(Reading, AddressedEventsAreTheSessionsOwnAndThoseItHearsOf) {
    EXPECT_EQ(addressed(session, 0, 8, 100), (Numbers{1, 3, 5, 7}));
    EXPECT_EQ(addressed(session, 3, 7, 100), (Numbers{5, 7}));
    EXPECT_EQ(addressed(SessionId{4}, 0, 12, 100), (Numbers{3, 6, 9, 12}));
    EXPECT_EQ(addressed(SessionId{4}, 0, 100, 2), (Numbers{3, 6}));
    EXPECT_EQ(addressed(SessionId{}, 0, 100, 100), Numbers{});
}

TEST_F(Reading, ALostConnectionIsOpenedAgain) {
    ASSERT_EQ(sent_numbers(2, 2, 1), Numbers{2});
    database.force(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'venue' and"
        " datname = current_database() and pid <> pg_backend_pid()");
    EXPECT_EQ(sent_numbers(2, 2, 1), Numbers{2});
}

TEST_F(Reading, TheLastNumberedEventOfASessionIsKnown) {
    model::Group numbers;
    numbers.numbers = {{session, incarnation, 1, 100, Sequence{}}};
    journal.append(numbers);
    EXPECT_EQ(journal.session_records().front().last_numbered, Sequence{9});
}

}  // namespace
}  // namespace venue::journal
