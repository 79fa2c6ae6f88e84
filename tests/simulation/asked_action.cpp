#include "tests/simulation/asked_action.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "tests/simulation/demo_floor.hpp"

namespace venue::simulation {
namespace {

using test::Action;
using test::Kind;

constexpr auto kinds = std::to_array<std::pair<std::string_view, Kind>>({{"PlaceOrder", Kind::place},
                                                                         {"PlaceList", Kind::place_list},
                                                                         {"CancelList", Kind::cancel_list},
                                                                         {"CancelOrder", Kind::cancel},
                                                                         {"ReplaceOrder", Kind::replace},
                                                                         {"MassCancel", Kind::mass_cancel},
                                                                         {"LogOnSession", Kind::log_on},
                                                                         {"DisconnectSession", Kind::disconnect},
                                                                         {"TransferFunds", Kind::transfer},
                                                                         {"AdvanceTime", Kind::advance},
                                                                         {"ChangePhase", Kind::phase},
                                                                         {"ChangeInstrument", Kind::limit},
                                                                         {"LimitParticipant", Kind::limit},
                                                                         {"Suspend", Kind::suspend},
                                                                         {"ReviseTrade", Kind::revise},
                                                                         {"SettleReceivable", Kind::settle}});

const std::pair<std::string_view, Kind>* kind_of(const std::string& asked) {
    const auto word = std::string_view(asked).substr(0, asked.find(' '));
    const auto* const found = std::ranges::find(kinds, word, &std::pair<std::string_view, Kind>::first);
    return found == kinds.end() ? nullptr : found;
}

/// The decimal in units of 10^-digits.
std::int64_t units(const std::string& decimal, int digits) {
    return static_cast<std::int64_t>(model::amount_of(model::parse_decimal(decimal).value(), digits).value().units);
}

template <class Value>
Value named(const std::string& name, std::initializer_list<Value> values, Value otherwise) {
    const auto* const found = std::ranges::find_if(values, [&](Value value) { return model::name(value) == name; });
    return found == values.end() ? otherwise : *found;
}

/// The parts of a list's record: first what is said of the list, then of each of its orders.
std::vector<std::string> parts_of(std::string asked) {
    std::vector<std::string> parts;
    for (auto end = asked.find(" leg="); end != std::string::npos; end = asked.find(" leg=", 1)) {
        parts.push_back(asked.substr(0, end));
        asked.erase(0, end);
    }
    parts.push_back(std::move(asked));
    return parts;
}

/// Reads one record.
class Record {
  public:
    Record(std::string asked, std::int64_t now, const model::Reference& reference)
        : asked_(std::move(asked)), now_(now), reference_(reference) {}

    void read_session(Action& action, const std::string& key) const {
        const auto& session = reference_.sessions.at(model::SessionId(std::stoi(text(key))));
        action.session = session.comp_id;
        action.participant = reference_.participants.at(session.participant).name;
    }
    void read_order(Action& action) const {
        using enum model::TimeInForce;
        action.name = text("cl_ord_id");
        action.original = text("orig_cl_ord_id");
        action.flaw = text("flaw") == "none" ? "" : text("flaw");
        action.buys = text("side") == "buy";
        action.time_in_force = named(text("time_in_force"), {day, gtc, at_open, ioc, fok, gtd, at_close}, day);
        action.milli_base = number("quantity", 3).value_or(0);
        action.deci_ticks = number("price", 1);
        read_type(action);
        read_special_terms(action);
    }
    void read_list(Action& action) const {
        const auto parts = parts_of(asked_);
        action.list = said(parts[0], "list_id");
        action.cancels_others = said(parts[0], "kind") == model::name(model::ListKind::one_cancels_others);
        for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
            Action leg{.kind = Kind::place,
                       .session = action.session,
                       .participant = action.participant,
                       .symbol = action.symbol};
            Record(*part, now_, reference_).read_order(leg);
            action.legs.push_back(leg);
        }
    }
    void read_logon(Action& action) const {
        using enum model::CancelOnDisconnect;
        read_session(action, "on");
        if (const auto whose = text("cancels"); !whose.empty())
            action.cancels = named(whose, {off, session, participant}, off);
    }
    void read_disconnect(Action& action) const {
        using enum model::DisconnectReason;
        read_session(action, "off");
        action.disconnect = named(text("reason"), {logout, dropped, declined, restart}, dropped);
    }
    void read_mass_cancel(Action& action) const {
        using enum model::KillSwitch;
        read_session(action, "session");
        action.name = text("cl_ord_id");
        action.symbol = text("symbol");
        if (const auto side = text("side"); !side.empty()) action.only_buys = side == "buy";
        action.kill_switch = named(text("kill_switch"), {as_it_is, on, off}, as_it_is);
    }
    void read_transfer(Action& action) const {
        const auto from = text("from");
        action.participant = reference_.participants.at(reference_.account(from)->participant).name;
        action.market = from == test::savings_of(action.participant);
        action.name = text("id");
        action.asset = text("asset");
        action.milli_base = number("amount", 3).value_or(0);
    }
    void read_phase(Action& action) const {
        action.phase = model::phase_named(text("phase")).value_or(model::Phase::continuous);
    }

    void read_limits(Action& action) const {
        action.participant = text("participant");
        action.limits = {number("max_quantity", 2).value_or(0), number("max_notional", 0).value_or(0),
                         number("max_open_orders", 0).value_or(0), number("fat_finger_bp", 0).value_or(0)};
    }
    void read_suspension(Action& action) const {
        action.participant = text("participant");
        action.market = !text("account").empty();
        action.suspends = text("suspended") == "yes";
    }
    void read_revision(Action& action) const {
        action.deci_ticks = number("price", 1);
        action.forces = text("forced") == "yes";
    }
    void read_settlement(Action& action) const {
        action.participant = text("account");
        action.asset = text("asset");
    }
    void read_moment(Action& action) const { action.until = number("until", 0).value_or(0); }

  private:
    [[nodiscard]] std::string text(const std::string& key) const { return said(asked_, key); }
    [[nodiscard]] std::optional<std::int64_t> number(const std::string& key, int digits) const {
        const auto word = text(key);
        return word.empty() ? std::nullopt : std::optional(units(word, digits));
    }
    /// How long it is to that moment.
    [[nodiscard]] std::optional<std::int64_t> time_until(const std::string& key) const {
        const auto word = text(key);
        return word.empty() ? std::nullopt : std::optional(std::stoll(word) - now_);
    }
    void read_type(Action& action) const {
        using enum model::OrderType;
        const auto type =
            named(text("type"), {market, limit, stop, stop_limit, market_if_touched, trailing_stop, pegged}, limit);
        action.market = type == market;
        if (model::waits_for_a_price(type)) action.waiting = type;
        auto& distance = type == pegged ? action.offset_deci_ticks : action.trail_deci_ticks;
        distance = number("trail", 1);
        action.trail_in_bp = text("trail_in") == "basis_points";
        action.peg = named(text("peg"), {model::Peg::primary, model::Peg::market}, model::Peg::none);
    }
    void read_special_terms(Action& action) const {
        using model::PostOnly;
        using model::SelfTrade;
        action.post_only = named(text("post_only"), {PostOnly::reject, PostOnly::reprice}, PostOnly::no);
        action.outlives_session = text("outlives_session") == "yes";
        action.min_milli_base = number("min_quantity", 3);
        action.cash_tenths = number("cash", 3);
        action.display_milli_base = number("display", 3);
        action.self_trade =
            named(text("self_trade"),
                  {SelfTrade::cancel_newest, SelfTrade::cancel_oldest, SelfTrade::cancel_both, SelfTrade::decrement},
                  SelfTrade::allowed);
        if (const auto group = text("self_trade_group"); !group.empty()) action.group = std::stoll(group);
        action.trigger_deci_ticks = number("trigger", 1);
        action.waits_for =
            named(text("waits_for"), {model::WaitsFor::rise, model::WaitsFor::fall}, model::WaitsFor::nothing);
        action.expires_in = time_until("expires");
        action.valid_for = time_until("valid_until");
    }

    const std::string asked_;
    const std::int64_t now_;
    const model::Reference& reference_;
};

}  // namespace

std::string said(const std::string& asked, const std::string& key) {
    const auto start = asked.find(" " + key + "=");
    if (start == std::string::npos) return {};
    const auto value = start + key.size() + 2;
    return asked.substr(value, asked.find(' ', value) - value);
}

bool is_predicted(const std::string& asked) { return kind_of(asked) != nullptr; }

test::Action asked_action(const model::Event& first, const model::Reference& reference) {
    const Record record(first.asked, first.time.nanoseconds, reference);
    Action action;
    action.kind = kind_of(first.asked)->second;
    action.symbol = demo_symbol;
    switch (action.kind) {
        case Kind::place:
        case Kind::cancel:
        case Kind::replace:
            record.read_session(action, "session");
            record.read_order(action);
            break;
        case Kind::place_list:
        case Kind::cancel_list:
            record.read_session(action, "session");
            record.read_list(action);
            break;
        case Kind::mass_cancel:
            record.read_mass_cancel(action);
            break;
        case Kind::log_on:
            record.read_logon(action);
            break;
        case Kind::disconnect:
            record.read_disconnect(action);
            break;
        case Kind::transfer:
            record.read_transfer(action);
            break;
        case Kind::phase:
            record.read_phase(action);
            break;
        case Kind::limit:
            record.read_limits(action);
            break;
        case Kind::suspend:
            record.read_suspension(action);
            break;
        case Kind::advance:
            record.read_moment(action);
            break;
        case Kind::revise:
            record.read_revision(action);
            break;
        case Kind::settle:
            record.read_settlement(action);
            break;
        default:
            break;
    }
    return action;
}

}  // namespace venue::simulation
