#include "tests/simulation/participant.hpp"

#include <algorithm>
#include <utility>

#include "tests/simulation/demo_floor.hpp"
#include "tests/simulation/order_form.hpp"
#include "tests/simulation/simulated_clock.hpp"

namespace venue::simulation {
namespace {

/// As the rules of engagement say, with room for what the clock moves while a message is under way.
constexpr std::int64_t too_old_nanoseconds = 5'000'000'000;

bool enters_orders(const std::string& type) { return type == "D" || type == "G" || type == "E"; }

std::string transact_time() { return utc_text(system_clock::wall()); }

}  // namespace

Participant::Participant(std::string comp_id, std::string secret, Run& run, JournalAudit& journal)
    : comp_id_(std::move(comp_id)),
      run_(run),
      journal_(journal),
      session_(comp_id_, std::move(secret), run,
               {[this](const WireMessage& message) { hear(message); },
                [this](std::int64_t number) {
                    for (auto* request : requests_of(number)) request->fate = Fate::withdrawn;
                },
                [this](std::int64_t number, std::int64_t age) {
                    for (auto* request : requests_of(number)) request->too_old |= age > too_old_nanoseconds;
                },
                [this](const WireMessage& message) { give_up(message); }}) {}

bool Participant::takes_away(const std::string& type) { return type == "F" || type == "q" || type == "K"; }

// ---- What it asks ---------------------------------------------------------------------------------------------------

std::string Participant::act() {
    if (kill_switch_is_on_ && run_.dice.one_in(3)) return mass_cancel();
    const auto choice = run_.dice.below(100);
    if (choice < 2) return mass_cancel();
    if (choice < 40) return place();
    if (choice < 49) return place_list();
    if (choice < 63) return cancel();
    if (choice < 67) return cancel_list();
    if (choice < 80) return replace();
    if (choice < 86) return ask_status();
    if (choice < 90) return ask_for_a_list();
    if (choice < 95) return ask_for_the_book();
    return send_nonsense();
}

/// "alice-": what all of its names begin with.
std::string Participant::prefix() const {
    std::string name = comp_id_ + "-";
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name;
}

std::string Participant::new_name() { return prefix() + std::to_string(++name_count_); }

/// One of the latest, its own or a colleague's.
std::string Participant::some_recent(std::vector<std::string> Participant::*which, std::int64_t most) {
    const auto& names = colleague_ != nullptr && run_.dice.one_in(3) ? colleague_->*which : this->*which;
    if (names.empty() || run_.dice.one_in(20)) return "nothing";
    const auto recent = std::min(static_cast<std::int64_t>(names.size()), most);
    return names[names.size() - 1 - static_cast<std::size_t>(run_.dice.below(recent))];
}

std::string Participant::some_name() { return some_recent(&Participant::names_, 12); }

std::string Participant::place() {
    // A name that was used already belongs to another order.
    const auto name = !names_.empty() && run_.dice.one_in(25) ? run_.dice.pick(names_) : new_name();
    return send("D", new_order_form(run_.dice, name));
}

std::string Participant::cancel() {
    const auto original = some_name();
    return send("F",
                {{11, new_name()}, {41, original}, {55, "BTC-USD"}, {54, side_of(original)}, {60, transact_time()}});
}

std::string Participant::replace() {
    const auto original = some_name();
    return send("G", replace_form(run_.dice, new_name(), original, side_of(original)));
}

/// Now and then it is wrong about it.
std::string Participant::side_of(const std::string& name) {
    const auto& known = sides_.contains(name) || colleague_ == nullptr ? sides_ : colleague_->sides_;
    const auto found = known.find(name);
    if (found != known.end() && !run_.dice.one_in(10)) return found->second;
    return run_.dice.one_in(2) ? "1" : "2";
}

/// Of everything, of the instrument or of one side of it; now and then with the kill switch, which is soon turned off.
std::string Participant::mass_cancel() {
    const bool turns = kill_switch_is_on_ || run_.dice.one_in(4);
    const bool is_narrow = !turns && run_.dice.one_in(2);
    WireFields body = {{11, new_name()}, {530, is_narrow ? "1" : "7"}};
    if (is_narrow) body.emplace_back(55, "BTC-USD");
    if (is_narrow && run_.dice.one_in(2)) body.emplace_back(54, run_.dice.one_in(2) ? "1" : "2");
    body.emplace_back(60, transact_time());
    if (turns) body.emplace_back(2329, kill_switch_is_on_ ? "2" : "1");
    kill_switch_is_on_ = turns && !kill_switch_is_on_;
    return send("q", std::move(body));
}

std::string Participant::ask_status() {
    run_.coverage.hit("status request");
    return send("H", {{11, some_name()}, {55, "BTC-USD"}, {54, "1"}});
}

std::string Participant::ask_for_the_book() {
    run_.coverage.hit("book request");
    return send("V", {{262, "b" + std::to_string(session_.last_sent())},
                      {263, "0"},
                      {264, "0"},
                      {267, "2"},
                      {269, "0"},
                      {269, "1"},
                      {146, "1"},
                      {55, "BTC-USD"}});
}

/// One that the dictionary rejects, and one that this venue doesn't offer.
std::string Participant::send_nonsense() {
    run_.coverage.hit("nonsense");
    if (run_.dice.one_in(2)) {
        const auto name = new_name();
        const auto what = send("D", {{11, name}, {55, "BTC-USD"}, {54, "1"}});
        requests_[name].may_vanish = true;
        return what;
    }
    return send("R", {{131, "q"}, {146, "1"}, {55, "BTC-USD"}});
}

std::string Participant::send(const std::string& type, WireFields body) {
    write_script(type, body);
    const auto name = body.front().first == 11 ? body.front().second : "";
    const auto way = run_.dice.below(40);
    std::int64_t number = 0;
    if (way == 0) {
        run_.coverage.hit("connection drops in the middle of a message");
        number = session_.send_half(type, body);
    } else if (way == 1) {
        run_.coverage.hit("messages arrive in another order");
        number = session_.send_late(type, body);
    } else {
        number = session_.send(type, body);
    }
    note_command(type, body, number);
    return type + " " + name + " as number " + std::to_string(number);
}

/// The orders of a list have names and sides of their own.
void Participant::note_command(const std::string& type, const WireFields& body, std::int64_t number) {
    if (!enters_orders(type) && !takes_away(type)) return;
    Request request{type, number, session_.reset_count()};
    const bool is_refused = (venue_is_busy_ || comp_id_ == demo_limited) && !takes_away(type);
    request.may_vanish = is_refused || wrong_logons_.contains({session_.reset_count(), number});
    std::string name;
    for (const auto& [tag, value] : body) {
        if (tag == 66) request.list = value;
        if (tag == 11) note_request(name = value, request);
        if (tag == 11 && enters_orders(type)) names_.push_back(name);
        if (tag == 54) sides_[name] = value;
    }
    if (type == "K") list_cancels_.push_back(request);
}

void Participant::note_request(const std::string& name, const Request& request) {
    const auto [known, is_new] = requests_.try_emplace(name, request);
    known->second.is_shared |= !is_new;
    known->second.may_vanish |= request.may_vanish;
}

void Participant::write_script(const std::string& type, const WireFields& body) {
    auto name = prefix();
    name.pop_back();
    std::string line = name + " > " + type;
    for (const auto& [tag, value] : body) {
        const auto written = value.find(' ') == std::string::npos ? value : "\"" + value + "\"";
        if (tag != 60) line += " " + std::to_string(tag) + "=" + written;
    }
    run_.script.push_back(line);
}

std::vector<Participant::Request*> Participant::requests_of(std::int64_t number) {
    std::vector<Request*> found;
    const auto note = [&](Request& request) {
        if (request.number == number && request.reset_count == session_.reset_count()) found.push_back(&request);
    };
    for (auto& [name, request] : requests_) note(request);
    for (auto& request : list_cancels_) note(request);
    return found;
}

void Participant::note_clock_set(bool forwards) {
    // What is still under way may arrive with a SendingTime that is too far off.
    const auto note = [&](Request& request) {
        if (request.fate == Fate::open) request.may_vanish = true;
        if (!forwards) request.too_old = false;
    };
    for (auto& [name, request] : requests_) note(request);
    for (auto& request : list_cancels_) note(request);
}

void Participant::note_wrong_logon(std::int64_t number) {
    wrong_logons_.emplace(session_.reset_count(), number);
    for (auto* const request : requests_of(number)) request->may_vanish = true;
}

void Participant::note_busy(bool is_busy) {
    venue_is_busy_ = is_busy;
    if (!is_busy) return;
    for (auto& [name, request] : requests_) {
        if (request.fate == Fate::open && !takes_away(request.type)) request.may_vanish = true;
    }
}

// ---- At rest --------------------------------------------------------------------------------------------------------

void Participant::check_at_rest() {
    for (const auto exec_id : journal_.reports_for(comp_id_)) {
        if (heard_.contains(exec_id) || given_up_.contains(exec_id)) continue;
        run_.findings.add(comp_id_ + " never heard of event " + std::to_string(exec_id));
    }
    for (const auto& name : journal_.change_rejections_for(comp_id_)) {
        if (rejections_.contains(name) || rejections_given_up_.contains(name)) continue;
        run_.findings.add(comp_id_ + " never heard that " + name + " was declined");
    }
    journal_.check_all_judged(comp_id_, session_.last_sent());
    check_outcomes();
    check_lists();
}

void Participant::check_outcomes() {
    for (const auto& [name, request] : requests_) {
        // A reset gave up whatever was told of earlier requests.
        const bool is_earlier = request.reset_count != session_.reset_count();
        if (request.fate != Fate::open || is_earlier || request.is_shared || request.may_vanish) continue;
        run_.findings.add(comp_id_ + " never heard what became of " + request.type + " " + name);
    }
}

}  // namespace venue::simulation
