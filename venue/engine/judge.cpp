#include "venue/engine/judge.hpp"

#include <span>

#include "venue/engine/funds.hpp"

namespace venue::engine {
namespace {

using model::Flaw;
using model::RejectReason;

bool is_limit(const Proposal& p) { return p.order.type == model::OrderType::limit; }

model::Decimal price_of(const Proposal& p) { return p.price.value_or(model::Decimal{}); }

model::Int128 whole_part(model::Decimal number) {
    while (number.scale-- > 0) number.digits /= 10;
    return number.digits;
}

/// Whether a number that has no count of steps is merely too large to be counted.
bool beyond(const model::Decimal& number, const model::Decimal& step, std::int64_t steps_max) {
    return whole_part(number) > whole_part(times(step, steps_max));
}

// The checks: each is true when the request fails it. Those further down rely on those above.

bool price_on_market_order(const Proposal& p) { return !is_limit(p) && p.price.has_value(); }
bool unknown_symbol(const Proposal& p) { return p.instrument == nullptr; }
bool unknown_account(const Proposal& p) { return !p.order.account; }
bool quantity_not_positive(const Proposal& p) { return p.quantity.digits <= 0; }
bool quantity_too_precise(const Proposal& p) {
    return !p.lots && !beyond(p.quantity, p.instrument->lot, model::quantity_lots_max);
}
bool quantity_too_large(const Proposal& p) {
    return !p.lots || *p.lots > model::quantity_lots_max ||
           *p.lots > model::value_max.units / p.instrument->base_per_lot.units ||
           p.order.leaves > level_size_max - p.level_size;
}
bool price_not_positive(const Proposal& p) { return is_limit(p) && price_of(p).digits <= 0; }
bool price_too_precise(const Proposal& p) {
    return is_limit(p) && !p.ticks && !beyond(price_of(p), p.instrument->tick, model::price_ticks_max);
}
bool price_too_large(const Proposal& p) { return is_limit(p) && (!p.ticks || *p.ticks > model::price_ticks_max); }
bool notional_too_large(const Proposal& p) {
    if (!is_limit(p)) return false;
    return model::Int128{*p.ticks} * *p.lots > model::value_max.units / p.instrument->quote_per_tick_lot.units;
}
bool insufficient_funds(const Proposal& p) { return hold_of(p.order, *p.instrument) > p.spendable; }
bool quantity_not_above_filled(const Proposal& p) { return p.order.quantity <= p.order.cum; }

bool unknown_order(const Change& c) { return c.known == nullptr; }
bool order_closed(const Change& c) { return c.known->order.state != model::OrderState::open; }
bool symbol_mismatch(const Change& c) { return c.symbol != c.listed_symbol; }
bool side_mismatch(const Change& c) { return c.side != c.known->order.side; }

template <class Subject>
struct Check {
    RejectReason reason;
    bool (*fails)(const Subject&);
};

// The tables. Their order is the order of judging: the first failed check is the answer.

constexpr Check<Proposal> new_order_checks[] = {
    {RejectReason::price_on_market_order, price_on_market_order},
    {RejectReason::unknown_symbol, unknown_symbol},
    {RejectReason::unknown_account, unknown_account},
    {RejectReason::quantity_not_positive, quantity_not_positive},
    {RejectReason::quantity_too_precise, quantity_too_precise},
    {RejectReason::quantity_too_large, quantity_too_large},
    {RejectReason::price_not_positive, price_not_positive},
    {RejectReason::price_too_precise, price_too_precise},
    {RejectReason::price_too_large, price_too_large},
    {RejectReason::notional_too_large, notional_too_large},
    {RejectReason::insufficient_funds, insufficient_funds},
};

constexpr Check<Change> change_checks[] = {
    {RejectReason::unknown_order, unknown_order},
    {RejectReason::order_closed, order_closed},
    {RejectReason::symbol_mismatch, symbol_mismatch},
    {RejectReason::side_mismatch, side_mismatch},
};

constexpr Check<Proposal> new_terms_checks[] = {
    {RejectReason::quantity_not_positive, quantity_not_positive},
    {RejectReason::quantity_too_precise, quantity_too_precise},
    {RejectReason::quantity_too_large, quantity_too_large},
    {RejectReason::quantity_not_above_filled, quantity_not_above_filled},
    {RejectReason::price_not_positive, price_not_positive},
    {RejectReason::price_too_precise, price_too_precise},
    {RejectReason::price_too_large, price_too_large},
    {RejectReason::notional_too_large, notional_too_large},
    {RejectReason::insufficient_funds, insufficient_funds},
};

template <class Subject>
Flaw first_failed(std::span<const Check<Subject>> checks, const Subject& subject) {
    for (const Check<Subject>& check : checks) {
        if (check.fails(subject)) return {check.reason};
    }
    return {};
}

/// What every request is judged by first: its name is new, and decode saw nothing wrong.
template <class Request>
Flaw judge_request(const State& state, const model::Session& asker, const Request& asked) {
    if (state.find(asker.participant, asked.cl_ord_id) != nullptr) return {RejectReason::duplicate_cl_ord_id};
    return asked.flaw;
}

void measure(const State& state, Proposal& p) {
    p.lots = steps_of(p.quantity, p.instrument->lot);
    p.ticks = steps_of(price_of(p), p.instrument->tick);
    p.spendable = state.balance(p.order.account, hold_asset(p.order, *p.instrument)).available + p.order.hold;
    p.order.quantity = {p.lots.value_or(0)};
    p.order.leaves = p.order.quantity - p.order.cum;
    p.order.price = {p.ticks.value_or(0)};
    p.level_size = state.book(p.instrument->id).size_at(p.order.side, p.order.price);
    p.order.maker_rate = p.instrument->maker_rate;
    p.order.taker_rate = p.instrument->taker_rate;
}

/// Zero when the participant has no account of that name; its session's own when none is named.
model::AccountId account_of(const State& state, const model::Session& asker, std::string_view name) {
    if (name.empty()) return asker.account;
    const auto found = state.account_names.find(name);
    if (found == state.account_names.end()) return {};
    return state.reference.accounts.at(found->second).participant == asker.participant ? found->second
                                                                                       : model::AccountId{};
}

/// What a replace names and can't change; the tags are OrdType's, TimeInForce's and Account's.
Flaw other_kind_of_order(const State& state, const model::Session& asker, const model::ReplaceOrder& asked,
                         const model::Order& order) {
    if (asked.type != order.type) return {RejectReason::type_mismatch, 40};
    if (asked.time_in_force.value_or(order.time_in_force) != order.time_in_force) {
        return {RejectReason::type_mismatch, 59};
    }
    const bool same_account = asked.account.empty() || account_of(state, asker, asked.account) == order.account;
    return same_account ? Flaw{} : Flaw{RejectReason::type_mismatch, 1};
}

}  // namespace

Proposal propose(const State& state, const model::Session& asker, const model::PlaceOrder& asked) {
    Proposal p;
    p.instrument = state.instrument(asked.symbol);
    p.quantity = asked.quantity;
    p.price = asked.price;
    p.order.participant = asker.participant;
    p.order.account = account_of(state, asker, asked.account);
    p.order.session = asker.id;
    p.order.cl_ord_id = asked.cl_ord_id;
    p.order.side = asked.side;
    p.order.type = asked.type;
    p.order.time_in_force = asked.time_in_force;
    if (p.instrument == nullptr) return p;
    p.order.instrument = p.instrument->id;
    measure(state, p);
    return p;
}

Proposal propose(const State& state, const model::Order& replaced, const model::ReplaceOrder& asked) {
    Proposal p;
    p.instrument = &state.instrument(replaced.instrument);
    p.quantity = asked.quantity;
    p.price = asked.price;
    p.order = replaced;
    p.order.cl_ord_id = asked.cl_ord_id;
    measure(state, p);
    return p;
}

Flaw judge(const State& state, const model::Session& asker, const model::PlaceOrder& asked, const Proposal& proposal) {
    if (const Flaw flaw = judge_request(state, asker, asked)) return flaw;
    return first_failed<Proposal>(new_order_checks, proposal);
}

Flaw judge(const State& state, const model::Session& asker, const model::CancelOrder& asked, const Change& change) {
    if (const Flaw flaw = judge_request(state, asker, asked)) return flaw;
    return first_failed<Change>(change_checks, change);
}

Flaw judge(const State& state, const model::Session& asker, const model::ReplaceOrder& asked, const Change& change) {
    if (const Flaw flaw = judge_request(state, asker, asked)) return flaw;
    if (const Flaw flaw = first_failed<Change>(change_checks, change)) return flaw;
    if (const Flaw flaw = other_kind_of_order(state, asker, asked, change.known->order)) return flaw;
    return first_failed<Proposal>(new_terms_checks, propose(state, change.known->order, asked));
}

}  // namespace venue::engine
