// Random things that participants ask for, good and bad, in a narrow band of prices so that much of it trades.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "venue/model/command.hpp"

namespace venue::test {

inline constexpr std::int64_t second = 1'000'000'000;

enum class Kind {
    place,
    place_list,
    cancel_list,
    cancel,
    replace,
    mass_cancel,
    log_on,
    disconnect,
    deposit,
    transfer,
    advance,
    phase,
    limit,
    bands,
    cancel_all,
    suspend,
    revise,
    settle,
    list,
    delist,
    schedule
};

/// Zero for none.
struct NaiveLimits {
    std::int64_t lots = 0;
    std::int64_t notional = 0;  ///< In whole units of the base at a price of one tick.
    std::int64_t open_orders = 0;
    std::int64_t fat_finger_bp = 0;
    bool operator==(const NaiveLimits&) const = default;
};

/// How far prices may go, as an operator changes it.
struct NaiveBands {
    std::int32_t fixed_bp = 0;  ///< Around the reference price.
    std::int32_t dynamic_bp = 0;
    std::int32_t volatility_seconds = 0;
    std::int32_t protection_bp = 0;
};

/// One request in plain numbers, for the naive venue; `command_of` says the same in the engine's words.
struct Action {
    Kind kind{Kind::place};
    std::string session;
    std::string participant;  ///< Of the session, or who gets a deposit.
    std::string account{};    ///< Empty for the session's own, or all of a mass cancel.
    std::string symbol{};     ///< Of a mass cancel: empty for all instruments.
    std::string name;         ///< Of the order, or the transfer's id.
    std::string original;
    std::string flaw{};  ///< Why decode declined it; empty when it didn't.
    bool buys = true;
    bool market = false;  ///< Of a transfer: it comes back from the savings.
    std::string asset{};  ///< Of a transfer, a deposit or a debt.
    model::TimeInForce time_in_force{model::TimeInForce::gtc};
    std::int64_t milli_base = 0;             ///< A lot is ten of them.
    std::optional<std::int64_t> deci_ticks;  ///< A tick is ten of them.
    model::PostOnly post_only{model::PostOnly::no};
    bool outlives_session = false;
    std::optional<std::int64_t> min_milli_base;
    std::optional<std::int64_t> cash_tenths;  ///< Of what a lot costs at one tick, in place of the quantity.
    std::optional<std::int64_t> display_milli_base;
    model::SelfTrade self_trade{model::SelfTrade::allowed};
    std::int64_t group = 0;
    std::optional<model::OrderType> waiting;         ///< The type of an order that waits for a price.
    std::optional<std::int64_t> trigger_deci_ticks;  ///< A tick is ten of them.
    model::WaitsFor waits_for{model::WaitsFor::nothing};
    std::optional<std::int64_t> trail_deci_ticks;  ///< Or basis points, ten times.
    bool trail_in_bp = false;
    model::Peg peg{};
    std::optional<std::int64_t> offset_deci_ticks;
    std::optional<std::int64_t> expires_in;  ///< Nanoseconds from the action on.
    std::optional<std::int64_t> valid_for;   ///< Likewise.
    std::optional<bool> only_buys{};         ///< Of a mass cancel; one of both sides says nothing.
    model::KillSwitch kill_switch{};
    model::DisconnectReason disconnect{};
    std::optional<model::CancelOnDisconnect> cancels{};  ///< That a logon chooses.
    model::Phase phase{};                                ///< That is asked for.
    std::vector<Action> legs{};                          ///< Of a list.
    bool cancels_others = false;
    std::string list{};           ///< Its name; empty for none.
    NaiveLimits limits{};         ///< That are asked for; of the participant where one is named.
    NaiveBands bands{};           ///< Likewise.
    bool suspends = false;        ///< Or resumes; the account where `market` says so, or else the participant.
    bool forces = false;          ///< A trade beyond the limit of one of its orders.
    std::int64_t trades_ago = 0;  ///< Which trade is taken back, or corrected where a price is said.
    bool only_in_symbol = false;  ///< Of what the operator cancels.
    std::vector<model::ScheduledPhase> schedule{};
    std::int32_t day_end = 0;
    std::int64_t later = 0;  ///< Than the action before, in nanoseconds.
    std::int64_t until = 0;  ///< What is due by then happens; zero: by now.
};

/// What chance decides: 32 bits each time. The library's distributions would not be the same everywhere.
using Dice = std::function<std::uint32_t()>;

class RandomActions {
  public:
    /// Where there is more than one instrument participants use their second accounts, too, and instruments come and
    /// go.
    explicit RandomActions(Dice dice, std::vector<std::string> symbols = {"BTC-USD"})
        : dice_(std::move(dice)), symbols_(std::move(symbols)) {}
    Action next();

  private:
    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(dice_() % static_cast<std::uint32_t>(limit));
    }
    bool one_in(std::int64_t chance) { return below(chance) == 0; }
    [[nodiscard]] bool is_wide() const { return symbols_.size() > 1; }
    void choose_market(Action& action);
    void name_market(Action& action);
    void choose_listing(Action& action);
    void choose_terms(Action& action);
    void choose_special_terms(Action& action);
    void choose_trigger(Action& action);
    void choose_peg(Action& action);
    void choose_mass_cancel(Action& action);
    void choose_legs(Action& action);
    void choose_leg_to_move(Action& action);
    void choose_list_to_cancel(Action& action);
    std::string new_name();
    void choose_session_change(Action& action);
    void choose_transfer(Action& action);
    void choose_phase(Action& action);
    void choose_operation(Action& action);
    void choose_cancel_all(Action& action);
    void choose_revision(Action& action);
    void choose_bands(Action& action);
    std::string some_name();

    Dice dice_;
    std::vector<std::string> names_;
    std::optional<Action> last_transfer_;
    std::optional<Action> last_list_;
    std::set<std::string> killed_;
    std::optional<Action> limited_;
    std::optional<Action> suspended_;
    std::vector<std::string> symbols_;
    std::set<std::string> delisted_;
    std::map<std::string, std::string> symbols_of_;  ///< By the orders' names.
    std::map<std::string, model::Phase> phases_;     ///< By symbol.
};

model::OrderType type_of(const Action& action);

/// The second account of a participant.
std::string savings_of(const std::string& participant);
/// The one that is named, or else the first one; empty when it isn't the participant's.
std::string account_of(const Action& action);

/// Digits of a price behind the point: an ETH is about one BTC, and each of them a hundred USD.
inline int price_digits(const std::string& quote) { return quote == "BTC" ? 2 : 0; }
inline int ledger_digits(const std::string& asset) { return asset == "USD" ? 6 : 8; }

/// Whether a session sends it, and not the venue or its operator asks for it.
bool is_sent(Kind kind);
model::CommandBody command_of(const Action& action, model::Timestamp now);

}  // namespace venue::test
