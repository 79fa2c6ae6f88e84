// Actions in the engine's words.
#include "tests/property/random_action.hpp"

namespace venue::test {
namespace {

using model::Decimal;

model::ClOrdId name_of(const std::string& text) { return model::ClOrdId(text); }

std::optional<model::Timestamp> after(model::Timestamp now, const std::optional<std::int64_t>& nanoseconds) {
    if (!nanoseconds) return {};
    return model::Timestamp{now.nanoseconds + *nanoseconds};
}

std::optional<Decimal> thousandths(const std::optional<std::int64_t>& count) {
    return count ? std::optional(model::times({1, 3}, *count)) : std::nullopt;
}

int price_digits_of(const Action& a) { return price_digits(a.symbol.substr(a.symbol.find('-') + 1)); }

std::optional<Decimal> price_of(const Action& a, const std::optional<std::int64_t>& deci_ticks) {
    return deci_ticks ? std::optional(model::times({1, 1 + price_digits_of(a)}, *deci_ticks)) : std::nullopt;
}

model::Box<model::AskedTerms> special_of(const Action& a, model::Timestamp now) {
    model::AskedTerms terms;
    terms.post_only = a.post_only;
    terms.outlives_session = a.outlives_session;
    terms.min_quantity = thousandths(a.min_milli_base);
    if (a.cash_tenths) terms.cash = model::times({1, 3 + price_digits_of(a)}, *a.cash_tenths);
    terms.display = thousandths(a.display_milli_base);
    terms.self_trade = a.self_trade;
    terms.self_trade_group = a.group;
    terms.trigger = price_of(a, a.trigger_deci_ticks);
    terms.waits_for = a.waits_for;
    terms.trail = price_of(a, a.trail_deci_ticks);
    if (a.trail_deci_ticks && a.trail_in_bp) terms.trail = model::times({1, 1}, *a.trail_deci_ticks);
    terms.trail_in_bp = a.trail_in_bp;
    terms.peg = a.peg;
    if (a.offset_deci_ticks) terms.trail = price_of(a, a.offset_deci_ticks);
    terms.expires = after(now, a.expires_in);
    terms.valid_until = after(now, a.valid_for);
    model::Box<model::AskedTerms> special;
    if (terms != model::AskedTerms{}) special.emplace(terms);
    return special;
}

model::PlaceOrder placing(const Action& a, model::Timestamp now) {
    return {name_of(a.name),
            a.account,
            a.symbol,
            a.buys ? model::Side::buy : model::Side::sell,
            type_of(a),
            a.time_in_force,
            model::times({1, 3}, a.milli_base),
            price_of(a, a.deci_ticks),
            {},
            special_of(a, now)};
}

model::PlaceList list_of(const Action& a, model::Timestamp now) {
    model::PlaceList list{.id = name_of(a.list)};
    list.kind = a.cancels_others ? model::ListKind::one_cancels_others : model::ListKind::one_triggers_others;
    for (const Action& leg : a.legs) list.legs.push_back(placing(leg, now));
    return list;
}

model::MassCancel mass_cancel_of(const Action& a) {
    model::MassCancel asked{name_of(a.name), a.account, a.symbol};
    if (a.only_buys) asked.side = *a.only_buys ? model::Side::buy : model::Side::sell;
    asked.kill_switch = a.kill_switch;
    return asked;
}

model::TransferFunds transfer_of(const Action& a) {
    const std::string savings = savings_of(a.participant);
    return {a.name, a.market ? savings : a.participant, a.market ? a.participant : savings, a.asset, {a.milli_base, 3}};
}

model::CommandBody limiting(const Action& a) {
    const auto& l = a.limits;
    const model::AskedLimits limits{model::times({1, 2}, l.lots), Decimal{l.notional, price_digits_of(a)},
                                    static_cast<std::int32_t>(l.open_orders),
                                    static_cast<std::int32_t>(l.fat_finger_bp)};
    if (!a.participant.empty()) return model::LimitParticipant{a.participant, a.symbol, limits};
    return model::ChangeInstrument{.symbol = a.symbol, .limits = limits};
}

}  // namespace

bool is_sent(Kind kind) {
    using enum Kind;
    return kind == place || kind == place_list || kind == cancel_list || kind == cancel || kind == replace ||
           kind == mass_cancel;
}

model::CommandBody command_of(const Action& a, model::Timestamp now) {
    const model::PlaceOrder order = placing(a, now);
    switch (a.kind) {
        case Kind::place:
            return order;
        case Kind::cancel:
            return model::CancelOrder{order.cl_ord_id, name_of(a.original), {}, order.symbol, order.side, {}};
        case Kind::replace:
            return model::ReplaceOrder{
                order.cl_ord_id, name_of(a.original), {}, order.symbol, order.side, order.type,
                order.quantity,  order.price,         {}, a.account,    {},         special_of(a, now)};
        case Kind::place_list:
            return list_of(a, now);
        case Kind::cancel_list:
            return model::CancelList{name_of(a.list)};
        case Kind::mass_cancel:
            return mass_cancel_of(a);
        case Kind::deposit:
            return model::DepositFunds{account_of(a), a.asset, {a.asset == "USD" ? 100 : 1, 0}};
        case Kind::transfer:
            return transfer_of(a);
        case Kind::log_on:
        case Kind::disconnect:
        case Kind::phase:
            return model::ChangePhase{order.symbol, a.phase};
        case Kind::limit:
            return limiting(a);
        case Kind::bands:
            return model::ChangeInstrument{.symbol = order.symbol,
                                           .static_band_bp = a.bands.fixed_bp,
                                           .dynamic_band_bp = a.bands.dynamic_bp,
                                           .volatility_seconds = a.bands.volatility_seconds,
                                           .protection_bp = a.bands.protection_bp};
        case Kind::cancel_all:
            return model::CancelOrders{a.only_in_symbol ? order.symbol : "", a.participant};
        case Kind::suspend:
            return model::Suspend{a.participant, a.market ? account_of(a) : "", a.suspends};
        case Kind::settle:
            return model::SettleReceivable{account_of(a), a.asset};
        case Kind::delist:
            return model::DelistInstrument{a.symbol};
        case Kind::schedule:
            return model::ChangeInstrument{.symbol = a.symbol, .schedule = a.schedule, .day_end = a.day_end};
        case Kind::list:
        case Kind::revise:
        case Kind::advance:
            break;
    }
    return model::AdvanceTime{now};
}

}  // namespace venue::test
