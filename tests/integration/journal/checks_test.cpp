// Each check is silent on a good journal, and finds the fault that it is there for.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/integration/journal/test_database.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/verification.hpp"

namespace venue::journal {
namespace {

/// A fault for each check. The story: 1 listing, 2 and 3 deposits, 4 a sell rests, 5 a buy comes, 6 and 7 they trade,
/// 8 another sell, 9 its cancel, 10 a transfer of the seller's; session 1 is sent 4, 7, 8 and 9 under the numbers 2
/// to 5.
const std::map<std::string, std::string> fault_of = {
    {"postings_sum_to_zero", "update venue.postings set amount = amount + 1 where sequence = 2 and line = 1"},
    {"clearing_is_zero", "update venue.postings set account = 2 where sequence = 6 and line = 2"},
    {"balances_sum_to_zero", "delete from venue.postings where sequence = 3 and line = 2"},
    {"no_negative_balance", "update venue.postings set amount = -amount where sequence = 2"},
    {"available_not_negative", "update venue.events set hold = 1000 where sequence = 7"},
    {"sequences_are_gap_free", "delete from venue.events where sequence = 3"},
    {"commands_say_what_was_asked", "update venue.events set asked = null where sequence = 5"},
    {"commands_end_once", "update venue.events set last = true where sequence = 6"},
    {"closed_orders_hold_nothing", "update venue.events set hold = 1 where sequence = 9"},
    {"open_orders_add_up", "update venue.events set leaves = leaves - 1 where sequence = 7"},
    {"postings_belong_to_events", "update venue.postings set sequence = 10 where sequence = 2"},
    {"holds_cover_open_orders", "update venue.events set hold = hold + 1 where sequence = 7"},
    {"trades_agree_in_value", "update venue.events set last_quote = 16 where sequence = 7"},
    {"postings_follow_events", "update venue.postings set account = 103 where sequence = 6 and account = 102"},
    {"transfers_sum_to_zero", "update venue.postings set amount = 9 where sequence = 10 and line = 2"},
    {"transfers_have_one_effect",
     "insert into venue.events select (jsonb_populate_record(e, '{\"sequence\": 11}')).*"
     " from venue.events e where sequence = 10"},
    {"fills_add_up", "update venue.events set cum_value = cum_value + 1 where sequence = 7"},
    {"closed_orders_stay_closed", "update venue.events set state = 3 where sequence = 8"},
    {"time_never_goes_back", "update venue.events set time = time - 1 where sequence = 9"},
    {"trades_have_two_halves", "update venue.events set last_quantity = 14 where sequence = 7"},
    {"one_number_per_event", "update venue.outbound set events = '{4,7,7,9}'"},
    {"numbers_ascend_with_events", "update venue.outbound set events = '{4,8,7,9}'"},
    {"numbers_were_reserved", "update venue.session_numbers set outbound_reserved = 4"},
    {"carried_balances_add_up", "insert into venue.carried_balances values (10, 101, 1, 74)"},
    {"carried_orders_add_up", "insert into venue.order_marks values (8, 0)"},
    {"open_orders_are_carried", "insert into venue.order_marks values (10, 0)"},
    {"receivables_are_owed", "update venue.postings set account = 5 where sequence = 3 and amount > 0"},
    {"trades_are_taken_back_once",
     "insert into venue.events select (jsonb_populate_record(e, '{\"sequence\": 11, \"kind\": 33}')).*"
     " from venue.events e where sequence = 6"},
    {"numbers_carry_own_events", "update venue.outbound set events = '{4,6,8,9}'"},
};

/// A database with the story in it, made once; each test copies it.
const TestDatabase& good_journal() {
    static const TestDatabase database = [] {
        auto made = TestDatabase::migrated();
        PostgresJournal journal(made.url(), wait_ms);
        journal.append(story());
        journal.append(transfer_after_story());
        return made;
    }();
    return database;
}

std::set<std::string> broken_claims(const TestDatabase& database) {
    std::set<std::string> names;
    for (const auto& result : checks(database.url(), sql_dir)) {
        if (result.counter_example) names.insert(result.name);
    }
    return names;
}

TEST(Checks, AGoodJournalPassesThemAll) { EXPECT_EQ(broken_claims(good_journal()), std::set<std::string>{}); }

TEST(Checks, EachHasAFaultHereAndASentence) {
    std::set<std::string> with_fault;
    for (const auto& [name, fault] : fault_of) with_fault.insert(name);
    std::set<std::string> found;
    for (const auto& result : checks(good_journal().url(), sql_dir)) {
        found.insert(result.name);
        EXPECT_TRUE(result.claim.ends_with('.')) << result.name;
    }
    EXPECT_EQ(found, with_fault);
}

TEST(Checks, EachFindsItsFault) {
    for (const auto& [name, fault] : fault_of) {
        const TestDatabase database(good_journal().name());
        database.force(fault);
        EXPECT_TRUE(broken_claims(database).contains(name)) << name;
    }
}

TEST(Checks, ACounterExampleIsARowInWords) {
    const TestDatabase database(good_journal().name());
    database.force(fault_of.at("balances_sum_to_zero"));
    for (const auto& result : checks(database.url(), sql_dir)) {
        if (result.name != "balances_sum_to_zero") continue;
        EXPECT_EQ(result.counter_example, "asset=2 sum=100");
    }
}

TEST(Checks, TheViewsTellTheStory) {
    const auto& database = good_journal();
    EXPECT_EQ(database.value("select string_agg(order_id || ' ' || state || ' ' || cum, ', ' order by order_id)"
                             " from venue.orders"),
              "4 open 0.00000015, 5 filled 0.00000015, 8 cancelled 0.00000000");
    EXPECT_EQ(database.value("select match_id || ' ' || symbol || ' ' || price from venue.trades"), "6 BTC-USD 0.01");
    EXPECT_EQ(database.value("select ledger || ' ' || held || ' ' || available from venue.balances"
                             " where account = 101 and asset = 1"),
              "75 25 50");
    EXPECT_EQ(database.value("select count(*) from venue.executions"), "6");
}

}  // namespace
}  // namespace venue::journal
