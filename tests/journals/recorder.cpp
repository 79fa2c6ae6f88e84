// Records a journal of this release: a fixed story with every kind of event goes the way of all commands into a
// database, and comes out as an archive's file, beside a snapshot of its end. Run by tests/journals/record.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/property/random_action.hpp"
#include "venue/engine/snapshot.hpp"
#include "venue/journal/archive.hpp"
#include "venue/journal/migrate.hpp"
#include "venue/journal/postgres_journal.hpp"
#include "venue/journal/verification.hpp"
#include "venue/pipeline.hpp"
#include "venue/recovery.hpp"

namespace {

using namespace venue;
using namespace venue::model;

constexpr std::int64_t wait_ms = 5'000;
constexpr int random_action_count = 800;
constexpr std::uint32_t seed = 1;

class Story {
  public:
    explicit Story(const std::string& url)
        : journal_(url, wait_ms), pipeline_(recover(journal_), clock_, journal_, recorder_) {
        pipeline_.on_release([this](const auto& group) {
            for (const auto& event : group->events) {
                kinds_.insert(kind(event.body));
                remember(event);
                asked_ += event.asked.empty() ? "" : std::to_string(event.sequence.value) + " " + event.asked + "\n";
            }
        });
    }

    void tell() {
        configure();
        log_on();
        trade();
        take_limits_away();
        replace();
        enter_lists();
        keep_own_orders_apart();
        cancel_many();
        turn_a_kill_switch();
        gather();
        operate();
        take_trades_back();
        move_funds();
        set_fees();
        limit_rates();
        change_parties();
        end_sessions();
    }
    [[nodiscard]] const engine::Engine& engine() const { return pipeline_.engine(); }
    /// A line for each event that carries what was asked: its sequence, and the text.
    [[nodiscard]] const std::string& asked() const { return asked_; }
    /// Zero when every kind of event was told.
    [[nodiscard]] int missing_kind() const {
        for (int kind = 1; kind <= static_cast<int>(std::variant_size_v<EventBody>); ++kind) {
            if (!kinds_.contains(kind)) return kind;
        }
        return 0;
    }

  private:
    void ask(const CommandBody& body, const std::string& session = {}) {
        const auto* known = engine().reference().session(session);
        pipeline_.submit({{known == nullptr ? SessionId{} : known->id, Incarnation{1}, ++number_}, body});
        pipeline_.step();
    }
    void remember(const Event& event) {
        const auto* const traded = std::get_if<OrderTraded>(&event.body);
        if (traded == nullptr) return;
        traded_[traded->match].push_back(half_of(*traded, event.time));
    }
    void configure() {
        ask(AddAsset{{{}, "BTC", 8, 8}});
        ask(AddAsset{{{}, "USD", 6, 2}});
        ask(AddAsset{{{}, "BTC", 8, 8}});  // Declined: there is one.
        ask(ListInstrument{"BTC-USD", "BTC", "USD", {1, 0}, {1, 2}, -5'000, 20'000, FeeSource::quote});
        for (const std::string name : {"alice", "bob", "carol"}) {
            ask(AddParticipant{name, {}, name == "carol" ? Remembered{50, 3'600} : Remembered{}});
            ask(OpenAccount{name, name});
            ask(DepositFunds{name, "BTC", {20, 0}});
            ask(DepositFunds{name, "USD", {2'000, 0}});
        }
        ask(OpenAccount{"alice", "alice-savings"});
        ask(AddSession{"alice", "alice", "ALICE", "alice", "00", "00"});
        ask(AddSession{"alice", "alice", "ALICE2", "alice2", "00", "00"});
        ask(AddSession{"bob", "bob", "BOB", "bob", "00", "00"});
        ask(AddSession{"carol", "carol", "CAROL", "carol", "00", "00", {.grace_ms = 60'000}});
    }
    void log_on() {
        for (const auto& [id, session] : engine().reference().sessions) ask(LogOnSession{id, id.value % 2 == 0});
    }
    void limit_rates() {
        ask(LimitRate{"alice", "", {.requests = 500, .logout_at = 2'000}});
        ask(LimitRate{"alice", "ALICE2", {.requests = 100, .window_ms = 500}});
        ask(LimitRate{"alice", "BOB", {.requests = 100}});  // Declined: not alice's.
    }
    void change_parties() {
        ask(ChangeParticipant{"bob", SelfTrade::cancel_newest, 100, 60});
        ask(ChangeSession{.comp_id = "ALICE2", .account = "alice-savings", .version = FixVersion::fix42});
        ask(ChangeSession{.comp_id = "BOB", .replace_quantity = ReplaceQuantity::open, .extensions = true});
        ask(ChangeSession{.comp_id = "BOB", .account = "alice"});  // Declined: not bob's.
        ask(ChangeSession{.comp_id = "ALICE2", .disabled = true});
    }
    /// Orders good and bad, cancels and replaces, trades, and days that end.
    void trade() {
        test::RandomActions actions{std::mt19937(seed)};
        for (int i = 0; i < random_action_count; ++i) {
            const auto action = actions.next();
            clock_.set({clock_.now().nanoseconds + action.later});
            ask(test::command_of(action, clock_.now()), test::is_sent(action.kind) ? action.session : "");
        }
    }
    /// Whatever was asked for by chance ends here.
    void take_limits_away() {
        ask(ChangePhase{"BTC-USD", Phase::continuous});
        for (const std::string session : {"ALICE", "BOB", "CAROL"}) {
            MassCancel off;
            off.cl_ord_id = ClOrdId("off-" + session);
            off.kill_switch = KillSwitch::off;
            ask(off, session);
        }
        const AskedLimits none{Decimal{}, Decimal{}, 0, 0};
        ask(ChangeInstrument{.symbol = "BTC-USD", .limits = none});
        for (const std::string name : {"alice", "bob", "carol"}) {
            ask(LimitParticipant{name, "BTC-USD", none});
            ask(Suspend{name, "", false});
            ask(Suspend{name, name, false});
        }
    }
    void operate() {
        ask(ChangeInstrument{.symbol = "BTC-USD", .limits = {Decimal{1'000, 0}, Decimal{1'000'000, 0}, 1'000, 5'000}});
        ask(LimitParticipant{"bob", "BTC-USD", {.quantity = Decimal{500, 0}}});
        ask(Suspend{"bob"});
        ask(Suspend{"bob", "", false});
        ask(Suspend{"alice", "alice-savings"});
        ask(Suspend{"alice", "alice-savings", false});
        ask(DelistInstrument{"BTC-USD-2"});
    }
    /// An order that is far from everybody's prices, so that nothing but this happens to it.
    void replace() {
        PlaceOrder order;
        order.cl_ord_id = ClOrdId("kept");
        order.symbol = "BTC-USD";
        order.time_in_force = TimeInForce::gtc;
        order.quantity = {2, 0};
        order.price = Decimal{1, 0};
        ask(order, "BOB");
        for (const std::int64_t quantity : {1, 3}) {
            ReplaceOrder change;
            change.cl_ord_id = ClOrdId("kept-" + std::to_string(quantity));
            change.orig_cl_ord_id = ClOrdId("kept");
            change.symbol = order.symbol;
            change.quantity = {quantity, 0};
            change.price = order.price;
            ask(change, "BOB");
        }
    }
    /// As far away, and under a name; the second one of it is declined.
    void enter_lists() {
        PlaceOrder order;
        order.symbol = "BTC-USD";
        order.time_in_force = TimeInForce::gtc;
        order.quantity = {1, 0};
        order.price = Decimal{1, 0};
        for (const std::string name : {"first", "second"}) {
            PlaceList list{ClOrdId("list"), ListKind::one_cancels_others, {order, order}};
            for (int i = 0; i < 2; ++i) list.legs.at(i).cl_ord_id = ClOrdId(name + "-" + std::to_string(i));
            ask(list, "BOB");
        }
        ask(CancelList{ClOrdId("list")}, "BOB");
    }
    /// More of them than one command keeps apart, on an instrument where nobody else is.
    void keep_own_orders_apart() {
        ask(ListInstrument{"BTC-USD-2", "BTC", "USD", {1, 0}, {1, 2}});
        ask(DepositFunds{"alice", "BTC", {20, 0}});
        PlaceOrder order;
        order.symbol = "BTC-USD-2";
        order.time_in_force = TimeInForce::gtc;
        order.quantity = {1, 2};
        order.price = Decimal{1, 0};
        order.side = Side::sell;
        for (int i = 0; i <= engine::fills_per_command_max; ++i) {
            order.cl_ord_id = ClOrdId("own-" + std::to_string(i));
            ask(order, "ALICE");
        }
        order.cl_ord_id = ClOrdId("own-buy");
        order.side = Side::buy;
        order.special.emplace({.self_trade = SelfTrade::cancel_oldest});
        ask(order, "ALICE");
    }
    /// More of them than one command cancels.
    void cancel_many() {
        ask(DepositFunds{"alice", "BTC", {20, 0}});
        PlaceOrder order;
        order.symbol = "BTC-USD-2";
        order.side = Side::sell;
        order.time_in_force = TimeInForce::gtc;
        order.quantity = {1, 2};
        order.price = Decimal{2, 0};
        for (int i = 0; i <= engine::mass_cancels_per_command_max; ++i) {
            order.cl_ord_id = ClOrdId("many-" + std::to_string(i));
            ask(order, "ALICE");
        }
        MassCancel all;
        all.cl_ord_id = ClOrdId("many");
        all.symbol = order.symbol;
        ask(all, "ALICE");
    }
    void turn_a_kill_switch() {
        for (const auto position : {KillSwitch::on, KillSwitch::off}) {
            MassCancel turn;
            turn.cl_ord_id = ClOrdId("kill-switch-" + std::string(name(position)));
            turn.kill_switch = position;
            ask(turn, "CAROL");
        }
    }
    /// An auction on an instrument where nobody else is.
    void gather() {
        ask(ChangePhase{"BTC-USD-2", Phase::opening_auction});
        for (const auto side : {Side::sell, Side::buy}) {
            PlaceOrder order;
            order.cl_ord_id = ClOrdId("gathered-" + std::string(name(side)));
            order.symbol = "BTC-USD-2";
            order.side = side;
            order.time_in_force = TimeInForce::at_open;
            order.quantity = {1, 2};
            order.price = Decimal{1, 0};
            ask(order, "ALICE");
        }
        clock_.set({clock_.now().nanoseconds + 1'000'000'000});
        ask(ChangePhase{"BTC-USD-2", Phase::continuous});
    }
    /// The latest trade, in which alice is on both sides: corrected, and then taken back when what it brought is gone.
    void take_trades_back() {
        const auto [match, halves] = *traded_.rbegin();
        ask(ReviseTrade{.match = match, .price = Decimal{2, 0}, .halves = halves, .forced = true});
        for (const std::string asset : {"BTC", "USD"}) {
            ask(TransferFunds{"gone-" + asset, "alice", "alice-savings", asset, available(asset)});
        }
        ask(ReviseTrade{match, {}, halves});
        ask(SettleReceivable{"alice", "BTC"});
    }
    [[nodiscard]] Decimal available(const std::string& code) const {
        const auto& reference = engine().reference();
        const auto& asset = *reference.asset(code);
        return {engine().balance(reference.account("alice")->id, asset.id).available.units, asset.ledger_digits};
    }
    void move_funds() {
        ask(TransferFunds{"t1", "alice", "alice-savings", "BTC", {1, 3}});
        ask(TransferFunds{"t2", "alice", "bob", "BTC", {1, 3}});  // Declined: not alice's.
    }
    /// Everybody is in the tier from the next day on.
    void set_fees() {
        ask(SetFees{"USD", {{{}, 0, 10'000}, {{1, 0}, -1'000, 5'000}}, {"BTC-USD"}});
        clock_.set({clock_.now().nanoseconds + 2 * 86'400'000'000'000});
        ask(TransferFunds{"t3", "alice", "bob", "BTC", {1, 3}});
    }
    /// One has chosen whose orders go, and its time runs when the story is over, by the rule by which it was lost; an
    /// order of its own would stay.
    void end_sessions() {
        ask(LogOnSession{engine().reference().session("CAROL")->id, false, CancelOnDisconnect::participant});
        PlaceOrder order;
        order.cl_ord_id = ClOrdId("stays");
        order.symbol = "BTC-USD";
        order.time_in_force = TimeInForce::gtc;
        order.quantity = {1, 0};
        order.price = Decimal{1, 0};
        order.special.emplace({.outlives_session = true});
        ask(order, "CAROL");
        for (const auto& request : disconnects_after_restart(engine())) pipeline_.submit(request);
        pipeline_.step();
        ask(ChangeSession{.comp_id = "CAROL", .grace_ms = 0, .spares_good_till = true});
    }

    journal::PostgresJournal journal_;
    sequencer::ManualClock clock_{Timestamp{1'767'268'800'000'000'000}};
    FlightRecorder recorder_;
    Pipeline pipeline_;
    std::set<int> kinds_;
    std::map<MatchId, std::vector<TradeHalf>> traded_;
    std::string asked_;
    std::int64_t number_ = 0;
};

int record(const std::string& url, const std::string& sql_dir, const std::filesystem::path& folder) {
    journal::migrate(url, sql_dir, wait_ms);
    Story story(url);
    story.tell();
    if (const int missing = story.missing_kind(); missing != 0) {
        std::fprintf(stderr, "the story has no event of kind %d; extend it\n", missing);
        return 1;
    }
    for (const auto& check : journal::checks(url, sql_dir)) {
        if (!check.counter_example) continue;
        std::fprintf(stderr, "%s found %s\n", check.name.c_str(), check.counter_example->c_str());
        return 1;
    }
    const auto last = story.engine().last_sequence();
    journal::Archive(url, wait_ms)
        .write("venue.events", "sequence", {Sequence{1}, Sequence{last.value + 1}}, folder / "events.copy.gz");
    std::ofstream snapshot(folder / "snapshot", std::ios::binary);
    engine::write_snapshot(story.engine(), [&](std::string_view piece) { snapshot << piece; });
    std::ofstream(folder / "asked") << story.asked();
    std::ofstream(folder / "state") << last.value << ' ' << engine::state_hash_version << ' '
                                    << story.engine().state_hash() << '\n';
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const char* const url = std::getenv("VENUE_TEST_DATABASE");
    if (argc != 3 || url == nullptr) {
        std::fprintf(stderr, "usage, below tests/support/with_postgres: journal_recorder SQL_DIR FOLDER\n");
        return 64;
    }
    return record(url, argv[1], argv[2]);
}
