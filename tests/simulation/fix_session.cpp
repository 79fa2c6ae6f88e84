#include "tests/simulation/fix_session.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "tests/simulation/simulated_clock.hpp"

namespace venue::simulation {
namespace {

bool is_administrative(const std::string& type) { return std::string("A012345").find(type) != std::string::npos; }

}  // namespace

FixSession::FixSession(std::string comp_id, std::string secret, Run& run, SessionEvents events)
    : comp_id_(std::move(comp_id)), secret_(std::move(secret)), run_(run), events_(std::move(events)) {}

// ---- Connections ----------------------------------------------------------------------------------------------------

void FixSession::log_on(std::unique_ptr<Line> line, int venue, bool reset, std::int64_t off) {
    line_ = std::move(line);
    venue_ = venue;
    ++connection_;
    if (reset) begin_anew();
    std::string username = comp_id_;
    std::ranges::transform(username, username.begin(), [](unsigned char c) { return std::tolower(c); });
    WireFields body = {{98, "0"}, {108, "30"}};
    if (reset) body.emplace_back(141, "Y");
    body.insert(body.end(), {{553, username}, {554, secret_}});
    if (run_.dice.one_in(3)) {
        run_.coverage.hit("logon chooses whose orders are cancelled");
        body.emplace_back(20000, run_.dice.pick(std::vector<std::string>{"N", "S", "P"}));
    }
    if (off < 0) return transmit(build(std::max<std::int64_t>(1, next_out_ + off), {"A", body, 0, 0}, false));
    next_out_ += off;
    send("A", body);
}

/// Whoever asks for a reset gives up what was written to it and did not arrive.
void FixSession::begin_anew() {
    wants_reset_ = true;
    ++reset_count_;
    for (auto& bytes : std::exchange(lost_, {})) give_up(std::move(bytes));
    for (const auto& [number, known] : std::exchange(ahead_, {})) events_.given_up(known.message);
    next_out_ = next_in_ = 1;
    sent_.clear();
    known_.clear();
    gaps_.clear();
}

void FixSession::give_up(std::string bytes) {
    while (const auto message = take_message(bytes)) events_.given_up(*message);
}

void FixSession::disconnect() {
    // The part of a message that has arrived is lost with the rest of it.
    if (line_ != nullptr) lost_.push_back(stream_ + line_->cut(0) + std::exchange(cut_off_, {}));
    line_.reset();
    stream_.clear();
    late_.clear();
    asked_until_ = 0;
    logged_on_ = logging_out_ = false;
}

void FixSession::log_out() {
    send("5", {});
    logging_out_ = true;
    run_.coverage.hit("client logs out");
}

void FixSession::drop() { disconnect(); }

void FixSession::lose_venue(std::size_t kept) {
    if (line_ != nullptr) cut_off_ = line_->cut(kept);
}

// ---- Sending --------------------------------------------------------------------------------------------------------

std::string FixSession::build(std::int64_t number, const Sent& message, bool again) const {
    WireFields fields = {{35, message.type}, {49, comp_id_}, {56, "VENUE"}, {34, std::to_string(number)}};
    if (again) fields.insert(fields.end(), {{43, "Y"}, {122, utc_text(message.time)}});
    fields.emplace_back(52, utc_text(system_clock::wall()));
    fields.insert(fields.end(), message.body.begin(), message.body.end());
    return framed(fields);
}

void FixSession::transmit(const std::string& bytes) {
    line_->send(bytes);
    if (!late_.empty()) line_->send(std::exchange(late_, {}));
}

std::int64_t FixSession::send(const std::string& type, const WireFields& body) {
    const auto number = next_out_++;
    sent_[number] = {type, body, system_clock::wall(), connection_};
    transmit(build(number, sent_[number], false));
    return number;
}

std::int64_t FixSession::send_half(const std::string& type, const WireFields& body) {
    const auto number = next_out_++;
    sent_[number] = {type, body, system_clock::wall(), connection_};
    const auto bytes = build(number, sent_[number], false);
    line_->send(bytes.substr(0, bytes.size() / 2));
    drop();
    return number;
}

std::int64_t FixSession::send_late(const std::string& type, const WireFields& body) {
    if (!late_.empty()) return send(type, body);
    const auto number = next_out_++;
    sent_[number] = {type, body, system_clock::wall(), connection_};
    late_ = build(number, sent_[number], false);
    return number;
}

void FixSession::send_again(bool marked) {
    const auto last = std::find_if(sent_.rbegin(), sent_.rend(),
                                   [](const auto& sent) { return !is_administrative(sent.second.type); });
    if (last == sent_.rend()) return;
    last->second.connection = connection_;
    transmit(build(last->first, last->second, marked));
}

void FixSession::request_resend(std::int64_t first, std::int64_t last) {
    send("2", {{7, std::to_string(first)}, {16, std::to_string(last)}});
}

void FixSession::request_what_is_missing() {
    if (has_gap()) request_resend(next_in_, 0);
}

// ---- Receiving ------------------------------------------------------------------------------------------------------

bool FixSession::receive(std::size_t most) {
    if (line_ == nullptr) return false;
    const auto bytes = line_->receive(most);
    for (const char c : bytes) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    stream_ += bytes;
    take_all();
    if (line_ != nullptr && line_->has_ended()) disconnect();
    return !bytes.empty();
}

void FixSession::take_all() {
    try {
        while (line_ != nullptr) {
            const auto message = take_message(stream_);
            if (!message) return;
            take(*message);
        }
    } catch (const std::runtime_error& fault) {
        run_.findings.add(comp_id_ + " can't read " + fault.what());
        stream_.clear();
    }
}

void FixSession::take(const WireMessage& message) {
    run_.trace.step("      " + comp_id_ + " is sent " + message.text(34) + ": " + message.content({8, 34, 49, 56}));
    const auto number = message.number(34);
    if (message.type() == "5" && !logged_on_) {
        // A refused Logon: nobody counts the number of what is said to somebody who isn't logged on.
        run_.coverage.hit("logon refused");
        return disconnect();
    }
    if (message.type() == "A") {
        logged_on_ = true;
        wants_reset_ = false;
    }
    if (number > next_in_) {
        take_ahead(number, message);
    } else if (number < next_in_) {
        compare(number, message);
    } else {
        take_in_turn(message);
    }
}

void FixSession::take_ahead(std::int64_t number, const WireMessage& message) {
    const auto& kept = ahead_.try_emplace(number, Known{message, venue_}).first->second.message;
    if (kept.content() != message.content() && kept.type() != "4" && message.type() != "4") {
        run_.findings.add(comp_id_ + " is told two messages under number " + std::to_string(number) + ": " +
                          kept.content() + " and " + message.content());
    }
    act_at_once(message);
    if (line_ == nullptr || asked_until_ >= next_in_) return;
    asked_until_ = number - 1;
    run_.coverage.hit("gap in what the client receives");
    request_resend(next_in_, 0);
}

/// A Logout, a ResendRequest and a TestRequest don't wait until a gap is closed, or both sides might wait forever.
void FixSession::act_at_once(const WireMessage& message) {
    if (message.type() == "5") {
        if (!logging_out_) send("5", {});
        disconnect();
    } else if (message.type() == "2") {
        answer_resend(message.number(7), message.number(16));
    } else if (message.type() == "1") {
        send("0", {{112, message.text(112)}});
    }
}

void FixSession::take_in_turn(const WireMessage& message) {
    const auto number = next_in_;
    if (message.type() == "4") {
        next_in_ = std::max(next_in_ + 1, message.number(36));
        for (auto filled = number; filled < next_in_; ++filled) gaps_.insert(filled);
    } else {
        known_[number] = {message, venue_};
        ++next_in_;
        act_at_once(message);
        dispatch(message);
    }
    while (!ahead_.empty() && ahead_.begin()->first < next_in_) ahead_.erase(ahead_.begin());
    while (!ahead_.empty() && ahead_.begin()->first == next_in_) {
        const auto next = ahead_.extract(ahead_.begin()).mapped();
        if (next.message.type() == "4") return take_in_turn(next.message);
        known_[next_in_++] = next;
        dispatch(next.message);
    }
}

void FixSession::dispatch(const WireMessage& message) {
    if (!is_administrative(message.type()) || message.type() == "3") events_.message(message);
}

/// A number that was used before: only the same message may come again, and only marked as such.
void FixSession::compare(std::int64_t number, const WireMessage& message) {
    if (!message.is_poss_dup()) {
        return run_.findings.add(comp_id_ + " receives number " + std::to_string(number) + " where " +
                                 std::to_string(next_in_) + " is next: " + message.content());
    }
    if (message.type() == "4") return compare_gap(number, message.number(36));
    run_.coverage.hit("client receives a duplicate");
    const auto known = known_.find(number);
    if (known == known_.end()) {
        return run_.findings.add(comp_id_ + " was told of a gap at number " + std::to_string(number) + ", and now " +
                                 message.content());
    }
    const auto& first = known->second.message;
    if (first.content() != message.content()) {
        return run_.findings.add(comp_id_ + " is sent number " + std::to_string(number) +
                                 " again, but changed: " + first.content() + " and " + message.content());
    }
    const auto first_sent = first.is_poss_dup() ? first.text(122) : first.text(52);
    if (message.text(122) != first_sent) run_.findings.add(comp_id_ + " is told another time of first sending");
    dispatch(message);
}

/// Between two starts of the venue a report keeps its number; a restart may have forgotten which it had.
void FixSession::compare_gap(std::int64_t first, std::int64_t next) {
    for (auto number = first; number < next; ++number) {
        const auto known = known_.find(number);
        if (known == known_.end() || known->second.venue != venue_) continue;
        const auto& message = known->second.message;
        const auto type = message.type();
        const bool is_list_report = type == "N" && message.text(429) == "1";
        const bool is_report = type == "9" || type == "r" || is_list_report || (type == "8" && message.text(17) != "0");
        if (!is_report) continue;
        run_.findings.add(comp_id_ + " is told of a gap where the same venue sent report " + message.content());
    }
}

// ---- What the venue wants again -------------------------------------------------------------------------------------

void FixSession::answer_resend(std::int64_t first, std::int64_t last) {
    if (last == 0 || last >= next_out_) last = next_out_ - 1;
    run_.coverage.hit("client answers a resend request");
    auto gap = first;
    for (auto number = first; number <= last; ++number) {
        const auto sent = sent_.find(number);
        if (sent == sent_.end() || is_administrative(sent->second.type) || is_withdrawn(number, sent->second)) continue;
        fill_gap(gap, number);
        gap = number + 1;
        // What this connection carries already may be judged as it was sent first.
        const bool is_first = sent->second.connection != connection_;
        if (is_first) events_.sent_again(number, system_clock::wall() - sent->second.time);
        sent->second.connection = connection_;
        transmit(build(number, sent->second, true));
    }
    fill_gap(gap, last + 1);
}

/// A participant needn't send its old orders again; what this connection carries is still under way.
bool FixSession::is_withdrawn(std::int64_t number, const Sent& sent) {
    if (sent.type == "withdrawn") return true;
    if (sent.connection == connection_ || !run_.dice.one_in(6)) return false;
    sent_.at(number).type = "withdrawn";
    events_.withdrawn(number);
    run_.coverage.hit("client fills its orders as a gap");
    return true;
}

void FixSession::fill_gap(std::int64_t first, std::int64_t next) {
    if (first >= next) return;
    const Sent gap{"4", {{123, "Y"}, {36, std::to_string(next)}}, system_clock::wall(), connection_};
    transmit(build(first, gap, true));
}

}  // namespace venue::simulation
