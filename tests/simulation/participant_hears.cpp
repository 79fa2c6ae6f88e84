// What a participant holds against each message that it receives.
#include "tests/simulation/participant.hpp"
#include "tests/simulation/told_text.hpp"

namespace venue::simulation {
namespace {

std::int64_t lots_of(const std::string& text) {
    const auto point = text.find('.');
    const auto whole = std::stoll("0" + text.substr(0, point));
    auto digits = point == std::string::npos ? "" : text.substr(point + 1);
    digits.resize(2, '0');
    return whole * 100 + std::stoll(digits);
}

bool is_closed(const std::string& status) { return status == "2" || status == "4" || status == "C"; }

}  // namespace

// ---- What it hears --------------------------------------------------------------------------------------------------

void Participant::hear(const WireMessage& message) {
    const auto type = message.type();
    if (type == "8" && message.text(150) == "I") return hear_status(message);
    if (type == "8") return hear_report(message);
    if (type == "9") return hear_change_rejected(message);
    if (type == "r") return hear_mass_report(message);
    if (type == "N") return hear_list(message);
    if (type == "W") return journal_.check_book(comp_id_, message);
    if (type == "j" || type == "3") return hear_refusal(message);
    run_.findings.add(comp_id_ + " is sent what nobody asked for: " + message.content());
}

/// The same event may be told twice: under its own number, marked 43=Y, or under another one, marked 97=Y.
bool Participant::is_announced_again(const WireMessage& message) const {
    return message.is_poss_dup() || message.text(97) == "Y";
}

void Participant::hear_report(const WireMessage& message) {
    if (is_new(heard_[message.number(17)], message)) hear_new_report(message);
}

/// False for what was told before, which must be told the same then, and marked; else it is `known` from now on.
bool Participant::is_new(std::string& known, const WireMessage& message) {
    const auto content = message.content({34, 97});
    if (message.text(97) == "Y") run_.coverage.hit("report sent again under another number");
    if (known.empty()) {
        known = content;
        return true;
    }
    if (known != content) run_.findings.add(comp_id_ + " is told two things: " + known + " and " + content);
    if (!is_announced_again(message)) run_.findings.add(comp_id_ + " is told twice, and unmarked: " + content);
    return false;
}

void Participant::hear_mass_report(const WireMessage& message) {
    if (!is_new(heard_[message.number(37)], message)) return;
    journal_.check_mass_report(comp_id_, message);
    auto& request = requests_[message.text(11)];
    if (request.fate != Fate::open && !request.is_shared) {
        run_.findings.add(comp_id_ + "'s mass cancel takes effect after it was withdrawn: " + message.content());
    }
    request.fate = message.text(531) == "0" ? Fate::rejected : Fate::accepted;
}

void Participant::hear_new_report(const WireMessage& message) {
    journal_.check_report(comp_id_, message);
    if (message.text(150) == "8") {
        auto& request = requests_[message.text(11)];
        if (request.fate == Fate::open) request.fate = Fate::rejected;
        return;
    }
    if (is_acceptance(message)) judge_acceptance(message);
    if (message.text(58) == "Cancelled on request, with its list.") judge_list_cancel(message);
    follow(orders_[message.text(37)], message);
}

/// New, replaced, or cancelled because somebody asked: an order that the venue itself cancels keeps its own name.
bool Participant::is_acceptance(const WireMessage& message) const {
    const auto type = message.text(150);
    const auto request = requests_.find(message.text(11));
    const bool is_cancel = request != requests_.end() && request->second.type == "F";
    return type == "0" || type == "5" || (type == "4" && is_cancel);
}

void Participant::judge_acceptance(const WireMessage& message) {
    const auto name = message.text(11);
    // A colleague's request is the colleague's to judge.
    if (!name.starts_with(prefix())) return;
    const auto found = requests_.find(name);
    if (found == requests_.end()) {
        return run_.findings.add(comp_id_ + " hears of an order that it never sent: " + message.content());
    }
    auto& request = found->second;
    const bool was_declined = !request.is_shared && request.fate != Fate::open;
    if (was_declined || request.fate == Fate::accepted) {
        run_.findings.add(comp_id_ +
                          "'s request comes alive after it was declined, withdrawn or accepted: " + message.content());
    }
    // A cancel takes risk away, however old it is.
    if (request.too_old && !request.is_shared && !takes_away(request.type)) {
        run_.findings.add(comp_id_ + "'s old intention was executed: " + message.content());
    }
    request.fate = Fate::accepted;
}

/// Holds a report against the ones before it: fills add up, nothing happens to a closed order.
void Participant::follow(View& view, const WireMessage& message) {
    const auto exec_id = message.number(17);
    const auto status = message.text(39);
    const auto cum = lots_of(message.text(14));
    const auto leaves = lots_of(message.text(151));
    const auto complain = [&](const std::string& what) {
        run_.findings.add(comp_id_ + ": " + what + ": " + message.content());
    };
    if (exec_id < view.last_report) complain("a report comes after a later one");
    if (!is_closed(status) && lots_of(message.text(38)) != cum + leaves) complain("38 is not 14 + 151");
    if (is_closed(status) && leaves != 0) complain("a closed order has something open");
    const auto type = message.text(150);
    const bool is_revision = type == "G" || type == "H";
    if (is_closed(view.status) && !is_revision) complain("something happens to a closed order");
    const auto traded = type == "F" || type == "H" ? lots_of(message.text(32)) : 0;
    const auto filled = type == "H" ? -traded : traded;
    const bool is_whole = view.last_report == 0 ? message.text(150) == "0" : view.is_whole;
    if (is_whole && !has_given_up_ && view.cum + filled != cum) complain("fills don't add up");
    view = {exec_id, cum, leaves, status, is_whole, message.text(66)};
}

void Participant::hear_status(const WireMessage& message) {
    if (message.text(37) != "NONE") {
        // What was told once isn't taken back, not even by an answer that was judged earlier.
        const auto view = orders_.find(message.text(37));
        const bool is_older = view != orders_.end() && lots_of(message.text(14)) < view->second.cum;
        if (is_older) run_.findings.add(comp_id_ + " is told an older state than before: " + message.content());
        return journal_.check_status(comp_id_, message);
    }
    const auto found = requests_.find(message.text(11));
    const bool is_known = found != requests_.end() && found->second.fate == Fate::accepted;
    if (is_known && !message.is_poss_dup()) {
        run_.findings.add(comp_id_ + " is told that an order it has a report of is unknown: " + message.content());
    }
}

void Participant::hear_change_rejected(const WireMessage& message) {
    if (!is_new(rejections_[message.text(11)], message)) return;
    journal_.check_change_rejected(comp_id_, message);
    auto& request = requests_[message.text(11)];
    if (request.fate == Fate::open) request.fate = Fate::rejected;
}

void Participant::hear_refusal(const WireMessage& message) {
    // A Reject for a wrong SendingTime (373=10) may be about a duplicate of what was judged before.
    if (message.is_poss_dup() || message.text(373) == "10") return;
    const auto requests = requests_of(message.number(45));
    for (auto* const request : requests) {
        if (request->fate == Fate::open) request->fate = Fate::refused;
    }
    if (message.text(380) == "1") return hear_unknown_list(message);
    if (message.type() != "j" || requests.empty()) return;
    const bool is_too_fast = message.text(58).starts_with("More than ");
    run_.coverage.hit(is_too_fast ? "admission: a request is refused because of its rate"
                                  : "admission: an order is refused as busy");
    if (takes_away(requests.front()->type)) run_.findings.add(comp_id_ + "'s cancel is refused: " + message.content());
}

void Participant::give_up(const WireMessage& message) {
    has_given_up_ = true;
    if (message.type() == "8") given_up_.insert(message.number(17));
    if (message.type() == "r") given_up_.insert(message.number(37));
    if (message.type() == "9") rejections_given_up_.insert(message.text(11));
    if (message.type() == "N" && message.text(429) == "1") list_reports_given_up_.insert(list_key(message));
}

}  // namespace venue::simulation
