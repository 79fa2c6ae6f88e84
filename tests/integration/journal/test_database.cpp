#include "tests/integration/journal/test_database.hpp"

#include <cstdlib>

#include "tests/support/every_event.hpp"
#include "venue/journal/migrate.hpp"

namespace venue::journal {
namespace {

using namespace venue::model;

constexpr std::string_view superuser = "postgres";
/// How it stands in the address.
constexpr std::string_view superuser_in_url = "//postgres@";

/// With the superuser as its user.
std::string cluster_url() {
    const char* const url = std::getenv("VENUE_TEST_DATABASE");
    if (url == nullptr) throw std::runtime_error("Run this below tests/support/with_postgres.");
    return url;
}

/// Builds the story's group; each function adds what one command causes.
class Storyteller {
  public:
    void deposit(AccountId account, AssetId asset, std::int64_t units) {
        begin("DepositFunds");
        tell(FundsDeposited{account, asset, {units}}, {});
        post(account, asset, units);
        post(external_account, asset, -units);
        end();
    }
    void list() {
        begin("ListInstrument");
        tell(InstrumentListed{{InstrumentId{1}, "BTC-USD", btc, usd, {1, 2}, {1, 8}, {1}, {1}, 0, 0}}, {});
        end();
    }
    Order accept(AccountId account, SessionId session, Side side, std::int64_t lots) {
        begin("PlaceOrder");
        Order order;
        order.id = OrderId{next()};
        order.account = account;
        order.participant = ParticipantId{account.value};
        order.session = session;
        order.instrument = InstrumentId{1};
        order.side = side;
        order.price = {1};
        order.quantity = order.leaves = {lots};
        order.hold = {lots};
        tell(OrderAccepted{order, true}, session);
        return order;
    }
    void trade(Order& incoming, Order& resting, std::int64_t lots) {
        const MatchId match{next()};
        fill(incoming, lots, match, true);
        fill(resting, lots, match, false);
    }
    void cancel(Order order) {
        begin("CancelOrder");
        order.state = OrderState::cancelled;
        order.leaves = {};
        order.hold = {};
        tell(OrderCancelled{order, RejectReason::by_request, ClOrdId("c1")}, order.session);
        end();
    }
    void end() { group_.events.back().last = true; }
    Group finish() {
        for (const auto& event : group_.events) number(event);
        group_.last = group_.events.back().sequence;
        return std::move(group_);
    }
    static constexpr AssetId btc{1};
    static constexpr AssetId usd{2};

  private:
    std::int64_t next() const { return static_cast<std::int64_t>(group_.events.size()) + 1; }
    void begin(std::string asked) {
        command_ = Sequence{next()};
        asked_ = std::move(asked);
    }
    void tell(EventBody body, SessionId session) {
        group_.events.push_back(
            {Sequence{next()}, command_, false, {1'000}, session, {}, std::exchange(asked_, {}), std::move(body)});
    }
    void post(AccountId account, AssetId asset, std::int64_t units) {
        group_.postings.push_back({group_.events.back().sequence, account, asset, {units}});
    }
    /// One lot at one tick is one ledger unit of each asset, so every amount is the number of lots.
    void fill(Order& order, std::int64_t lots, MatchId match, bool incoming) {
        order.cum += {lots};
        order.leaves -= {lots};
        order.hold -= {lots};
        order.cum_value += {lots};
        if (order.leaves.lots == 0) order.state = OrderState::filled;
        tell(OrderTraded{order, match, incoming, false, false, {1}, {lots}, {lots}, {lots}, btc, {}}, order.session);
        const auto sign = order.side == Side::buy ? 1 : -1;
        post(order.account, btc, sign * lots);
        post(clearing_account, btc, -sign * lots);
        post(order.account, usd, -sign * lots);
        post(clearing_account, usd, sign * lots);
    }
    void number(const Event& event) {
        if (!event.session) return;
        if (group_.outbound.empty()) group_.outbound.push_back({event.session, Incarnation{1}, {}});
        auto& run = group_.outbound.front();
        if (run.session != event.session) return;
        const auto given = static_cast<std::int64_t>(run.numbers.size()) + 2;
        run.numbers.push_back({given, event.sequence, {5'000'000}, false});
        group_.numbers = {{run.session, run.incarnation, 10, 100, event.sequence}};
    }

    Group group_;
    Sequence command_;
    std::string asked_;
};

}  // namespace

TestDatabase::TestDatabase(const std::string& like) {
    static int count = 0;
    name_ = "test_" + std::to_string(++count);
    Database(cluster_url(), wait_ms).execute("create database " + name_ + " owner venue_owner template " + like);
}

TestDatabase TestDatabase::migrated() {
    TestDatabase database;
    migrate(database.owner_url(), sql_dir, wait_ms);
    return database;
}

std::string TestDatabase::url_as(const std::string& role) const {
    auto url = cluster_url();
    url.replace(url.find("/postgres?"), sizeof "/postgres" - 1, "/" + name_);
    return url.replace(url.find(superuser_in_url), superuser_in_url.size(), "//" + role + "@");
}

void TestDatabase::force(const std::string& sql) const {
    Database database(url_as(std::string(superuser)), wait_ms);
    database.execute("set session_replication_role = replica");
    database.execute(sql);
}

void TestDatabase::run(const std::string& sql) const { Database(owner_url(), wait_ms).execute(sql); }

std::string TestDatabase::value(const std::string& sql) const {
    return Database(url(), wait_ms).execute(sql).at(0)[0].c_str();
}

std::vector<std::string> TestDatabase::rows(const std::string& sql) const {
    std::vector<std::string> lines;
    for (const auto& row : Database(url(), wait_ms).execute(sql)) {
        auto& line = lines.emplace_back();
        for (const auto& column : row)
            line.append(line.empty() ? "" : " ").append(column.is_null() ? "-" : column.c_str());
    }
    return lines;
}

std::int64_t TestDatabase::event_count() const { return std::stoll(value("select count(*) from venue.events")); }

Group every_event_group() {
    Group group;
    group.events = every_event();
    group.last = group.events.back().sequence;
    return group;
}

Group story() {
    constexpr AccountId seller{101};
    constexpr AccountId buyer{102};
    Storyteller tell;
    tell.list();
    tell.deposit(seller, Storyteller::btc, 100);
    tell.deposit(buyer, Storyteller::usd, 100);
    auto resting = tell.accept(seller, SessionId{1}, Side::sell, 40);
    tell.end();
    auto incoming = tell.accept(buyer, SessionId{2}, Side::buy, 15);
    tell.trade(incoming, resting, 15);
    tell.end();
    const auto withdrawn = tell.accept(seller, SessionId{1}, Side::sell, 5);
    tell.end();
    tell.cancel(withdrawn);
    return tell.finish();
}

Group transfer_after_story() {
    constexpr Sequence sequence{10};
    const FundsTransferred transfer{ParticipantId{101}, "t1", AccountId{101}, AccountId{103}, AssetId{1}, {10}};
    Group group;
    group.events = {{sequence, sequence, true, {1'000}, {}, {}, "TransferFunds", transfer}};
    group.postings = {{sequence, transfer.from, transfer.asset, -transfer.amount},
                      {sequence, transfer.to, transfer.asset, transfer.amount}};
    group.last = sequence;
    return group;
}

}  // namespace venue::journal
