#include "tests/simulation/journal_audit.hpp"

#include <algorithm>
#include <utility>

#include "tests/simulation/asked_action.hpp"
#include "tests/simulation/told_text.hpp"

namespace venue::simulation {
namespace {

using model::Amount;

/// Whether the order is in the book from this event on.
bool comes_to_rest(const model::Event& event) {
    if (const auto* const accepted = std::get_if<model::OrderAccepted>(&event.body)) return accepted->rests;
    if (const auto* const triggered = std::get_if<model::OrderTriggered>(&event.body)) return triggered->rests;
    const auto* const restated = std::get_if<model::OrderRestated>(&event.body);
    return restated != nullptr && restated->reason == model::RejectReason::joined_auction;
}

/// What is special about a new order, a word for each.
std::vector<std::string> terms_of(const model::Order& order) {
    std::vector<std::string> terms = {std::string(name(order.type)), std::string(name(order.time_in_force))};
    const auto& special = order.special.get();
    if (special.post_only != model::PostOnly::no) terms.push_back("post only, " + std::string(name(special.post_only)));
    if (special.min_quantity != model::Quantity{}) terms.emplace_back("minimum quantity");
    if (special.cash != Amount{}) terms.emplace_back("by cash");
    if (special.display != model::Quantity{}) terms.emplace_back("iceberg");
    if (special.self_trade != model::SelfTrade::allowed) {
        terms.push_back("self-trade, " + std::string(name(special.self_trade)));
    }
    if (special.outlives_session) terms.emplace_back("outlives its session");
    if (special.role == model::ListRole::cancels_others) terms.emplace_back("cancels the others of its list");
    if (special.role == model::ListRole::triggers_others) terms.emplace_back("triggers the others of its list");
    if (special.role == model::ListRole::dormant) terms.emplace_back("dormant");
    if (special.peg != model::Peg::none) terms.push_back("peg, " + std::string(name(special.peg)));
    return terms;
}

std::string levels_text(const std::string& side, const std::vector<model::BookLevel>& levels) {
    std::string text;
    for (const auto& level : levels) {
        text += level_text(side, std::to_string(level.price.ticks), quantity_text(level.size.lots),
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
    met_.hit("event: " + std::string(model::name(event.body)));
    const auto* const reported = std::get_if<model::MassCancelReported>(&event.body);
    if (reported != nullptr && reported->done.lost && reported->done.affected > 0) {
        met_.hit("orders of a lost session are cancelled");
    }
    const auto* const cancelled = std::get_if<model::OrderCancelled>(&event.body);
    if (cancelled != nullptr) met_.hit("cancelled: " + std::string(name(cancelled->reason)));
    if (const auto* const order = model::order_of(event.body)) take_order(event, *order);
    take_transfer(event);
}

void JournalAudit::begin_command(const model::Event& event) {
    if (event.command != event.sequence) complain("a command's first event names another one");
    if (event.asked.empty()) complain("a command doesn't say what was asked");
    const auto kind = event.asked.substr(0, event.asked.find(' '));
    const auto wanted = whole_.empty() ? std::nullopt : folded_.follow_up();
    const auto follows = wanted ? model::describe({{}, *wanted}) : "";
    if (wanted && follows != event.asked) complain("\"" + follows + "\" must come before \"" + event.asked + "\"");
    if (wanted) met_.hit("goes on: " + kind);
    if (!whole_.empty() && !wanted && kind != "AdvanceTime") complain("what falls due isn't over, and comes " + kind);
    const auto number = said(event.asked, "number");
    if (number.empty() || event.asked.starts_with("LogOnSession")) return;
    const NumberKey key{model::SessionId(std::stoi(said(event.asked, "session"))),
                        model::Incarnation(std::stoi(said(event.asked, "incarnation"))), std::stoll(number)};
    if (!asked_.insert(key).second) complain("this takes effect twice: " + event.asked);
}

void JournalAudit::take_order(const model::Event& event, const model::Order& order) {
    orders_[order.id] = order;
    states_[std::to_string(order.id.value)].insert(state_text(order));
    if (const auto list = std::string(order.special.get().list_name.view()); !list.empty()) {
        lists_[{order.participant, list}].insert(order.id);
        changed_lists_.insert({order.participant, list});
    }
    const bool is_open = order.state == model::OrderState::open;
    if (std::holds_alternative<model::OrderAccepted>(event.body)) {
        for (const auto& terms : terms_of(order)) met_.hit("accepted: " + terms);
    }
    if (comes_to_rest(event)) resting_.insert(order.id);
    if (!is_open) resting_.erase(order.id);
    if (is_open && order.quantity != order.cum + order.leaves) complain("38 is not 14 + 151");
    if (!is_open && (order.hold != Amount{} || order.leaves.lots != 0)) complain("a closed order holds something");
}

void JournalAudit::take_transfer(const model::Event& event) {
    const auto* const done = std::get_if<model::FundsTransferred>(&event.body);
    if (done == nullptr) return;
    const bool is_new = transfers_.emplace(done->id, event.sequence.value).second;
    if (!is_new) complain("the transfer " + done->id + " takes effect twice");
}

/// Whether something must come before anything else, or falls due at the very same moment.
bool JournalAudit::goes_on() const {
    if (folded_.follow_up()) return true;
    const auto until = said(whole_.front().asked, "until");
    const auto due = folded_.next_due();
    return !until.empty() && due && due->nanoseconds <= std::stoll(until);
}

void JournalAudit::end_command() {
    whole_.insert(whole_.end(), command_.begin(), command_.end());
    command_.clear();
    check_balances();
    if (goes_on()) return;
    // Only in between may the book be crossed, and nobody is told of it then.
    check_levels();
    note_lists();
    if (const auto fault = prediction_.take(whole_, folded_.reference()); !fault.empty()) complain(fault);
    whole_.clear();
}

/// Nobody is told of one while commands go on.
void JournalAudit::note_lists() {
    for (const auto& list : std::exchange(changed_lists_, {})) {
        list_states_[list].insert(list_text(list.second, orders_of(list)));
    }
}

std::vector<model::Order> JournalAudit::orders_of(const ListName& list) const {
    std::vector<model::Order> orders;
    const auto known = lists_.find(list);
    if (known == lists_.end()) return orders;
    for (const auto id : known->second) orders.push_back(orders_.at(id));
    return orders;
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
        level = {order.price, level.size + displayed(order), level.order_count + 1};
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
    const bool crossed = both && found.bids[0].price >= found.offers[0].price;
    if (crossed && may_match(phase())) complain("the book is crossed");
    books_.insert(bids + offers);
}

std::optional<model::ReviseTrade> JournalAudit::trade(std::int64_t ago) const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
        const auto* const resting = std::get_if<model::OrderTraded>(&event->body);
        if (resting == nullptr || resting->match.value == event->sequence.value || ago-- > 0) continue;
        model::ReviseTrade asked{.match = resting->match};
        for (const auto* half : {std::get_if<model::OrderTraded>(&std::next(event)->body), resting}) {
            asked.halves.push_back(half_of(*half, event->time));
            asked.halves.back().order = orders_.at(half->order.id);
        }
        return asked;
    }
    return {};
}

model::Phase JournalAudit::phase() const {
    const auto& instruments = folded_.reference().instruments;
    return instruments.empty() ? model::Phase::continuous : instruments.begin()->second.phase;
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

}  // namespace venue::simulation
