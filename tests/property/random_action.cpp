#include "tests/property/random_action.hpp"

namespace venue::test {
namespace {

using model::Decimal;

struct Sender {
    const char* session;
    const char* participant;
};
constexpr Sender senders[] = {{"ALICE", "alice"}, {"ALICE2", "alice"}, {"BOB", "bob"}, {"CAROL", "carol"}};

model::ClOrdId name_of(const std::string& text) { return model::ClOrdId(text); }

model::PlaceOrder placing(const Action& a, std::optional<Decimal> price) {
    return {name_of(a.name),
            "",
            "BTC-USD",
            a.buys ? model::Side::buy : model::Side::sell,
            a.market ? model::OrderType::market : model::OrderType::limit,
            a.time_in_force,
            {a.milli_btc, 3},
            price,
            {}};
}

model::TransferFunds transfer_of(const Action& a) {
    const std::string savings = savings_of(a.participant);
    return {a.name,
            a.market ? savings : a.participant,
            a.market ? a.participant : savings,
            a.buys ? "BTC" : "USD",
            {a.milli_btc, 3}};
}

}  // namespace

Action RandomActions::next() {
    Action action;
    const Sender& sender = senders[below(4)];
    action.session = sender.session;
    action.participant = sender.participant;
    action.seconds = one_in(50) ? 30'000 : below(10);
    const std::int64_t dice = below(100);
    action.kind = dice < 60   ? Kind::place
                  : dice < 75 ? Kind::cancel
                  : dice < 93 ? Kind::replace
                  : dice < 95 ? Kind::deposit
                  : dice < 98 ? Kind::transfer
                              : Kind::advance;
    choose_terms(action);
    action.original = some_name();
    const bool again = one_in(30);
    action.name = again ? some_name() : "n" + std::to_string(names_.size());
    if (!again) names_.push_back(action.name);
    if (action.kind == Kind::transfer) choose_transfer(action);
    return action;
}

/// Often the one before is asked for again, as whoever missed an answer does; now and then its id with other terms.
void RandomActions::choose_transfer(Action& action) {
    if (last_transfer_ && one_in(4)) {
        const std::int64_t seconds = action.seconds;
        action = *last_transfer_;
        action.seconds = seconds;
    }
    if (last_transfer_ && one_in(10)) action.name = last_transfer_->name;
    last_transfer_ = action;
}

void RandomActions::choose_terms(Action& action) {
    action.buys = one_in(2);
    action.market = one_in(8);
    action.time_in_force =
        std::vector{model::TimeInForce::gtc, model::TimeInForce::gtc, model::TimeInForce::day, model::TimeInForce::ioc,
                    model::TimeInForce::fok}[static_cast<std::size_t>(below(5))];
    action.milli_btc = 10 * (1 + below(one_in(10) ? 2'000 : 200));
    if (one_in(4)) action.milli_btc = 1'000;  // Equal quantities meet more often than chance would have it.
    if (one_in(40)) action.milli_btc = below(30) - 10;
    if (one_in(100)) action.milli_btc = 10 * (model::quantity_lots_max + below(2));
    if (action.market && !one_in(10)) return;
    action.deci_usd = 10 * (95 + below(11));
    if (one_in(40)) action.deci_usd = below(30) - 10;
    if (one_in(100)) action.deci_usd = 10 * (model::price_ticks_max + below(2));
}

std::string RandomActions::some_name() {
    if (names_.empty()) return "none";
    // Mostly a recent one: old orders are closed.
    const auto recent = static_cast<std::int64_t>(std::min<std::size_t>(names_.size(), one_in(10) ? 1'000 : 30));
    return names_[names_.size() - 1 - static_cast<std::size_t>(below(recent))];
}

model::CommandBody command_of(const Action& a, model::Timestamp now) {
    const auto price = a.deci_usd ? std::optional(Decimal{*a.deci_usd, 1}) : std::nullopt;
    const model::PlaceOrder order = placing(a, price);
    switch (a.kind) {
        case Kind::place:
            return order;
        case Kind::cancel:
            return model::CancelOrder{order.cl_ord_id, name_of(a.original), {}, order.symbol, order.side, {}};
        case Kind::replace:
            return model::ReplaceOrder{order.cl_ord_id,
                                       name_of(a.original),
                                       {},
                                       order.symbol,
                                       order.side,
                                       order.type,
                                       order.quantity,
                                       price,
                                       {}};
        case Kind::deposit:
            return model::DepositFunds{a.participant, a.buys ? "BTC" : "USD", {a.buys ? 1 : 100, 0}};
        case Kind::transfer:
            return transfer_of(a);
        case Kind::advance:
            break;
    }
    return model::AdvanceTime{now};
}

std::string savings_of(const std::string& participant) { return participant + "-savings"; }

}  // namespace venue::test
