// What the read side tells of a small venue's trading, compared row by row.
#include <gmock/gmock.h>

#include "tests/integration/journal/test_database.hpp"
#include "tests/integration/journal/two_days.hpp"
#include "venue/journal/postgres_journal.hpp"

namespace venue::journal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const TestDatabase& two_days() {
    static const TestDatabase database = [] {
        auto made = TestDatabase::migrated();
        PostgresJournal(made.url(), wait_ms).append(TwoDays().group());
        return made;
    }();
    return database;
}

std::vector<std::string> rows(const std::string& query) { return two_days().rows(query); }

TEST(Candles, AreOfWholeIntervalsAndAbsentWithoutATrade) {
    const std::string of_seconds =
        "select extract(epoch from starts)::integer, open, high, low, close, volume, quote_volume, trade_count"
        " from venue.candles('BTC-USD', '1 second', '1970-01-01 00:00:10.7Z', '1970-01-01 00:00:12.001Z')";
    EXPECT_THAT(rows(of_seconds),
                ElementsAre("10 100 100 100 100 1.50 150.000000 2", "12 98 98 98 98 1.00 98.000000 1"));
}

TEST(Candles, OfAMinuteAndADayBeginWhereTheUtcDayDoes) {
    const std::string since_1970 = ", '-infinity', 'infinity')";
    EXPECT_THAT(rows("select starts at time zone 'UTC', open, high, low, close, volume, trade_count"
                     " from venue.candles('BTC-USD', '1 minute'" +
                     since_1970),
                ElementsAre("1970-01-01 00:00:00 100 100 98 98 2.50 3", "1970-01-02 00:00:00 100 100 100 100 0.50 1"));
    EXPECT_THAT(rows("select starts at time zone 'UTC', volume from venue.candles('BTC-USD', '1 day'" + since_1970),
                ElementsAre("1970-01-01 00:00:00 2.50", "1970-01-02 00:00:00 0.50"));
}

TEST(Candles, ADayIsAMultipleOfTheirWidth) {
    for (const std::string width : {"0.5 seconds", "7 seconds", "2 days", "1.5 seconds", "0 seconds"}) {
        EXPECT_THROW(rows("select * from venue.candles('BTC-USD', '" + width + "', '-infinity', 'infinity')"),
                     pqxx::sql_error)
            << width;
    }
    EXPECT_THAT(rows("select * from venue.candles('ETH-USD', '1 hour', '-infinity', 'infinity')"), IsEmpty());
}

/// What the server would do for a query, of indexes and tables.
std::string plan(const std::string& query) {
    const auto database = TestDatabase::migrated();
    Database reader(database.url(), wait_ms);
    reader.execute("set enable_seqscan = off; set enable_bitmapscan = off");
    std::string lines;
    for (const auto& row : reader.execute("explain (costs off) " + query)) lines.append(row[0].c_str()).append("\n");
    return lines;
}

TEST(Candles, ReadNoTradesBehindTheirPeriod) {
    EXPECT_THAT(plan("select * from venue.candles('BTC-USD', '1 minute', '2026-01-01Z', '2026-01-01 01:00Z')"),
                testing::ContainsRegex("Index Cond: .*time. >= .*time. < "));
}

TEST(Candles, MayBeAskedForUntilADateThatNeverComes) {
    EXPECT_EQ(rows("select * from venue.candles('BTC-USD', '1 day', '0001-01-01Z', '9999-12-31Z')"),
              rows("select * from venue.candles('BTC-USD', '1 day', '-infinity', 'infinity')"));
}

TEST(Trades, OfAnInstrumentAreToldFromTheLatestOn) {
    EXPECT_EQ(rows("select * from venue.latest_trades('BTC-USD', 2)"),
              rows("select * from venue.trades order by match_id desc limit 2"));
    EXPECT_THAT(plan("select * from venue.latest_trades('BTC-USD', 2)"),
                HasSubstr("Index Scan Backward using events_from_000000000001_instrument_time_idx"));
}

TEST(Orders, AreToldFromTheirFirstEventOn) {
    const auto order = rows("select min(order_id) from venue.orders").front();
    EXPECT_EQ(rows("select * from venue.order_history(" + order + ")"),
              rows("select * from venue.executions where order_id = " + order + " order by exec_id"));
    EXPECT_THAT(plan("select * from venue.order_history(41)"), HasSubstr("Index Cond: (sequence >= '41'::bigint)"));
}

TEST(Trades, AreToldByTheIncomingHalfAlone) {
    EXPECT_THAT(rows("select symbol, incoming_side, price, quantity, value from venue.trades order by match_id"),
                ElementsAre("BTC-USD buy 100 1.00 100.000000", "BTC-USD buy 100 0.50 50.000000",
                            "BTC-USD buy 98 1.00 98.000000", "BTC-USD buy 100 0.50 50.000000"));
}

TEST(Trades, OfAnAuctionHaveNoIncomingSideAndCountAsNoIncomingFill) {
    const TestDatabase database(two_days().name());
    const std::string last = "(select max(match_id) from venue.events)";
    database.force("update venue.events set reason = 41 where kind = 3 and match_id = " + last);
    EXPECT_THAT(database.rows("select incoming_side, price, quantity from venue.trades where match_id = " + last),
                ElementsAre("- 100 0.50"));
    EXPECT_EQ(database.rows("select * from venue.latest_trades('BTC-USD', 1)"),
              database.rows("select * from venue.trades order by match_id desc limit 1"));
    EXPECT_THAT(database.rows("select participant, fill_count, incoming_fill_count from venue.volumes('1970-01-02',"
                              " '1970-01-02')"),
                ElementsAre("alice 1 0", "bob 1 0"));
    EXPECT_THAT(database.rows("select incoming from venue.executions where match_id = " + last), ElementsAre("-", "-"));
}

TEST(Orders, StandAsTheirLatestEventLeftThem) {
    EXPECT_THAT(
        rows("select cl_ord_id, account, state, cum, leaves, hold_decimal, hold_asset, cum_value"
             " from venue.orders order by order_id"),
        ElementsAre("a1 alice filled 2.00 0.00 0.00000000 BTC 200.000000",
                    "b1 bob filled 1.00 0.00 0.000000 USD 100.000000", "b2 bob filled 0.50 0.00 0.000000 USD 50.000000",
                    "a2 alice filled 1.00 0.00 0.00000000 BTC 98.000000",
                    "b3 bob filled 1.00 0.00 0.000000 USD 98.000000", "b4 bob open 0.50 0.50 55.000000 USD 50.000000"));
}

TEST(Orders, StoodDifferentlyEarlier) {
    EXPECT_THAT(rows("select cl_ord_id, state, leaves from"
                     " venue.orders_at((select min(match_id) from venue.trades)) order by order_id"),
                ElementsAre("a1 1 200", "b1 2 0"));
}

TEST(Volumes, AreSummedByParticipantInstrumentAndDay) {
    EXPECT_THAT(rows("select * from venue.daily_volumes"),
                ElementsAre("1970-01-01 alice BTC-USD 0.00 2.50 0.000000 248.000000 3 0",
                            "1970-01-01 bob BTC-USD 2.50 0.00 248.000000 0.000000 3 3",
                            "1970-01-02 alice BTC-USD 0.00 0.50 0.000000 50.000000 1 0",
                            "1970-01-02 bob BTC-USD 0.50 0.00 50.000000 0.000000 1 1"));
    EXPECT_THAT(rows("select day, participant, fill_count from venue.volumes('1970-01-02', '1970-01-02')"),
                ElementsAre("1970-01-02 alice 1", "1970-01-02 bob 1"));
}

TEST(Fees, AreSummedByAccountAndDay) {
    EXPECT_THAT(rows("select * from venue.daily_fees"),
                ElementsAre("1970-01-01 alice alice USD 0.248000 3", "1970-01-01 bob bob BTC 0.00500000 3",
                            "1970-01-02 alice alice USD 0.050000 1", "1970-01-02 bob bob BTC 0.00100000 1"));
}

TEST(Balances, AreWhatIsHeldAndWhatIsAvailable) {
    EXPECT_THAT(rows("select account_name, code, ledger_decimal, held_decimal, available_decimal from venue.balances"
                     " where account > 100 order by account, asset"),
                ElementsAre("alice BTC 6.00000000 0.00000000 6.00000000", "alice USD 297.702000 0.000000 297.702000",
                            "bob BTC 2.99400000 0.00000000 2.99400000", "bob USD 702.000000 55.000000 647.000000",
                            "savings BTC 1.00000000 0.00000000 1.00000000"));
}

// Behind the first order of alice's, before anything of it was sold.
TEST(Balances, OfAnEarlierEventCountWhatWasHeldThen) {
    EXPECT_THAT(rows("select account_name, code, ledger_decimal, held_decimal from"
                     " venue.balances_at((select min(order_id) from venue.orders)) where account > 100 order by 1, 2"),
                ElementsAre("alice BTC 10.00000000 2.00000000", "bob USD 1000.000000 0.000000"));
}

TEST(TrialBalance, HasEveryAccountOfTheVenueAndItsDebitsAreItsCredits) {
    EXPECT_THAT(rows("select account_name, debit, credit from venue.trial_balance() where asset = 'USD'"),
                ElementsAre("the outside world 1000.000000 0.000000", "fees 0.000000 0.298000",
                            "clearing 0.000000 0.000000", "suspense 0.000000 0.000000", "receivables 0.000000 0.000000",
                            "alice 0.000000 297.702000", "bob 0.000000 702.000000"));
    for (int sequence = 0; sequence < 40; ++sequence) {
        const auto of_then = "venue.trial_balance(" + std::to_string(sequence) + ")";
        EXPECT_THAT(rows("select asset from " + of_then + " group by asset having sum(amount) <> 0"), IsEmpty());
    }
}

TEST(Statement, RunsFromTheOpeningToTheClosingBalance) {
    const std::string columns = "select what, reference, asset, amount, balance from ";
    const auto match = rows("select match_id from venue.trades order by match_id desc limit 1").front();
    EXPECT_THAT(rows(columns + "venue.statement('alice', '1970-01-02Z', '1970-01-03Z')"),
                ElementsAre("opening balance - BTC - 7.50000000", "transfer t1 BTC -1.00000000 6.50000000",
                            "sell " + match + " BTC -0.50000000 6.00000000", "closing balance - BTC - 6.00000000",
                            "opening balance - USD - 247.752000", "sell " + match + " USD 50.000000 297.752000",
                            "fee " + match + " USD -0.050000 297.702000", "closing balance - USD - 297.702000"));
    EXPECT_THAT(rows(columns + "venue.statement('savings', '-infinity', 'infinity')"),
                ElementsAre("opening balance - BTC - 0.00000000", "transfer t1 BTC 1.00000000 1.00000000",
                            "closing balance - BTC - 1.00000000"));
    EXPECT_THAT(rows(columns + "venue.statement('alice', '-infinity', '1970-01-01 00:00:01Z')"), IsEmpty());
}

TEST(Statement, SaysWhatATradeThatWasTakenBackMoved) {
    const auto database = TestDatabase::migrated();
    TwoDays days;
    days.take_back();
    PostgresJournal(database.url(), wait_ms).append(days.group());
    const auto match = rows("select match_id from venue.trades order by match_id desc limit 1").front();
    EXPECT_THAT(database.rows("select what, reference, asset, amount, balance from"
                              " venue.statement('alice', '1970-01-03Z', '1970-01-04Z')"),
                ElementsAre("opening balance - BTC - 6.00000000", "bust " + match + " BTC 0.50000000 6.50000000",
                            "closing balance - BTC - 6.50000000", "opening balance - USD - 297.702000",
                            "bust " + match + " USD -50.000000 247.702000",
                            "bust " + match + " USD 0.050000 247.752000", "closing balance - USD - 247.752000"));
}

// Alice's first fill pays ten cents; the fee of the outside world's account is its mirror.
TEST(Statement, OfTheVenuesOwnAccountsGoesByNumber) {
    EXPECT_THAT(rows("select what, asset, balance from venue.statement(2, '-infinity', '1970-01-01 00:00:10.1Z')"),
                ElementsAre("opening balance BTC 0.00000000", "fee BTC 0.00200000", "closing balance BTC 0.00200000",
                            "opening balance USD 0.000000", "fee USD 0.100000", "closing balance USD 0.100000"));
}

TEST(Statement, OfAnAccountThatNobodyHasIsAMistake) {
    EXPECT_THROW(rows("select * from venue.statement('fees', '-infinity', 'infinity')"), pqxx::sql_error);
}

TEST(LastBefore, FindsTheEventBeforeAMoment) {
    EXPECT_THAT(rows("select venue.last_before('-infinity'), venue.last_before('1970-01-02Z') ="
                     " (select max(sequence) from venue.events where time < 86400000000000),"
                     " venue.last_before('infinity') = (select max(sequence) from venue.events)"),
                ElementsAre("0 t t"));
    EXPECT_EQ(TestDatabase::migrated().value("select venue.last_before('infinity')"), "0");
}

TEST(Journal, ShowsNoSecret) {
    auto database = TestDatabase::migrated();
    PostgresJournal(database.url(), wait_ms).append(every_event_group());
    EXPECT_EQ(database.value("select count(*) from venue.events where body ? 'secret_hash'"), "4");
    EXPECT_EQ(database.value("select count(*) from venue.journal where body ?| '{salt,secret_hash}'"), "0");
    EXPECT_EQ(database.value("select string_agg(attname, ', ' order by attnum) from pg_attribute where attrelid ="
                             " 'venue.journal'::regclass and attnum > 0"),
              database.value("select string_agg(attname, ', ' order by attnum) from pg_attribute where attrelid ="
                             " 'venue.events'::regclass and attnum > 0"));
}

}  // namespace
}  // namespace venue::journal
