#include "tests/simulation/journal_audit.hpp"

#include <algorithm>

namespace venue::simulation {
namespace {

using model::Amount;

std::string lots_text(std::int64_t lots) {
    const auto digits = std::to_string(100 + lots % 100).substr(1);
    if (digits == "00") return std::to_string(lots / 100);
    return std::to_string(lots / 100) + "." + (digits[1] == '0' ? digits.substr(0, 1) : digits);
}

std::string status_letter(const model::Order& order) {
    using enum model::OrderState;
    if (order.state == open) return order.cum.lots == 0 ? "0" : "1";
    return order.state == filled ? "2" : order.state == cancelled ? "4" : "C";
}

/// What a report or a status tells of an order's state.
std::string state_text(const model::Order& order) {
    return "status " + status_letter(order) + " cum " + lots_text(order.cum.lots) + " leaves " +
           lots_text(order.leaves.lots) + " of " + lots_text(order.quantity.lots) +
           (order.side == model::Side::buy ? " bought" : " sold");
}

std::string state_text(const WireMessage& message) {
    return "status " + message.text(39) + " cum " + message.text(14) + " leaves " + message.text(151) + " of " +
           message.text(38) + (message.text(54) == "1" ? " bought" : " sold");
}

std::string exec_type(const model::Event& event) {
    using namespace model;
    if (std::holds_alternative<OrderAccepted>(event.body)) return "0";
    if (std::holds_alternative<OrderTraded>(event.body)) return "F";
    if (std::holds_alternative<OrderCancelled>(event.body)) return "4";
    if (std::holds_alternative<OrderExpired>(event.body)) return "C";
    if (std::holds_alternative<OrderReplaced>(event.body)) return "5";
    if (std::holds_alternative<OrderRestated>(event.body)) return "D";
    if (std::holds_alternative<OrderTriggered>(event.body)) return "D";
    return std::holds_alternative<OrderRejected>(event.body) ? "8" : "";
}

std::string name_in(const model::Event& event) {
    if (const auto* rejected = std::get_if<model::OrderRejected>(&event.body)) {
        return std::string(rejected->cl_ord_id.view());
    }
    if (const auto* cancelled = std::get_if<model::OrderCancelled>(&event.body)) {
        if (!cancelled->request.empty()) return std::string(cancelled->request.view());
    }
    const auto* const order = model::order_of(event.body);
    return order == nullptr ? "" : std::string(order->cl_ord_id.view());
}

/// The event as a report tells it, in what matters most.
std::string told_as(const model::Event& event) {
    std::string text = exec_type(event) + " " + name_in(event);
    if (const auto* const order = model::order_of(event.body)) {
        text += " order " + std::to_string(order->id.value) + " " + state_text(*order);
    }
    if (const auto* const traded = std::get_if<model::OrderTraded>(&event.body)) {
        text += " last " + lots_text(traded->last_quantity.lots) + " at " + std::to_string(traded->last_price.ticks);
    }
    return text;
}

std::string told_as(const WireMessage& report) {
    const auto kind = report.text(150);
    std::string text = kind + " " + report.text(11);
    if (kind != "8") text += " order " + report.text(37) + " " + state_text(report);
    if (kind == "F") text += " last " + report.text(32) + " at " + report.text(31);
    return text;
}

/// Whether the command came to the limit of fills before it was through.
bool leaves_a_sweep(const std::vector<model::Event>& command) {
    const auto goes_on = [](const model::Event& event) {
        const auto* const traded = std::get_if<model::OrderTraded>(&event.body);
        return traded != nullptr && traded->sweep_goes_on;
    };
    return std::ranges::any_of(command, goes_on);
}

std::string level_text(const std::string& side, const std::string& price, const std::string& size,
                       const std::string& count) {
    return " " + side + " " + price + ":" + size + "(" + count + ")";
}

std::string levels_text(const std::string& side, const std::vector<model::BookLevel>& levels) {
    std::string text;
    for (const auto& level : levels) {
        text += level_text(side, std::to_string(level.price.ticks), lots_text(level.size.lots),
                           std::to_string(level.order_count));
    }
    return text;
}

}  // namespace

JournalAudit::JournalAudit(Findings& findings) : findings_(findings) {}

void JournalAudit::complain(const std::string& what) {
    findings_.add("journal at " + std::to_string(last().value) + ": " + what);
}

void JournalAudit::committed(const model::Group& group) {
    for (const auto& numbers : group.numbers) take_numbers(numbers);
    auto posting = group.postings.begin();
    for (const auto& event : group.events) {
        take(event);
        const auto first = posting;
        while (posting != group.postings.end() && posting->event <= event.sequence) ++posting;
        post({first, posting});
        if (event.last) end_command();
    }
    if (posting != group.postings.end()) complain("a posting belongs to no event");
    if (!command_.empty()) complain("a transaction ends within a command");
    for (const auto& run : group.outbound) take_run(run);
}

// ---- Events ---------------------------------------------------------------------------------------------------------

void JournalAudit::take(const model::Event& event) {
    if (event.sequence.value != last().value + 1) complain("sequence numbers have a gap");
    if (event.time < folded_.last_time()) complain("time goes back");
    if (command_.empty()) {
        begin_command(event);
    } else if (event.command != command_.front().sequence) {
        complain("a command has no last event");
    }
    folded_.fold(event);
    command_.push_back(event);
    events_.push_back(event);
    ++events_by_kind_[std::string(model::name(event.body))];
    if (const auto* const order = model::order_of(event.body)) take_order(event, *order);
}

void JournalAudit::begin_command(const model::Event& event) {
    if (event.command != event.sequence) complain("a command's first event names another one");
    if (event.asked.empty()) complain("a command doesn't say what was asked");
    const bool goes_on = event.asked.starts_with("ContinueSweep");
    if (goes_on == whole_.empty()) complain("the rest of a sweep doesn't follow it");
    continued_count_ += goes_on ? 1 : 0;
    const auto number = said(event.asked, "number");
    if (number.empty() || event.asked.starts_with("LogOnSession")) return;
    const NumberKey key{model::SessionId(std::stoi(said(event.asked, "session"))),
                        model::Incarnation(std::stoi(said(event.asked, "incarnation"))), std::stoll(number)};
    if (!asked_.insert(key).second) complain("this takes effect twice: " + event.asked);
}

void JournalAudit::take_order(const model::Event& event, const model::Order& order) {
    orders_[order.id] = order;
    states_[std::to_string(order.id.value)].insert(state_text(order));
    const bool is_open = order.state == model::OrderState::open;
    const auto* const accepted = std::get_if<model::OrderAccepted>(&event.body);
    if (accepted != nullptr && accepted->rests) resting_.insert(order.id);
    if (!is_open) resting_.erase(order.id);
    if (is_open && order.quantity != order.cum + order.leaves) complain("38 is not 14 + 151");
    if (!is_open && (order.hold != Amount{} || order.leaves.lots != 0)) complain("a closed order holds something");
}

void JournalAudit::end_command() {
    const bool goes_on = leaves_a_sweep(command_);
    whole_.insert(whole_.end(), command_.begin(), command_.end());
    command_.clear();
    check_balances();
    if (goes_on) return;
    // Only in between may the book be crossed, and nobody is told of it then.
    check_levels();
    if (const auto fault = prediction_.take(whole_, folded_.reference()); !fault.empty()) complain(fault);
    whole_.clear();
}

// ---- Money ----------------------------------------------------------------------------------------------------------

void JournalAudit::post(const std::vector<model::Posting>& postings) {
    std::map<model::AssetId, Amount> sums;
    for (const auto& posting : postings) {
        balances_[{posting.account, posting.asset}] += posting.amount;
        sums[posting.asset] += posting.amount;
    }
    for (const auto& [asset, sum] : sums) {
        if (sum != Amount{}) complain("postings don't sum to zero");
    }
}

void JournalAudit::check_balances() {
    std::map<std::pair<model::AccountId, model::AssetId>, Amount> held;
    for (const auto& [id, order] : orders_) {
        if (order.state != model::OrderState::open) continue;
        const auto& instrument = folded_.reference().instruments.at(order.instrument);
        held[{order.account, order.side == model::Side::buy ? instrument.quote : instrument.base}] += order.hold;
    }
    for (const auto& [key, balance] : balances_) {
        if (key.first == model::clearing_account && balance != Amount{}) complain("clearing is not zero");
        if (key.first < model::first_participant_account) continue;
        const auto known = folded_.balance(key.first, key.second);
        if (balance < Amount{} || known.available < Amount{}) complain("a balance is negative");
        if (known.available + known.held != balance) complain("available and held are not the ledger's balance");
        if (known.held != held[key]) complain("what is held is not what open orders hold");
    }
}

// ---- The book -------------------------------------------------------------------------------------------------------

model::BookAnswer JournalAudit::book() const {
    const auto answer = folded_.answer(model::BookQuestion{"", "BTC-USD"}, model::SessionId{1}, folded_.last_time());
    const auto* const found = std::get_if<model::BookAnswer>(&answer);
    return found == nullptr ? model::BookAnswer{} : *found;
}

std::string JournalAudit::own_levels(model::Side side) const {
    std::map<std::int64_t, model::BookLevel> levels;  // Best first.
    for (const auto id : resting_) {
        const auto& order = orders_.at(id);
        if (order.side != side) continue;
        auto& level = levels[side == model::Side::buy ? -order.price.ticks : order.price.ticks];
        level = {order.price, level.size + order.leaves, level.order_count + 1};
    }
    std::vector<model::BookLevel> sorted;
    for (const auto& [rank, level] : levels) sorted.push_back(level);
    return levels_text(side == model::Side::buy ? "0" : "1", sorted);
}

void JournalAudit::check_levels() {
    const auto found = book();
    const auto bids = levels_text("0", found.bids);
    const auto offers = levels_text("1", found.offers);
    if (bids != own_levels(model::Side::buy) || offers != own_levels(model::Side::sell)) {
        complain("the levels are not the sums of their orders:" + bids + offers);
    }
    const bool both = !found.bids.empty() && !found.offers.empty();
    if (both && found.bids[0].price >= found.offers[0].price) complain("the book is crossed");
    books_.insert(bids + offers);
}

bool JournalAudit::compare(const engine::Engine& live) {
    if (live.last_sequence() != last()) return false;
    if (live.state_hash() != folded_.state_hash()) complain("the venue's state is not what its journal folds to");
    return true;
}

// ---- Numbers --------------------------------------------------------------------------------------------------------

void JournalAudit::take_numbers(const model::SessionNumbers& numbers) {
    auto& known = numbers_[{numbers.session, numbers.incarnation}];
    known.inbound_judged = std::max(known.inbound_judged, numbers.inbound_judged);
    known.outbound_reserved = std::max(known.outbound_reserved, numbers.outbound_reserved);
}

void JournalAudit::take_run(const model::OutboundRun& run) {
    const auto reserved = numbers_[{run.session, run.incarnation}].outbound_reserved;
    for (const auto& as : run.numbers) {
        const bool is_new = numbered_.emplace(NumberKey{run.session, run.incarnation, as.number}, as.event).second;
        if (!is_new) complain("number " + std::to_string(as.number) + " is given twice");
        if (as.number > reserved) complain("number " + std::to_string(as.number) + " was not reserved");
        if (as.event > last() || !is_for(events_.at(static_cast<std::size_t>(as.event.value) - 1), run.session)) {
            complain("a number is given to an event that isn't the session's");
        }
    }
}

// ---- What participants were told ------------------------------------------------------------------------------------

model::SessionId JournalAudit::session(const std::string& comp_id) const {
    const auto* const known = folded_.reference().session(comp_id);
    return known == nullptr ? model::SessionId{} : known->id;
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

std::vector<std::int64_t> JournalAudit::reports_for(const std::string& comp_id) const {
    std::vector<std::int64_t> found;
    for (const auto& event : events_) {
        if (is_for(event, session(comp_id)) && !exec_type(event).empty()) found.push_back(event.sequence.value);
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

void JournalAudit::check_all_judged(const std::string& comp_id, std::int64_t last_sent) {
    const auto id = session(comp_id);
    const auto judged = numbers_[{id, folded_.incarnation(id)}].inbound_judged;
    if (judged == last_sent) return;
    complain(comp_id + " sent " + std::to_string(last_sent) + " messages, and " + std::to_string(judged) +
             " were judged");
}

}  // namespace venue::simulation
