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

std::int64_t lots_of(const std::string& text) {
    const auto point = text.find('.');
    const auto whole = std::stoll("0" + text.substr(0, point));
    auto digits = point == std::string::npos ? "" : text.substr(point + 1);
    digits.resize(2, '0');
    return whole * 100 + std::stoll(digits);
}

/// A cancel, or a mass cancel: neither is ever too late, nor refused because the venue is busy.
bool takes_away(const std::string& type) { return type == "F" || type == "q"; }

bool is_closed(const std::string& status) { return status == "2" || status == "4" || status == "C"; }

std::string transact_time() { return utc_text(system_clock::wall()); }

}  // namespace

Participant::Participant(std::string comp_id, std::string secret, Run& run, JournalAudit& journal)
    : comp_id_(std::move(comp_id)),
      run_(run),
      journal_(journal),
      session_(comp_id_, std::move(secret), run,
               {[this](const WireMessage& message) { hear(message); },
                [this](std::int64_t number) {
                    if (auto* request = request_of(number)) request->fate = Fate::withdrawn;
                },
                [this](std::int64_t number, std::int64_t age) {
                    auto* request = request_of(number);
                    if (request != nullptr && age > too_old_nanoseconds) request->too_old = true;
                },
                [this](const WireMessage& message) { give_up(message); }}) {}

// ---- What it asks ---------------------------------------------------------------------------------------------------

std::string Participant::act() {
    if (kill_switch_is_on_ && run_.dice.one_in(3)) return mass_cancel();
    const auto choice = run_.dice.below(100);
    if (choice < 2) return mass_cancel();
    if (choice < 50) return place();
    if (choice < 68) return cancel();
    if (choice < 82) return replace();
    if (choice < 90) return ask_status();
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

std::string Participant::some_name() {
    const auto& names = colleague_ != nullptr && run_.dice.one_in(3) ? colleague_->names_ : names_;
    if (names.empty() || run_.dice.one_in(20)) return "nothing";
    const auto recent = std::min<std::int64_t>(static_cast<std::int64_t>(names.size()), 12);
    return names[names.size() - 1 - static_cast<std::size_t>(run_.dice.below(recent))];
}

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
    const bool is_command = type == "D" || type == "G" || takes_away(type);
    if (is_command) note_request(name, type, number);
    if (type == "D" || type == "G") names_.push_back(name);
    const auto side = std::ranges::find(body, 54, &std::pair<int, std::string>::first);
    if (side != body.end()) sides_[name] = side->second;
    return type + " " + name + " as number " + std::to_string(number);
}

void Participant::note_request(const std::string& name, const std::string& type, std::int64_t number) {
    const auto [known, is_new] = requests_.try_emplace(name, Request{type, number, session_.reset_count()});
    if (!is_new) known->second.is_shared = true;
    const bool is_refused = (venue_is_busy_ || comp_id_ == demo_limited) && !takes_away(type);
    if (is_refused || wrong_logons_.contains({session_.reset_count(), number})) known->second.may_vanish = true;
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

Participant::Request* Participant::request_of(std::int64_t number) {
    for (auto& [name, request] : requests_) {
        if (request.number == number && request.reset_count == session_.reset_count()) return &request;
    }
    return nullptr;
}

void Participant::note_clock_set(bool forwards) {
    for (auto& [name, request] : requests_) {
        // What is still under way may arrive with a SendingTime that is too far off.
        if (request.fate == Fate::open) request.may_vanish = true;
        if (!forwards) request.too_old = false;
    }
}

void Participant::note_wrong_logon(std::int64_t number) {
    wrong_logons_.emplace(session_.reset_count(), number);
    if (auto* const request = request_of(number)) request->may_vanish = true;
}

void Participant::note_busy(bool is_busy) {
    venue_is_busy_ = is_busy;
    if (!is_busy) return;
    for (auto& [name, request] : requests_) {
        if (request.fate == Fate::open && !takes_away(request.type)) request.may_vanish = true;
    }
}

// ---- What it hears --------------------------------------------------------------------------------------------------

void Participant::hear(const WireMessage& message) {
    const auto type = message.type();
    if (type == "8" && message.text(150) == "I") return hear_status(message);
    if (type == "8") return hear_report(message);
    if (type == "9") return hear_change_rejected(message);
    if (type == "r") return hear_mass_report(message);
    if (type == "W") return journal_.check_book(comp_id_, message);
    if (type == "j" || type == "3") return hear_refusal(message);
    run_.findings.add(comp_id_ + " is sent what nobody asked for: " + message.content());
}

/// The same event may be told twice: under its own number, marked 43=Y, or under another one, marked 97=Y.
bool Participant::is_announced_again(const WireMessage& message) const {
    return message.is_poss_dup() || message.text(97) == "Y";
}

void Participant::hear_report(const WireMessage& message) {
    if (is_new(message.number(17), message)) hear_new_report(message);
}

/// False for an event that was told before, which must be told the same then, and marked.
bool Participant::is_new(std::int64_t event, const WireMessage& message) {
    const auto content = message.content({34, 97});
    const auto [known, is_first] = heard_.try_emplace(event, content);
    if (message.text(97) == "Y") run_.coverage.hit("report sent again under another number");
    if (is_first) return true;
    if (known->second != content) {
        run_.findings.add(comp_id_ + " is told two things of event " + std::to_string(event) + ": " + known->second +
                          " and " + content);
    }
    if (!is_announced_again(message)) run_.findings.add(comp_id_ + " is told twice, and unmarked: " + content);
    return false;
}

void Participant::hear_mass_report(const WireMessage& message) {
    if (!is_new(message.number(37), message)) return;
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
    view = {exec_id, cum, leaves, status, is_whole};
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
    const auto content = message.content({34, 97});
    const auto [known, is_new] = rejections_.try_emplace(message.text(11), content);
    if (is_new) {
        journal_.check_change_rejected(comp_id_, message);
        auto& request = requests_[message.text(11)];
        if (request.fate == Fate::open) request.fate = Fate::rejected;
    } else if (known->second != content) {
        run_.findings.add(comp_id_ + " is told two things: " + known->second + " and " + content);
    } else if (!is_announced_again(message)) {
        run_.findings.add(comp_id_ + " is told twice, and unmarked: " + content);
    }
}

void Participant::hear_refusal(const WireMessage& message) {
    auto* const request = request_of(message.number(45));
    // A Reject for a wrong SendingTime (373=10) may be about a duplicate of what was judged before.
    if (request == nullptr || message.is_poss_dup() || message.text(373) == "10") return;
    if (request->fate == Fate::open) request->fate = Fate::refused;
    if (message.type() != "j") return;
    const bool is_too_fast = message.text(58).starts_with("More than ");
    run_.coverage.hit(is_too_fast ? "admission: a request is refused because of its rate"
                                  : "admission: an order is refused as busy");
    if (takes_away(request->type)) run_.findings.add(comp_id_ + "'s cancel is refused: " + message.content());
}

void Participant::give_up(const WireMessage& message) {
    has_given_up_ = true;
    if (message.type() == "8") given_up_.insert(message.number(17));
    if (message.type() == "r") given_up_.insert(message.number(37));
    if (message.type() == "9") rejections_given_up_.insert(message.text(11));
}

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
