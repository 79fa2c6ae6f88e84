// What participants are told, held against what is journaled at that moment.
#include <algorithm>

#include "tests/simulation/journal_audit.hpp"
#include "tests/simulation/told_text.hpp"

namespace venue::simulation {

// ---- What participants were told ------------------------------------------------------------------------------------

model::SessionId JournalAudit::session(const std::string& comp_id) const {
    const auto* const known = folded_.reference().session(comp_id);
    return known == nullptr ? model::SessionId{} : known->id;
}

JournalAudit::ListName JournalAudit::list_name(const std::string& comp_id, const std::string& list) const {
    const auto* const known = folded_.reference().session(comp_id);
    return {known == nullptr ? model::ParticipantId{} : known->participant, list};
}

bool JournalAudit::is_for(const model::Event& event, model::SessionId session) const {
    return event.session == session || event.other_session == session;
}

const model::Event* JournalAudit::addressed(const std::string& comp_id, std::int64_t exec_id) const {
    if (exec_id < 1 || exec_id > last().value) return nullptr;
    const auto& event = events_.at(static_cast<std::size_t>(exec_id) - 1);
    return is_for(event, session(comp_id)) ? &event : nullptr;
}

void JournalAudit::check_report(const std::string& comp_id, const WireMessage& message) {
    const auto* const event = addressed(comp_id, message.number(17));
    if (event == nullptr) return complain(comp_id + " is told what isn't journaled: " + message.content());
    if (told_as(*event) != told_as(message)) {
        complain(comp_id + " is told \"" + told_as(message) + "\", and the journal says \"" + told_as(*event) + "\"");
    }
}

void JournalAudit::check_change_rejected(const std::string& comp_id, const WireMessage& message) {
    const auto names = change_rejections_for(comp_id);
    if (std::ranges::count(names, message.text(11)) > 0) return;
    complain(comp_id + " is told what isn't journaled: " + message.content());
}

void JournalAudit::check_status(const std::string& comp_id, const WireMessage& message) {
    const auto known = states_.find(message.text(37));
    if (known != states_.end() && known->second.contains(state_text(message))) return;
    complain(comp_id + " is told of a state that isn't journaled: " + message.content());
}

void JournalAudit::check_book(const std::string& comp_id, const WireMessage& message) {
    std::string text;
    for (auto field = message.fields.begin(); field != message.fields.end(); ++field) {
        if (field->first != 269) continue;
        text += level_text(field->second, (field + 1)->second, (field + 2)->second, (field + 3)->second);
    }
    if (!books_.contains(text)) complain(comp_id + " is told of a book that never was: " + text);
}

void JournalAudit::check_mass_report(const std::string& comp_id, const WireMessage& message) {
    const auto* const event = addressed(comp_id, message.number(37));
    const auto* const report = event == nullptr ? nullptr : std::get_if<model::MassCancelReported>(&event->body);
    if (report == nullptr) return complain(comp_id + " is told what isn't journaled: " + message.content());
    const auto told = message.text(11) + (message.text(531) == "0" ? " declined" : " " + message.text(533));
    const auto& done = report->done;
    const auto name = std::string(done.cl_ord_id.view());
    const auto journaled = name + (report->flaw ? " declined" : " " + std::to_string(done.affected));
    if (told != journaled) complain(comp_id + " is told \"" + told + "\", and the journal says \"" + journaled + "\"");
}

void JournalAudit::check_list_report(const std::string& comp_id, const WireMessage& message) {
    const auto is_it = [&](const model::Event& event) {
        const auto* const report = std::get_if<model::ListReported>(&event.body);
        return report != nullptr && is_for(event, session(comp_id)) && list_text(*report) == list_text(message);
    };
    if (std::ranges::any_of(events_, is_it)) return;
    complain(comp_id + " is told what isn't journaled: " + message.content());
}

void JournalAudit::check_list_answer(const std::string& comp_id, const WireMessage& message) {
    const auto known = list_states_.find(list_name(comp_id, message.text(66)));
    if (known != list_states_.end() && known->second.contains(list_text(message))) return;
    complain(comp_id + " is told of a list as it never was: " + message.content());
}

void JournalAudit::check_transfer(const std::string& id, std::int64_t event) {
    const auto done = transfers_.find(id);
    if (done != transfers_.end() && done->second == event) return;
    complain("the operator is told that the transfer " + id + " is event " + std::to_string(event));
}

std::vector<std::int64_t> JournalAudit::reports_for(const std::string& comp_id) const {
    std::vector<std::int64_t> found;
    for (const auto& event : events_) {
        const bool is_report =
            !exec_type(event).empty() || std::holds_alternative<model::MassCancelReported>(event.body);
        if (is_report && is_for(event, session(comp_id))) found.push_back(event.sequence.value);
    }
    return found;
}

std::vector<std::string> JournalAudit::change_rejections_for(const std::string& comp_id) const {
    std::vector<std::string> names;
    for (const auto& event : events_) {
        const auto* const rejected = std::get_if<model::ChangeRejected>(&event.body);
        if (rejected != nullptr && is_for(event, session(comp_id))) names.emplace_back(rejected->cl_ord_id.view());
    }
    return names;
}

std::vector<std::string> JournalAudit::list_reports_for(const std::string& comp_id) const {
    std::vector<std::string> keys;
    for (const auto& event : events_) {
        const auto* const report = std::get_if<model::ListReported>(&event.body);
        if (report != nullptr && is_for(event, session(comp_id))) keys.push_back(list_key(*report));
    }
    return keys;
}

bool JournalAudit::is_open(const std::string& comp_id, const std::string& list) const {
    return std::ranges::any_of(orders_of(list_name(comp_id, list)),
                               [](const model::Order& order) { return order.state == model::OrderState::open; });
}

void JournalAudit::check_all_judged(const std::string& comp_id, std::int64_t last_sent) {
    const auto id = session(comp_id);
    const auto judged = numbers_[{id, folded_.incarnation(id)}].inbound_judged;
    if (judged == last_sent) return;
    complain(comp_id + " sent " + std::to_string(last_sent) + " messages, and " + std::to_string(judged) +
             " were judged");
}

}  // namespace venue::simulation
