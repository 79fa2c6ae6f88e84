// The venue once more, as simple as can be: vectors and linear scans, holds and fees reckoned anew each time from all
// fills. It shares no code with the engine, and must tell the same events in the same words.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/property/naive_instrument.hpp"

namespace venue::test {

using Units = model::Int128;

struct NaiveOrder {
    std::string participant;
    std::string account;
    std::string session;
    std::size_t instrument = 0;      ///< Among all; as many as there are for one that isn't listed.
    std::vector<std::string> names;  ///< The latest last.
    bool buys = true;
    bool market = false;
    model::TimeInForce time_in_force{};
    std::string state = "open";
    bool rests = false;
    std::int64_t arrival = 0;  ///< Among orders of one price the smaller goes first.
    std::int64_t price = 0;
    std::int64_t quantity = 0;
    std::int64_t cum = 0;
    std::vector<Units> fee_parts;  ///< Rate × value of each fill.
    Units fee_charged = 0;
    std::int64_t expires = 0;
    model::PostOnly post_only{};
    bool outlives_session = false;
    std::int64_t minimum = 0;
    std::int64_t display = 0;    ///< A tranche; zero shows all.
    std::int64_t displayed = 0;  ///< Left of the present one.
    model::SelfTrade self_trade{};
    model::OrderType type{};
    model::WaitsFor waits_for{};
    std::int64_t trigger = 0;
    std::int64_t anchor = 0;
    std::int64_t trail = 0;
    bool trail_in_bp = false;
    std::int64_t group = 0;
    model::ListRole role{};
    std::size_t list = 0;  ///< Where its first order stands among all, counted from 1; zero for none.
    std::string list_name{};
    bool holds = true;  ///< Of those that cancel each other, for all of its side.
    model::Peg peg{};
    std::int64_t offset = 0;
    std::int64_t limit = 0;  ///< Of a pegged order, whose price moves.
    Units cash = 0;          ///< Asked for in place of the quantity.
    Units cash_left = 0;
    std::int64_t maker = 0;
    std::int64_t taker = 0;
    std::int64_t band_end = 0;        ///< How far it trades when it comes in; zero for as far as its price.
    std::int64_t protection_end = 0;  ///< Likewise.
    [[nodiscard]] std::int64_t leaves() const { return state == "open" ? quantity - cum : 0; }
    [[nodiscard]] std::int64_t shown() const { return display == 0 || state != "open" ? leaves() : displayed; }
};

/// One side of a trade; those of the same trade stand behind each other.
struct NaiveHalf {
    std::size_t order = 0;  ///< Where it stands among all.
    std::int64_t price = 0;
    std::int64_t lots = 0;
    Units fee = 0;
    std::int64_t price_now = 0;  ///< Zero when it was taken back.
    std::int64_t when = 0;
    std::int64_t limit = 0;  ///< Of the order, then; zero for none.
};

struct NaiveSession {
    std::string participant;
    model::DisconnectRule rule;
    bool asks_for_open = false;  ///< By the quantity of its replaces.
    bool on = false;
    std::optional<model::CancelOnDisconnect> chosen{};  ///< By the logon that is on.
    std::int64_t cancels_at = 0;
    model::CancelOnDisconnect cancels{};  ///< Whose orders, then.
};

/// A line without what only the engine numbers: trades and orders.
std::string without_numbers(std::string line);

class NaiveVenue {
    static constexpr std::int64_t day_of_fees = 86'400'000'000'000;

  public:
    /// It lists BTC-USD; others may follow.
    explicit NaiveVenue(const NaiveFees& fees)
        : tiers_of_fees_(fees.tiers), fees_due_(fees.tiers.empty() ? 0 : day_of_fees) {
        list("BTC-USD", fees);
        for (const std::string name : {"alice", "bob", "carol"}) volumes_[name] = {};
        for (const auto& [name, days] : volumes_) tiers_[name] = tier(name);
    }

    void list(const std::string& symbol, const NaiveFees& fees) { instruments_.emplace_back(symbol, fees); }
    /// What is traded for its base counts towards tiers by the price of its last trade.
    void price_fees_by(const std::string& symbol) { priced_by_.push_back(symbol); }
    /// Days of fees are UTC days, counted from the moment at which their schedule was set.
    void begin_fees(std::int64_t now) { fees_due_ = now / day_of_fees * day_of_fees + day_of_fees; }
    /// The order in which accounts are opened is that in which their debts are paid.
    void open_account(const std::string& account) { accounts_.push_back(account); }
    void deposit(const std::string& account, const std::string& asset, Units units) { total(account, asset) += units; }
    /// Orders that are cancelled for a debt before what they held is taken.
    std::size_t releases_at_once = 1'000;

    /// What becomes of the participant's orders that would trade with each other and say nothing else.
    void keep_apart(const std::string& participant, model::SelfTrade rule) { rules_[participant] = rule; }
    void add_session(const std::string& session, const std::string& participant, model::DisconnectRule rule,
                     bool asks_for_open) {
        sessions_[session] = {participant, rule, asks_for_open};
    }
    /// The lines of the events that follow, without those of deposits. `now` is in nanoseconds.
    std::vector<std::string> act(const Action& action, std::int64_t now);

    [[nodiscard]] Units available(const std::string& account, const std::string& asset) const;
    [[nodiscard]] Units held(const std::string& account, const std::string& asset) const;
    /// As SmallVenue::book tells it.
    [[nodiscard]] std::string book(const std::string& symbol) const;
    /// Also one that was delisted.
    [[nodiscard]] const NaiveInstrument& known(const std::string& symbol) const {
        return *std::ranges::find(instruments_, symbol, &Instrument::symbol);
    }
    /// Null when none is listed by that name.
    [[nodiscard]] const NaiveInstrument* listed(const std::string& symbol) const;

  private:
    using Lines = std::vector<std::string>;
    using Instrument = NaiveInstrument;
    enum class Part { incoming, resting, crossed };
    /// Of one moment what comes first here happens first, then what is older.
    enum class Happening { fees, phase, indication, order, session, pegs };
    struct Due {
        std::int64_t moment = 0;
        Happening what{};
        std::size_t which = 0;  ///< Among the instruments, the orders or the sessions.
        auto operator<=>(const Due&) const = default;
    };
    struct Cross {
        std::int64_t price = 0;
        std::int64_t bought = 0;
        std::int64_t sold = 0;
        [[nodiscard]] std::int64_t volume() const { return std::min(bought, sold); }
        [[nodiscard]] std::int64_t surplus() const { return bought - sold; }
    };

    void place(const Action& action, std::int64_t now);
    [[nodiscard]] NaiveOrder proposed(const Action& action, std::int64_t now);
    void accept(NaiveOrder order);
    void start(std::size_t index);
    void place_list(const Action& action, std::int64_t now);
    void report_list(const Action& list, const std::vector<std::string>& outcomes);
    void cancel_list(const Action& action);
    [[nodiscard]] static bool is_of_list(const NaiveOrder& order, const Action& asked);
    [[nodiscard]] std::string objection_to_leg(const Action& list, const Action& leg, const NaiveOrder& order) const;
    [[nodiscard]] std::vector<std::size_t> others_of(const NaiveOrder& leg) const;
    bool cancel_the_others(NaiveOrder& leg);
    void end_list(const NaiveOrder& leg, const std::string& asker = "");
    [[nodiscard]] NaiveOrder* first_awake();
    [[nodiscard]] bool is_awake(const NaiveOrder& order) const;
    void activate(NaiveOrder& order);
    /// Of the others on its side the one that would hold most; null when there is none.
    [[nodiscard]] NaiveOrder* largest_other(const NaiveOrder& leg);
    void give_hold(NaiveOrder& order, bool holds);
    void make_largest_hold(NaiveOrder& changed);
    void pass_hold_on(NaiveOrder& leg);
    void cancel(const Action& action);
    void replace(const Action& action, std::int64_t now);
    void mass_cancel(const Action& action);
    [[nodiscard]] std::string objection_to_scope(const Action& action) const;
    void log_on(const Action& action);
    void disconnect(const Action& action);
    void cancel_orders_of(const std::string& session);
    /// Whatever is due happens, one by one.
    void expire();
    /// What is due first, as far as anything is due by `due_by_`.
    [[nodiscard]] std::optional<Due> first_due() const;
    void expire(NaiveOrder& order);
    /// Whatever the last trade's price triggers, until it triggers nothing more.
    void trigger();
    /// True when an order was triggered.
    bool trigger(const Instrument& in);
    [[nodiscard]] NaiveOrder* due(const Instrument& in);
    [[nodiscard]] NaiveOrder* behind(const Instrument& in);
    /// Pegged orders go where they belong.
    void follow();
    [[nodiscard]] bool is_behind(const Instrument& in) const;
    /// Of those behind the one that is due first; null when there is none.
    [[nodiscard]] Instrument* first_behind();
    void follow_on(Instrument& in);
    [[nodiscard]] std::int64_t touch(const Instrument& in, bool bid) const;
    [[nodiscard]] std::int64_t pegged_price(const NaiveOrder& order) const;
    void peg(NaiveOrder& order, std::int64_t limit, std::int64_t before) const;
    [[nodiscard]] static std::int64_t pegs_due(const Instrument& in);
    [[nodiscard]] bool is_open_peg(const Instrument& in, const NaiveOrder& order) const;
    void price_pegs_by_touch(Instrument& in);
    /// The band has moved.
    static void look_at_all_pegs(Instrument& in);
    /// When the last pegged order is gone, so is what the others were priced by.
    void forget_pegs(Instrument& in);
    void transfer(const Action& action);
    void operate(const Action& action);
    void limit(Instrument& in, const Action& action);
    void change_bands(Instrument& in, const NaiveBands& bands);
    void change_schedule(Instrument& in, const Action& action);
    void relist(const std::string& symbol);
    void delist(Instrument& in);
    void delist_unlisted(const std::string& symbol);
    void reject_unknown(const std::string& what, const std::string& name);
    void cancel_all(const Action& action);
    void cancel_each(const std::vector<std::size_t>& orders, const std::string& why);
    template <class Meant>
    [[nodiscard]] std::vector<std::size_t> open_orders(Meant meant) const;
    /// Bids, offers, those that wait for a price, those that wait for an auction, dormant ones.
    [[nodiscard]] std::vector<std::size_t> all_in(const Instrument& in) const;
    void suspend(const Action& action);
    void revise(const Action& action);
    void revise(NaiveHalf& half, std::int64_t price);
    [[nodiscard]] std::string objection_to_limit(const NaiveHalf& half, std::int64_t price) const;
    void settle(const std::string& account, const std::string& asset);
    /// What is owed is taken from whatever there is, and orders that hold it end for it.
    void collect();
    /// True when there may be more to cancel.
    bool release(const std::string& account, const std::string& asset);
    [[nodiscard]] bool owes(const std::string& account) const;

    [[nodiscard]] bool meets_its_list(const NaiveOrder& leg) const;
    [[nodiscard]] std::string objection(const Action& action, const NaiveOrder& proposed, bool is_new) const;
    [[nodiscard]] std::string objection_to_words(const Action& action) const;
    [[nodiscard]] std::string objection_to_sizes(const Action& action, const NaiveOrder& proposed, bool is_new) const;
    [[nodiscard]] std::string objection_to_prices(const Action& action, const NaiveOrder& proposed, bool is_new) const;
    [[nodiscard]] bool asks_for_no_more(const Action& action, const NaiveOrder& proposed, bool is_new) const;
    [[nodiscard]] std::string objection_to_limits(const Action& action, const NaiveOrder& proposed, bool is_new) const;
    /// It waits for that price, or else the last trade's, the reference price, the other side's best one.
    [[nodiscard]] std::int64_t expected_price(const NaiveOrder& order) const;
    [[nodiscard]] std::string suspension(const std::string& participant, const std::string& account) const;
    [[nodiscard]] std::string objection_to_change(const Action& action) const;
    /// Lots that the book would give at once, and that a market order would pay for.
    [[nodiscard]] std::int64_t reach(const NaiveOrder& order, std::int64_t wanted) const;
    [[nodiscard]] bool would_trade(const NaiveOrder& order) const;
    void move_off_the_touch(NaiveOrder& order) const;
    void sweep(std::size_t incoming);
    [[nodiscard]] model::SelfTrade rule(const NaiveOrder& incoming, const NaiveOrder& resting) const;
    void part(NaiveOrder& incoming, NaiveOrder& resting);
    void cancel_for(NaiveOrder& order, const std::string& why);
    void decrement(NaiveOrder& order, std::int64_t lots);
    void trade(NaiveOrder& incoming, NaiveOrder& resting, std::int64_t lots);
    [[nodiscard]] bool is_own_trade(std::size_t half) const;
    void count(const NaiveOrder& order, Units worth, std::int64_t days_ago = 0);
    bool uncover(NaiveOrder& order, std::int64_t lots, Part part);
    [[nodiscard]] std::int64_t rate(const NaiveOrder& order, Part part) const;
    void set_rates(NaiveOrder& order) const;
    /// By the volumes of the last thirty days that are over; zero for none.
    [[nodiscard]] std::size_t tier(const std::string& participant) const;
    /// In USD.
    [[nodiscard]] Units worth(const std::string& asset, Units units) const;
    void roll_fees();
    std::string fill(NaiveOrder& order, std::int64_t price, std::int64_t lots, Part part);
    void end(NaiveOrder& order, const std::string& state);

    // Phases.
    [[nodiscard]] std::string received(const NaiveOrder& order, bool is_new) const;
    [[nodiscard]] static std::int64_t far_end(std::int64_t from, std::int64_t basis_points, bool upwards);
    [[nodiscard]] static std::pair<std::int64_t, std::int64_t> band(const Instrument& in);
    void set_ends(NaiveOrder& order) const;
    bool stop(NaiveOrder& order);
    void gather(NaiveOrder& order);
    void take_worst_of_band(NaiveOrder& order, bool is_new) const;
    void change_phase(Instrument& in, model::Phase next);
    void end_phase(Instrument& in);
    void enter(Instrument& in, model::Phase next, std::int64_t until);
    bool moves_to_the_bands_end(NaiveOrder& order);
    void join(Instrument& in);
    [[nodiscard]] bool is_crossed(const Instrument& in) const;
    [[nodiscard]] Cross cross_at(const Instrument& in, std::int64_t price) const;
    [[nodiscard]] Cross best_cross(const Instrument& in) const;
    void uncross(Instrument& in, model::Phase next);
    void note_gathering(const NaiveOrder& order);
    void demand_indication(Instrument& in) const;
    void indicate(Instrument& in);

    [[nodiscard]] std::size_t number_of(const std::string& symbol) const;
    [[nodiscard]] bool is_listed(const NaiveOrder& order) const { return order.instrument < instruments_.size(); }
    [[nodiscard]] bool is_in(const NaiveOrder& order, const Instrument& in) const {
        return is_listed(order) && &instrument_of(order) == &in;
    }
    [[nodiscard]] Instrument& instrument_of(const NaiveOrder& order) { return instruments_.at(order.instrument); }
    [[nodiscard]] const Instrument& instrument_of(const NaiveOrder& order) const {
        return instruments_.at(order.instrument);
    }
    /// What it pays with.
    [[nodiscard]] const std::string& held_asset(const NaiveOrder& order) const {
        return order.buys ? instrument_of(order).quote : instrument_of(order).base;
    }
    [[nodiscard]] const std::string& fee_asset(const NaiveOrder& order) const {
        const Instrument& in = instrument_of(order);
        return order.buys && !in.fees.in_quote ? in.base : in.quote;
    }
    [[nodiscard]] std::vector<const NaiveOrder*> queue(const Instrument& in, bool bids) const;
    /// Of the other side.
    [[nodiscard]] std::vector<const NaiveOrder*> queue_for(const NaiveOrder& order) const {
        return queue(instrument_of(order), !order.buys);
    }
    [[nodiscard]] NaiveOrder* best_for(const NaiveOrder& incoming);
    [[nodiscard]] const NaiveOrder* find(const std::string& participant, const std::string& name) const;
    [[nodiscard]] Units hold(const NaiveOrder& order) const;
    [[nodiscard]] Units cost(const NaiveOrder& buy, Units value) const;
    [[nodiscard]] std::string told(const NaiveOrder& order) const;
    Units& total(const std::string& account, const std::string& asset) { return totals_[{account, asset}]; }

    std::deque<Instrument> instruments_;  ///< In the order of their listing, also those that are listed no more.
    std::vector<NaiveOrder> orders_;      ///< In the order of their acceptance.
    std::vector<NaiveHalf> halves_;       ///< Of all trades.
    std::vector<std::string> accounts_;
    std::map<std::pair<std::string, std::string>, Units> totals_;  ///< By account and asset.
    std::map<std::pair<std::string, std::string>, Units> owed_;
    std::map<std::pair<std::string, std::string>, std::string> transfers_;  ///< By participant and id, in words.
    std::map<std::string, model::SelfTrade> rules_;
    std::map<std::string, NaiveSession> sessions_;
    std::set<std::string> killed_;  ///< Whose kill switch is on.
    std::set<std::string> suspended_;
    std::set<std::string> suspended_accounts_;
    std::int64_t arrivals_ = 0;
    std::int64_t now_ = 0;  ///< In nanoseconds, as all moments.
    std::int64_t due_by_ = 0;
    std::vector<std::array<std::int64_t, 3>> tiers_of_fees_;
    std::vector<std::string> priced_by_;
    std::int64_t fees_due_;     ///< When a day of fees ends; zero without tiers.
    std::int64_t fee_day_ = 0;  ///< Counted from the first one.
    /// By participant, quote asset and day.
    std::map<std::string, std::map<std::string, std::map<std::int64_t, Units>>> volumes_;
    std::map<std::string, std::size_t> tiers_;
    std::size_t list_size_ = 0;      ///< Of the list that comes in.
    std::int64_t room_in_list_ = 0;  ///< What its orders take that were looked at already.
    std::int64_t told_until_ = 0;    ///< When anything was told last.
    Lines lines_;
};

}  // namespace venue::test
