// The venue once more, as simple as can be: vectors and linear scans, holds and fees reckoned anew each time from all
// fills. It shares no code with the engine, and must tell the same events in the same words.
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/property/random_action.hpp"

namespace venue::test {

using Units = model::Int128;

struct NaiveOrder {
    std::string participant;
    std::string session;
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

struct NaiveFees {
    std::int64_t maker = 0;
    std::int64_t taker = 0;
    bool in_quote = false;
    std::int64_t display_min_bp = 0;
    std::optional<std::int64_t> auction{};
    std::int64_t static_band_bp = 0;
    std::int64_t reference = 0;  ///< Price that the instrument is listed with.
    std::int64_t dynamic_band_bp = 0;
    std::int64_t volatility_seconds = 0;
    std::int64_t protection_bp = 0;
    std::vector<std::array<std::int64_t, 3>> tiers{};  ///< USD, maker and taker.
};

/// A line without what only the engine numbers: trades and orders.
std::string without_numbers(std::string line);

class NaiveVenue {
    static constexpr std::int64_t day_of_fees = 86'400'000'000'000;

  public:
    explicit NaiveVenue(NaiveFees fees)
        : fees_(fees), reference_(fees.reference), fees_due_(fees.tiers.empty() ? 0 : day_of_fees) {
        for (const std::string name : {"alice", "bob", "carol"}) volumes_[name] = {0};
        for (const auto& [name, days] : volumes_) tiers_[name] = tier(name);
    }

    /// Days of fees are UTC days, counted from the moment at which their schedule was set.
    void begin_fees(std::int64_t now) { fees_due_ = now / day_of_fees * day_of_fees + day_of_fees; }
    void deposit(const std::string& participant, bool btc, Units units) { total(participant, btc) += units; }
    /// What becomes of the participant's orders that would trade with each other and say nothing else.
    /// Orders that are cancelled for a debt before what they held is taken.
    std::size_t releases_at_once = 1'000;

    void keep_apart(const std::string& participant, model::SelfTrade rule) { rules_[participant] = rule; }
    void add_session(const std::string& session, const std::string& participant, model::DisconnectRule rule,
                     bool asks_for_open) {
        sessions_[session] = {participant, rule, asks_for_open};
    }
    /// The lines of the events that follow, without those of deposits. `now` is in nanoseconds.
    std::vector<std::string> act(const Action& action, std::int64_t now);

    [[nodiscard]] Units available(const std::string& participant, bool btc) const;
    [[nodiscard]] Units held(const std::string& participant, bool btc) const;
    /// As SmallVenue::book tells it.
    [[nodiscard]] std::string book() const;
    [[nodiscard]] model::Phase phase() const { return phase_; }

  private:
    using Lines = std::vector<std::string>;
    enum class Part { incoming, resting, crossed };
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
    void activate(NaiveOrder& order);
    /// Of the others on its side the one that would hold most; null when there is none.
    [[nodiscard]] NaiveOrder* largest_other(const NaiveOrder& leg);
    void give_hold(NaiveOrder& order, bool holds);
    void make_largest_hold(NaiveOrder& changed);
    void pass_hold_on(NaiveOrder& leg);
    void cancel(const Action& action);
    void replace(const Action& action, std::int64_t now);
    void mass_cancel(const Action& action);
    void log_on(const Action& action);
    void disconnect(const Action& action);
    void cancel_orders_of(const std::string& session);
    /// Whatever is due happens, one by one; an order before a session that was lost.
    void expire();
    [[nodiscard]] NaiveOrder* first_due();
    [[nodiscard]] std::string first_lost() const;
    /// Whatever the last trade's price triggers, until it triggers nothing more.
    void trigger();
    [[nodiscard]] NaiveOrder* due();
    [[nodiscard]] NaiveOrder* behind();
    /// Pegged orders go where they belong.
    void follow();
    [[nodiscard]] bool is_behind() const;
    void follow_on();
    [[nodiscard]] std::int64_t touch(bool bid) const;
    [[nodiscard]] std::int64_t pegged_price(const NaiveOrder& order) const;
    void peg(NaiveOrder& order, std::int64_t limit, std::int64_t before) const;
    [[nodiscard]] std::int64_t pegs_due() const;
    void price_pegs_by_touch();
    /// The band has moved.
    void look_at_all_pegs();
    /// When the last pegged order is gone, so is what the others were priced by.
    void forget_pegs();
    void transfer(const Action& action);
    void limit(const Action& action);
    void change_bands(const NaiveBands& bands);
    void cancel_all_of(const std::string& participant, const std::string& why);
    void suspend(const Action& action);
    void revise(const Action& action);
    void revise(NaiveHalf& half, std::int64_t price);
    [[nodiscard]] std::string objection_to_limit(const NaiveHalf& half, std::int64_t price) const;
    void settle(const std::string& account, bool of_btc);
    /// What is owed is taken from whatever there is, and orders that hold it end for it.
    void collect();
    /// True when there may be more to cancel.
    bool release(const std::string& account, bool of_btc);
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
    [[nodiscard]] std::string suspension(const std::string& participant) const;
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
    void discount(const std::string& participant, Units worth);
    bool uncover(NaiveOrder& order, std::int64_t lots, Part part);
    [[nodiscard]] std::int64_t rate(const NaiveOrder& order, Part part) const;
    void set_rates(NaiveOrder& order) const;
    /// By the volumes of the last thirty days that are over; zero for none.
    [[nodiscard]] std::size_t tier(const std::string& participant) const;
    bool roll_fees_before(std::int64_t moment);
    std::string fill(NaiveOrder& order, std::int64_t price, std::int64_t lots, Part part);
    void end(NaiveOrder& order, const std::string& state);

    // Phases.
    [[nodiscard]] std::string received(const NaiveOrder& order, bool is_new) const;
    [[nodiscard]] static std::int64_t far_end(std::int64_t from, std::int64_t basis_points, bool upwards);
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> band() const;
    void set_ends(NaiveOrder& order) const;
    bool stop(NaiveOrder& order);
    void gather(NaiveOrder& order);
    void take_worst_of_band(NaiveOrder& order, bool is_new) const;
    void enter(model::Phase next);
    bool moves_to_the_bands_end(NaiveOrder& order);
    void join();
    [[nodiscard]] bool is_crossed() const;
    [[nodiscard]] Cross cross_at(std::int64_t price) const;
    [[nodiscard]] Cross best_cross() const;
    void uncross(model::Phase next);
    void note_gathering(const NaiveOrder& order);
    void demand_indication();
    void indicate();
    [[nodiscard]] std::int64_t first_moment(const NaiveOrder* order) const;
    bool end_phase_before(std::int64_t moment);
    bool indicate_before(std::int64_t moment);
    bool follow_before(std::int64_t moment);

    [[nodiscard]] std::vector<const NaiveOrder*> queue(bool bids) const;
    [[nodiscard]] NaiveOrder* best_for(const NaiveOrder& incoming);
    [[nodiscard]] const NaiveOrder* find(const std::string& participant, const std::string& name) const;
    [[nodiscard]] Units hold(const NaiveOrder& order) const;
    [[nodiscard]] Units cost(const NaiveOrder& buy, Units value) const;
    [[nodiscard]] std::string told(const NaiveOrder& order) const;
    Units& total(const std::string& participant, bool btc) { return totals_[{participant, btc}]; }

    NaiveFees fees_;
    std::vector<NaiveOrder> orders_;  ///< In the order of their acceptance.
    std::vector<NaiveHalf> halves_;   ///< Of all trades.
    std::map<std::pair<std::string, bool>, Units> totals_;
    std::map<std::pair<std::string, bool>, Units> owed_;
    std::map<std::pair<std::string, std::string>, std::string> transfers_;  ///< By participant and id, in words.
    std::map<std::string, model::SelfTrade> rules_;
    std::map<std::string, NaiveSession> sessions_;
    std::set<std::string> killed_;  ///< Whose kill switch is on.
    std::set<std::string> suspended_;
    std::set<std::string> suspended_accounts_;
    std::map<std::string, NaiveLimits> limits_;  ///< By participant; the instrument's have no name.
    std::int64_t last_ = 0;                      ///< Price of the last trade; zero for none.
    std::int64_t band_center_ = 0;               ///< Likewise, since the last volatility auction began.
    std::int64_t arrivals_ = 0;
    std::int64_t now_ = 0;  ///< In nanoseconds, as all moments.
    std::int64_t due_by_ = 0;
    model::Phase phase_{};
    std::int64_t phase_until_ = 0;
    std::int64_t reference_;                            ///< Price of the last uncross, or as listed; zero for none.
    std::int64_t fees_due_;                             ///< When a day of fees ends; zero without tiers.
    std::map<std::string, std::deque<Units>> volumes_;  ///< By participant, the present day first.
    std::map<std::string, std::size_t> tiers_;
    std::int64_t told_at_ = -1;         ///< Of the last indication; below zero for none.
    std::int64_t indication_due_ = -1;  ///< Likewise.
    std::size_t list_size_ = 0;         ///< Of the list that comes in.
    std::int64_t room_in_list_ = 0;     ///< What its orders take that were looked at already.
    std::int64_t pegged_by_bid_ = 0;
    std::int64_t pegged_by_offer_ = 0;
    std::size_t pegged_next_ = 0;   ///< Among the orders; zero when all were looked at.
    std::int64_t followed_at_ = 0;  ///< Zero for never.
    std::int64_t told_until_ = 0;   ///< When anything was told last.
    Lines lines_;
};

}  // namespace venue::test
