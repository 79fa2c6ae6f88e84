// What a participant asks for with lists of orders, and what it holds against the answers.
#include <algorithm>
#include <utility>

#include "tests/simulation/order_form.hpp"
#include "tests/simulation/participant.hpp"
#include "tests/simulation/simulated_clock.hpp"
#include "tests/simulation/told_text.hpp"

namespace venue::simulation {

// ---- What it asks ---------------------------------------------------------------------------------------------------

std::string Participant::some_list() { return some_recent(&Participant::lists_, 2); }

std::string Participant::place_list() {
    // A list that has the name of another one is declined, as is one with an order that has.
    const auto list = !lists_.empty() && run_.dice.one_in(20) ? run_.dice.pick(lists_) : new_name();
    std::vector<std::string> names;
    for (auto orders = run_.dice.between(2, 3); orders > 0; --orders) {
        names.push_back(!names_.empty() && run_.dice.one_in(40) ? run_.dice.pick(names_) : new_name());
    }
    // What is entered under a name again isn't meant by those who ended the first.
    for (auto& cancel : list_cancels_) cancel.may_vanish |= cancel.list == list;
    lists_.push_back(list);
    return send("E", new_list_form(run_.dice, list, names));
}

std::string Participant::cancel_list() {
    run_.coverage.hit("list cancel request");
    return send("K", {{66, some_list()}, {60, utc_text(system_clock::wall())}});
}

std::string Participant::ask_for_a_list() {
    run_.coverage.hit("list status request");
    const auto list = some_list();
    list_questions_.push_back({"M", session_.last_sent() + 1, session_.reset_count(), list});
    return send("M", {{66, list}});
}

// ---- What it hears --------------------------------------------------------------------------------------------------

void Participant::hear_list(const WireMessage& message) {
    if (message.text(429) == "1") return hear_list_report(message);
    hear_list_answer(message);
}

void Participant::hear_list_report(const WireMessage& message) {
    if (is_new(list_reports_[list_key(message)], message)) hear_new_list_report(message);
}

/// The report of a list says what those of its orders have said before it.
void Participant::hear_new_list_report(const WireMessage& message) {
    journal_.check_list_report(comp_id_, message);
    const auto fate = message.text(431) == "7" ? Fate::rejected : Fate::accepted;
    for (const auto& [tag, name] : message.fields) {
        if (tag != 11) continue;
        auto& request = requests_[name];
        if (request.fate == Fate::open && has_given_up_) request.fate = fate;
        const bool fits = request.fate == fate || (fate == Fate::rejected && request.fate != Fate::accepted);
        if (fits || request.is_shared) continue;
        run_.findings.add(comp_id_ + " is told of its list what it wasn't told of " + name + ": " + message.content());
    }
}

void Participant::hear_list_answer(const WireMessage& message) {
    journal_.check_list_answer(comp_id_, message);
    const auto list = message.text(66);
    const bool is_open = message.text(431) != "6";
    if (is_open && has_ended(list)) {
        run_.findings.add(comp_id_ + " is told that a list it has cancelled is open: " + message.content());
    }
    for (auto& cancel : list_cancels_) {
        if (!is_open && cancel.list == list && cancel.fate == Fate::open) cancel.fate = Fate::accepted;
    }
    const auto question = std::ranges::find(list_questions_, list, &Request::list);
    if (question != list_questions_.end()) list_questions_.erase(question);
}

/// A session's answers come in the order of what it asked, but for those that were lost.
bool Participant::has_ended(const std::string& list) const {
    const auto is_before = [&](const Request& cancel) {
        return [&](const Request& question) {
            return question.list == list &&
                   std::pair(question.reset_count, question.number) < std::pair(cancel.reset_count, cancel.number);
        };
    };
    return std::ranges::any_of(list_cancels_, [&](const Request& cancel) {
        const bool is_meant = cancel.list == list && cancel.fate == Fate::open && !cancel.may_vanish;
        return is_meant && cancel.reset_count == session_.reset_count() &&
               std::ranges::none_of(list_questions_, is_before(cancel));
    });
}

void Participant::hear_unknown_list(const WireMessage& message) {
    const auto is_of_it = [&](const auto& order) { return order.second.list == message.text(379); };
    if (std::ranges::none_of(orders_, is_of_it)) return;
    run_.findings.add(comp_id_ + " is told that a list it has a report of is unknown: " + message.content());
}

/// An order of a list that was cancelled by the list's name: somebody of the firm wants that.
void Participant::judge_list_cancel(const WireMessage& message) {
    const auto list = message.text(66);
    if (wants_an_end_of(list) || (colleague_ != nullptr && colleague_->wants_an_end_of(list))) return;
    run_.findings.add(comp_id_ + "'s list is cancelled, and nobody asks for it: " + message.content());
}

bool Participant::wants_an_end_of(const std::string& list) const {
    return std::ranges::any_of(list_cancels_, [&](const Request& cancel) {
        return cancel.list == list && cancel.fate != Fate::withdrawn && cancel.fate != Fate::refused;
    });
}

// ---- At rest --------------------------------------------------------------------------------------------------------

void Participant::check_lists() {
    for (const auto& key : journal_.list_reports_for(comp_id_)) {
        if (list_reports_.contains(key) || list_reports_given_up_.contains(key)) continue;
        run_.findings.add(comp_id_ + " never heard how its list was received: " + key);
    }
    for (const auto& cancel : list_cancels_) {
        // An order of a colleague's list may have come later; what a reset gave up was perhaps never judged.
        const bool is_own = std::ranges::count(lists_, cancel.list) > 0;
        const bool was_judged = cancel.fate == Fate::open || cancel.fate == Fate::accepted;
        const bool is_earlier = cancel.reset_count != session_.reset_count();
        if (!is_own || !was_judged || is_earlier || cancel.may_vanish) continue;
        if (!journal_.is_open(comp_id_, cancel.list)) continue;
        run_.findings.add(comp_id_ + " cancelled the list " + cancel.list + ", and some of it is open");
    }
}

}  // namespace venue::simulation
