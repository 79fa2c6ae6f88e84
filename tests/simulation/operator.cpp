#include "tests/simulation/operator.hpp"

#include <utility>
#include <vector>

#include "tests/simulation/order_form.hpp"
#include "venue/model/phase.hpp"

namespace venue::simulation {

std::string Operator::act(VenueProcess& venue, int venue_number) {
    const bool is_continuous = journal_.phase() == model::Phase::continuous;
    if (run_.dice.percent(is_continuous ? 12 : 75)) return change_phase(venue);
    if (run_.dice.percent(limited_.empty() && suspended_.empty() ? 6 : 60)) return restrain(venue);
    if (run_.dice.one_in(20)) return list_another(venue);
    if (run_.dice.one_in(4)) return revise(venue);
    if (run_.dice.one_in(10)) return settle(venue);
    return transfer(venue, venue_number);
}

std::string Operator::change_phase(VenueProcess& venue) {
    using enum model::Phase;
    if (journal_.phase() != continuous && !run_.dice.one_in(5)) {
        resume(venue);
        return "resumes";
    }
    const auto phase = run_.dice.pick(std::vector{closed, pre_open, opening_auction, closing_auction, closing_auction,
                                                  volatility_auction, halted, post_only});
    const std::string name(model::name(phase));
    run_.script.push_back(phase == halted ? "operator halt BTC-USD" : "operator phase BTC-USD " + name);
    venue.operate(model::ChangePhase{"BTC-USD", phase});
    return "asks for the phase " + name;
}

/// Limits the instrument's orders or a participant's, or suspends one; and soon lets them all go again.
std::string Operator::restrain(VenueProcess& venue) {
    if (!limited_.empty()) return limit(venue, std::exchange(limited_, {}), {});
    if (!suspended_.empty()) return suspend(venue, std::exchange(suspended_, {}), false);
    const std::string whom = run_.dice.one_in(2) ? "alice" : "bob";
    if (run_.dice.one_in(2)) {
        suspended_ = run_.dice.one_in(2) ? whom : whom + " --account " + whom;
        return suspend(venue, suspended_, true);
    }
    limited_ = run_.dice.one_in(2) ? "limits BTC-USD" : "limit-participant " + whom + " BTC-USD";
    return limit(
        venue, limited_,
        {run_.dice.between(50, 200), run_.dice.between(50, 200), run_.dice.between(1, 6), run_.dice.between(50, 400)});
}

std::string Operator::limit(VenueProcess& venue, const std::string& words, const test::NaiveLimits& most) {
    const model::AskedLimits limits{model::Decimal{most.lots, 2}, model::Decimal{most.notional, 0},
                                    static_cast<std::int32_t>(most.open_orders),
                                    static_cast<std::int32_t>(most.fat_finger_bp)};
    const auto line = words + " --max-quantity " + to_text(*limits.quantity) + " --max-notional " +
                      to_text(*limits.notional) + " --max-open-orders " + std::to_string(most.open_orders) +
                      " --fat-finger-bp " + std::to_string(most.fat_finger_bp);
    run_.script.push_back("operator " + line);
    if (words.starts_with("limits")) {
        venue.operate(model::ChangeInstrument{.symbol = "BTC-USD", .limits = limits});
    } else {
        const auto whom = words.substr(words.find(' ') + 1);
        venue.operate(model::LimitParticipant{whom.substr(0, whom.find(' ')), "BTC-USD", limits});
    }
    return "says " + line;
}

std::string Operator::suspend(VenueProcess& venue, const std::string& words, bool suspended) {
    const auto line = (suspended ? "suspend " : "resume-participant ") + words;
    run_.script.push_back("operator " + line);
    const auto whom = words.substr(0, words.find(' '));
    venue.operate(model::Suspend{whom, whom == words ? "" : whom, suspended});
    return "says " + line;
}

/// Nobody trades it: it comes and goes beside the other.
std::string Operator::list_another(VenueProcess& venue) {
    if (run_.dice.one_in(2)) {
        venue.operate(model::DelistInstrument{"BTC-USD.2"});
        return "delists another instrument";
    }
    venue.operate(
        model::ListInstrument{.symbol = "BTC-USD.2", .base = "BTC", .quote = "USD", .tick = {1, 0}, .lot = {1, 2}});
    return "lists another instrument";
}

/// A recent trade, as whoever looks it up in the journal finds it.
std::string Operator::revise(VenueProcess& venue) {
    auto asked = journal_.trade(run_.dice.below(6));
    if (!asked) return "finds no trade";
    // At some of these prices a buyer owes what it doesn't have.
    const auto price = run_.dice.one_in(3) ? run_.dice.between(1'000, 9'000) : run_.dice.between(80, 120);
    if (run_.dice.one_in(3)) asked->price = model::Decimal{price, 0};
    asked->forced = asked->price && !run_.dice.one_in(3);
    const auto match = std::to_string(asked->match.value);
    auto line = asked->price ? "correct " + match + " --price " + to_text(*asked->price) : "bust " + match;
    if (asked->forced) line += " --force";
    run_.script.push_back("operator " + line);
    venue.operate(std::move(*asked));
    return "says " + line;
}

std::string Operator::settle(VenueProcess& venue) {
    const std::string whom = run_.dice.one_in(2) ? "alice" : "bob";
    const std::string asset = run_.dice.one_in(2) ? "BTC" : "USD";
    run_.script.push_back("operator settle " + whom + " " + asset);
    venue.operate(model::SettleReceivable{whom, asset});
    return "settles what " + whom + " owes of " + asset;
}

void Operator::let_all_go(VenueProcess& venue) {
    resume(venue);
    if (!limited_.empty()) limit(venue, std::exchange(limited_, {}), {});
    if (!suspended_.empty()) suspend(venue, std::exchange(suspended_, {}), false);
}

void Operator::resume(VenueProcess& venue) {
    run_.script.emplace_back("operator resume BTC-USD");
    venue.operate(model::ChangePhase{"BTC-USD", {}});
}

std::string Operator::transfer(VenueProcess& venue, int venue_number) {
    auto& asked = some_transfer();
    ask(venue, venue_number, asked);
    const auto& [id, from, to, asset, amount, even_suspended] = asked.transfer;
    return "transfers " + id + ": " + amount + " " + asset + " from " + from + " to " + to;
}

/// Often one that was asked for before, whatever became of it.
Operator::Asked& Operator::some_transfer() {
    if (!transfers_.empty() && run_.dice.one_in(3)) {
        const auto back = run_.dice.below(std::min<std::int64_t>(std::ssize(transfers_), 4));
        return std::prev(transfers_.end(), back + 1)->second;
    }
    const auto number = std::to_string(1'000 + std::ssize(transfers_));
    const std::string owner = run_.dice.one_in(2) ? "alice" : "bob";
    const auto savings = test::savings_of(owner);
    const bool comes_back = run_.dice.one_in(2);
    const bool is_btc = run_.dice.one_in(2);
    const auto amount = is_btc ? lots_text(run_.dice.between(1, 200)) : std::to_string(run_.dice.between(1, 200));
    Asked asked{{"t" + number, comes_back ? savings : owner, comes_back ? owner : savings, is_btc ? "BTC" : "USD",
                 run_.dice.one_in(20) ? "1000000" : amount}};
    return transfers_["t" + number] = asked;
}

void Operator::ask(VenueProcess& venue, int venue_number, Asked& asked) {
    const auto& [id, from, to, asset, amount, even_suspended] = asked.transfer;
    run_.script.push_back("operator transfer " + id + " " + from + " " + to + " " + asset + " " + amount);
    asked.venue_number = venue_number;
    ++asked.times;
    asked.is_over = false;
    venue.transfer(asked.transfer, [this, &asked](const auto& told) {
        std::visit([&](const auto& words) { hear(asked, words); }, told);
    });
}

bool Operator::ask_again(VenueProcess& venue, int venue_number) {
    bool is_open = false;
    for (auto& [id, asked] : transfers_) {
        if (asked.is_over) continue;
        is_open = true;
        if (asked.venue_number != venue_number) ask(venue, venue_number, asked);
    }
    return is_open;
}

void Operator::hear(Asked& asked, const control::TransferOutcome& outcome) {
    journal_.check_transfer(asked.transfer.id, outcome.event);
    if (asked.event != 0 && asked.event != outcome.event) {
        run_.findings.add("the transfer " + asked.transfer.id + " is told to be two events");
    }
    if (asked.times > 1) {
        run_.coverage.hit(outcome.repeated ? "transfer asked for again: it was done before"
                                           : "transfer asked for again: it was not done before");
    }
    asked.is_over = true;
    asked.event = outcome.event;
}

void Operator::hear(Asked& asked, const control::TransferRefusal& refusal) {
    if (refusal.kind != control::TransferRefusal::Kind::declined) return;
    if (asked.event != 0) run_.findings.add("the transfer " + asked.transfer.id + " was done, and is told declined");
    asked.is_over = true;
}

void Operator::check_at_rest() {
    for (const auto& [id, event] : journal_.transfers()) {
        const auto asked = transfers_.find(id);
        if (asked != transfers_.end() && asked->second.event == event) continue;
        run_.findings.add("the transfer " + id + " is journaled, and the operator doesn't know it to be done");
    }
    for (const auto& [id, asked] : transfers_) {
        if (!asked.is_over) run_.findings.add("nobody says what became of the transfer " + id);
    }
}

}  // namespace venue::simulation
