#include "tests/simulation/prediction.hpp"

#include "tests/unit/engine/small_venue.hpp"

namespace venue::simulation {
namespace {

constexpr std::int64_t second = 1'000'000'000;

model::TimeInForce time_in_force(const std::string& name) {
    using model::TimeInForce;
    for (const auto known : {TimeInForce::day, TimeInForce::gtc, TimeInForce::ioc, TimeInForce::fok}) {
        if (model::name(known) == name) return known;
    }
    return TimeInForce::day;
}

/// The decimal in units of 10^-digits.
std::int64_t units(const std::string& decimal, int digits) {
    return static_cast<std::int64_t>(model::amount_of(model::parse_decimal(decimal).value(), digits).value().units);
}

test::Action action_of(const model::Event& first, const model::Reference& reference) {
    const auto& asked = first.asked;
    test::Action action;
    if (asked.starts_with("CancelOrder")) action.kind = test::Kind::cancel;
    if (asked.starts_with("ReplaceOrder")) action.kind = test::Kind::replace;
    if (asked.starts_with("AdvanceTime")) {
        action.kind = test::Kind::advance;
        return action;
    }
    const auto& session = reference.sessions.at(model::SessionId(std::stoi(said(asked, "session"))));
    action.session = session.comp_id;
    action.participant = reference.participants.at(session.participant).name;
    action.name = said(asked, "cl_ord_id");
    action.original = said(asked, "orig_cl_ord_id");
    action.buys = said(asked, "side") == "buy";
    action.market = said(asked, "type") == "market";
    action.time_in_force = time_in_force(said(asked, "time_in_force"));
    if (const auto quantity = said(asked, "quantity"); !quantity.empty()) action.milli_btc = units(quantity, 3);
    if (const auto price = said(asked, "price"); !price.empty()) action.deci_usd = units(price, 1);
    return action;
}

bool is_of_trading(const std::string& asked) {
    return asked.starts_with("PlaceOrder") || asked.starts_with("CancelOrder") || asked.starts_with("ReplaceOrder") ||
           asked.starts_with("AdvanceTime");
}

/// A name that is taken is told before anything that decode saw.
bool is_duplicate_before_all(const std::vector<std::string>& wanted, const std::vector<std::string>& told) {
    if (wanted.size() != 1 || told.size() != 1) return false;
    const auto head = [](const std::string& line) { return line.substr(0, line.rfind(' ')); };
    return wanted[0].ends_with("stale_resend") && told[0] == head(wanted[0]) + " duplicate_cl_ord_id";
}

/// The naive venue knows no limit of fills, and so nothing of a sweep that goes on.
model::Event in_one_go(model::Event event) {
    if (auto* const traded = std::get_if<model::OrderTraded>(&event.body)) traded->sweep_goes_on = false;
    return event;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += "\n    " + line;
    return text;
}

}  // namespace

std::string said(const std::string& asked, const std::string& key) {
    const auto start = asked.find(" " + key + "=");
    if (start == std::string::npos) return {};
    const auto value = start + key.size() + 2;
    return asked.substr(value, asked.find(' ', value) - value);
}

Prediction::Prediction() : naive_({10'000, 20'000, false}) {}

std::vector<std::string> Prediction::expected(const model::Event& first, const model::Reference& reference) {
    // What decode declined, the engine declines whatever its state.
    const auto flaw = said(first.asked, "flaw");
    const auto action = action_of(first, reference);
    if (flaw.empty() || flaw == "none") return naive_.act(action, first.time.nanoseconds / second);
    const std::string kind = action.kind == test::Kind::place ? "OrderRejected" : "ChangeRejected";
    return {kind + " to " + action.session + ": " + action.name + " " + flaw};
}

std::string Prediction::take(const std::vector<model::Event>& command, const model::Reference& reference) {
    const auto& first = command.front();
    if (const auto* deposit = std::get_if<model::FundsDeposited>(&first.body)) {
        const auto& account = reference.accounts.at(deposit->account);
        naive_.deposit(reference.participants.at(account.participant).name,
                       reference.assets.at(deposit->asset).code == "BTC", deposit->amount.units);
    }
    if (!is_of_trading(first.asked)) return {};
    std::vector<std::string> told;
    for (const auto& event : command) told.push_back(test::line(in_one_go(event), reference));
    const auto wanted = expected(first, reference);
    if (told == wanted || is_duplicate_before_all(wanted, told)) return {};
    return "to \"" + first.asked + "\" the venue said" + joined(told) + "\n  and the naive venue" + joined(wanted);
}

}  // namespace venue::simulation
