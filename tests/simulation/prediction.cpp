#include "tests/simulation/prediction.hpp"

#include <algorithm>
#include <array>

#include "tests/simulation/asked_action.hpp"
#include "tests/simulation/demo_floor.hpp"
#include "tests/unit/engine/small_venue.hpp"

namespace venue::simulation {
namespace {

/// Whatever a mass cancel, pegged orders or a sweep do is told by other lines; these only say how far one command came,
/// and the naive venue knows no limits, and of a session's incarnations only the first.
bool is_left_out(const std::string& line) {
    constexpr std::array kinds = {"MassCancelMarked", "PegsMoved", "SweepMarked", "SessionLoggedOn"};
    return std::ranges::any_of(kinds, [&](const char* kind) { return line.starts_with(kind); });
}

std::vector<std::string> compared(std::vector<std::string> lines) {
    std::erase_if(lines, is_left_out);
    return lines;
}

/// The naive venue knows no limit of fills, and so nothing of a sweep that goes on.
model::Event simplified(model::Event event) {
    if (auto* const traded = std::get_if<model::OrderTraded>(&event.body)) traded->sweep_goes_on = false;
    return event;
}

/// Between the look-up of its orders and the revision itself one was closed and forgotten.
bool is_overtaken(const std::vector<std::string>& told) {
    return told.size() == 1 && told[0].find("have changed just now") != std::string::npos;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += "\n    " + line;
    return text;
}

}  // namespace

Prediction::Prediction() : naive_(demo_fees) {
    for (const auto& session : demo_sessions)
        naive_.add_session(session.comp_id, session.participant, session.rule, false);
    naive_.keep_apart("bob", bobs_rule);
    naive_.releases_at_once = 2;  // As the simulated venue does.
    for (const std::string name : {"alice", "bob"}) {
        naive_.open_account(name);
        naive_.open_account(test::savings_of(name));
    }
}

std::vector<std::string> Prediction::expected(const model::Event& first, const model::Reference& reference) {
    auto action = asked_action(first, reference);
    if (action.kind == test::Kind::revise) action.trades_ago = trades_since(said(first.asked, "match"));
    return naive_.act(action, first.time.nanoseconds);
}

void Prediction::note_trades(const std::vector<model::Event>& command) {
    for (const auto& event : command) {
        const auto* const traded = std::get_if<model::OrderTraded>(&event.body);
        if (traded != nullptr && traded->match.value == event.sequence.value) trades_.push_back(traded->match.value);
    }
}

std::int64_t Prediction::trades_since(const std::string& match) const {
    const auto found = std::ranges::find(trades_, match.empty() ? 0 : std::stoll(match));
    return trades_.end() - found - 1;
}

std::string Prediction::take(const std::vector<model::Event>& command, const model::Reference& reference) {
    const auto& first = command.front();
    if (const auto* deposit = std::get_if<model::FundsDeposited>(&first.body)) {
        const auto& account = reference.accounts.at(deposit->account);
        naive_.deposit(account.name, reference.assets.at(deposit->asset).code, deposit->amount.units);
    }
    if (std::holds_alternative<model::FeesSet>(first.body)) naive_.begin_fees(first.time.nanoseconds);
    if (!is_predicted(first.asked)) return {};
    std::vector<std::string> told;
    for (const auto& event : command) told.push_back(test::without_numbers(test::line(simplified(event), reference)));
    told = compared(std::move(told));
    if (is_overtaken(told)) return {};
    const auto wanted = compared(expected(first, reference));
    note_trades(command);
    if (told == wanted) return {};
    return "to \"" + first.asked + "\" the venue said" + joined(told) + "\n  and the naive venue" + joined(wanted);
}

}  // namespace venue::simulation
