// How orders stand is carried at marks, so that whoever asks for them needs no more than the events since.
#include <thread>

#include "tests/integration/snapshots/archiving.hpp"

namespace venue::journal {
namespace {

using testing::HasSubstr;

class CarriedOrders : public Archiving {
  protected:
    /// In a real journal a mark is a million events from the last and a page has 10,000; here there are three or four
    /// marks in each range, and five pages and more to each.
    CarriedOrders() {
        database.force(
            "do $$ begin execute replace(pg_get_functiondef('venue.next_order_mark()'::regprocedure), '1000000', '30');"
            " execute replace(pg_get_functiondef('venue.carry_orders()'::regprocedure), '10000', '7'); end $$");
    }
    bool carry_page() const { return database.value("select venue.carry_orders()") == "t"; }
    void carry_all() const {
        while (carry_page()) continue;
    }
    void forget_what_is_carried() const {
        database.force("delete from venue.carried_orders; delete from venue.order_marks");
        crash_server();
    }
    /// As far as what is carried knows: what isn't in the log of the server is empty when it comes back.
    void crash_server() const { database.force("truncate venue.begun_marks, venue.met_orders"); }
    std::string marks() const {
        return database.value(
            "select string_agg(sequence || case since when 0 then '!' else '' end, ' ' order by"
            " sequence) from venue.order_marks");
    }
    /// Each order's columns that are told of it, as a list of names.
    static std::string told(const std::string& of) {
        return "select order_id, participant, account, instrument, cl_ord_id, side, type, state, price, quantity, cum,"
               " leaves, cum_value, hold, expires, last_event, changed from " +
               of;
    }
    /// What orders are open, by looking at every event there is.
    std::string open_at(int event) const {
        return rows(told("venue.orders_at(" + std::to_string(event) + ") where state = 1"));
    }
    std::string told_open_at(int event) const {
        return rows(told("venue.open_orders_at(" + std::to_string(event) + ")"));
    }
    int event_count() { return static_cast<int>(venue.engine().last_sequence().value); }
    /// A few orders that stay over marks, and are cancelled or traded with behind some.
    void live_on() {
        live();
        venue.close_oldest(60);
        venue.trade(5);
    }
    const std::string questions_[4] = {"select * from venue.orders", "select * from venue.orders where state = 'open'",
                                       "select * from venue.holds", "select * from venue.balances"};
};

TEST_F(CarriedOrders, AreCarriedAtMarksAndWholeWhereARangeEnds) {
    live();
    carry_all();
    EXPECT_THAT(marks(), HasSubstr("30! 60 90 100! 130 160 190 200! 230 260 290 300!"));
    EXPECT_EQ(database.value("select venue.carry_orders()"), "f") << "nothing is new";
}

TEST_F(CarriedOrders, TellOfEveryMomentWhatItsEventsTell) {
    live_on();
    carry_all();
    const auto last = event_count();
    for (int event = 0; event <= last; event += 7) EXPECT_EQ(told_open_at(event), open_at(event)) << event;
    EXPECT_EQ(told_open_at(last), open_at(last));
}

TEST_F(CarriedOrders, ThatCantBeCarriedStopNoAppend) {
    database.force("revoke execute on function venue.carry_balances(), venue.carry_orders() from venue");
    live_on();
    EXPECT_EQ(carried_until(database.url()), model::Sequence{});
    database.force("grant execute on function venue.carry_balances(), venue.carry_orders() to venue");
    carry_all();
    EXPECT_GT(carried_until(database.url()), model::Sequence{});
}

TEST_F(CarriedOrders, ChangeNoAnswer) {
    live_on();
    let_carrying_end();
    forget_what_is_carried();
    std::vector<std::string> before;
    for (const auto& question : questions_) before.push_back(rows(question));
    carry_all();
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(rows(questions_[i]), before[i]) << questions_[i];
}

TEST_F(CarriedOrders, LeaveTheClosedOnesAloneWhereOnlyOpenOnesAreAskedFor) {
    live_on();
    const auto plan = database.rows(
        "explain (analyze, costs off, timing off, summary off)"
        " select * from venue.orders where state = 'open'");
    std::string closed;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        if (plan[i].find("CTE closed") != std::string::npos) closed = plan.at(i + 1);
    }
    EXPECT_TRUE(closed.empty() || closed.find("never executed") != std::string::npos) << closed;
}

TEST_F(CarriedOrders, TellHowOneOrderStandsWhereverItEnded) {
    live_on();
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(rows("select n.* from venue.orders o cross join lateral venue.order_now(o.order_id) n"),
                  rows("select * from venue.orders"));
        carry_all();
    }
    EXPECT_EQ(rows("select * from venue.order_now(1)"), "") << "no order began with that event";
}

TEST_F(CarriedOrders, TellHowThoseOfAPeriodStand) {
    venue.trade(30);
    venue.at({1'000'000'000});
    venue.trade(5);
    venue.at({2'000'000'000});
    venue.trade(30);
    venue.close_oldest(150);
    const std::string periods[] = {"'1970-01-01 00:00:01Z', '1970-01-01 00:00:02Z'", "'-infinity', 'infinity'",
                                   "'1970-01-01 00:00:02Z', 'infinity'", "'-infinity', '1970-01-01 00:00:01Z'"};
    for (int round = 0; round < 2; ++round) {
        for (const auto& period : periods) {
            const auto expected = "select o.* from venue.orders o, (values (" + period +
                                  ")) p (a, b) where o.order_id in (select order_id from venue.executions e"
                                  " where what = 'OrderAccepted' and e.at >= a::timestamptz and e.at < b::timestamptz)";
            EXPECT_EQ(rows("select * from venue.orders_of(null, " + period + ")"), rows(expected)) << period;
            EXPECT_EQ(rows("select * from venue.orders_of('bob', " + period + ")"),
                      rows(expected + " and participant = 'bob'"))
                << period;
        }
        carry_all();
    }
    EXPECT_EQ(rows("select * from venue.orders_of('nobody', '-infinity', 'infinity')"), "");
}

TEST_F(CarriedOrders, AreCarriedByTheVenueItself) {
    live();
    while (database.value("select venue.order_mark_at(100)") != "100") std::this_thread::yield();
    // A start makes up for what was left out.
    kill();
    const PostgresJournal later(database.url(), wait_ms);
    while (database.value("select venue.order_mark_at(300)") != "300") std::this_thread::yield();
}

TEST_F(CarriedOrders, ComeToTheSameWhereverItWasEndedBetweenTwoPages) {
    const std::string carried = "select * from venue.carried_orders";
    live_on();
    let_carrying_end();
    forget_what_is_carried();
    carry_all();
    const auto at_once = rows(carried);
    forget_what_is_carried();
    const auto open = open_at(event_count());
    std::string crashed_behind = "none";
    int page_count = 1;
    for (; carry_page(); ++page_count) {
        EXPECT_EQ(told_open_at(event_count()), open) << "half of a mark is seen at page " << page_count;
        if (page_count % 4 != 0 || marks() == crashed_behind) continue;
        crash_server();
        crashed_behind = marks();
    }
    EXPECT_EQ(rows(carried), at_once);
    EXPECT_GT(page_count, 60) << "too few to be ended between";
}

TEST_F(CarriedOrders, AreNotAtFaultWhileHalfOfAMarkIsCarried) {
    live_on();
    let_carrying_end();
    forget_what_is_carried();
    for (int page = 0; page < 3; ++page) EXPECT_TRUE(carry_page());
    EXPECT_NE(database.value("select count(*) from venue.carried_orders"), "0");
    EXPECT_EQ(marks(), "");
    EXPECT_THAT(verified(), HasSubstr("exit code 0"));
    EXPECT_EQ(rows("select n.* from venue.orders o cross join lateral venue.order_now(o.order_id) n"),
              rows("select * from venue.orders"));
}

TEST_F(CarriedOrders, GoOnWithTheNextStartWhereAKillEndedThem) {
    live_on();
    let_carrying_end();
    forget_what_is_carried();
    while (marks() != "30! 60") carry_page();
    for (int page = 0; page < 3; ++page) carry_page();
    kill();
    const PostgresJournal later(database.url(), wait_ms);
    while (database.value("select venue.order_mark_at(300)") != "300") std::this_thread::yield();
    EXPECT_THAT(verified(), HasSubstr("exit code 0"));
}

TEST_F(CarriedOrders, AreHeldAgainstTheEvents) {
    live_on();
    carry_all();
    EXPECT_THAT(verified(), HasSubstr("exit code 0"));
    const auto open =
        " where sequence = 200 and order_id = (select min(order_id) from venue.carried_orders"
        " where sequence = 200 and state = 1)";
    database.force("update venue.carried_orders set hold = hold + 1" + std::string(open));
    EXPECT_THAT(verified(), HasSubstr("FAULT  What is carried of orders at a mark"));
    database.force("delete from venue.carried_orders" + std::string(open));
    EXPECT_THAT(verified(), HasSubstr("FAULT  What is carried of orders at a mark"));
}

TEST_F(CarriedOrders, ThatAreToldToHoldMoreThanTheEngineAreFound) {
    live_on();
    carry_all();
    database.force(
        "update venue.carried_orders c set hold = hold + 1 where order_id = (select order_id from"
        " venue.open_orders_at(9223372036854775807) order by last_event limit 1)");
    EXPECT_THAT(verified(), testing::AllOf(HasSubstr("FAULT  what readers are told is held"),
                                           HasSubstr("FAULT  The open orders that are told from what is carried")));
}

TEST_F(CarriedOrders, StayAtTheEndOfWhatIsArchivedAndGoBeforeIt) {
    live_on();
    venue.write_everything();
    std::vector<std::string> before;
    const std::string present[] = {questions_[1],
                                   questions_[2],
                                   "select * from venue.balances",
                                   told("venue.open_orders_at(200)"),
                                   told("venue.open_orders_at(231)"),
                                   "select n.* from venue.open_orders_at(200) o"
                                   " cross join lateral venue.order_now(o.order_id) n"};
    const auto closed = database.value("select min(order_id) from venue.orders_at(100) where state <> 1");
    for (const auto& question : present) before.push_back(rows(question));
    EXPECT_EQ(archive(101), commands::ok);
    EXPECT_EQ(archive(), commands::ok);
    EXPECT_EQ(database.value("select min(sequence) from venue.order_marks"), "200");
    EXPECT_EQ(database.value("select min(sequence) from venue.carried_orders"), "200");
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(rows(present[i]), before[i]) << present[i];
    EXPECT_THAT(verified(), HasSubstr("exit code 0"));
    EXPECT_THROW(std::ignore = rows("select * from venue.order_now(" + closed + ")"), pqxx::sql_error)
        << "it is archived";
}

// What was put away by a release that carried no orders: the first mark is where that ended.
TEST_F(CarriedOrders, BeginWithWhatAnEarlierReleaseKept) {
    live_on();
    archive(101);
    let_carrying_end();
    const auto before = rows(questions_[1]);
    forget_what_is_carried();
    EXPECT_EQ(rows(questions_[1]), before);
    carry_all();
    EXPECT_THAT(marks(), testing::StartsWith("100! 130 160 190 200!"));
    EXPECT_EQ(rows(questions_[1]), before);
    EXPECT_THAT(verified(), HasSubstr("exit code 0"));
}

TEST_F(CarriedOrders, AreChangedByNobody) {
    live();
    carry_all();
    for (const std::string table : {"carried_orders", "order_marks"}) {
        EXPECT_THROW(database.run("delete from venue." + table), pqxx::sql_error) << table;
        EXPECT_THROW(database.run("update venue." + table + " set sequence = sequence"), pqxx::sql_error) << table;
    }
}

}  // namespace
}  // namespace venue::journal
