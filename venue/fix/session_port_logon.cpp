// How a session port lets somebody on, and when its numbers begin anew.
#include <algorithm>
#include <utility>

#include "venue/fix/credentials.hpp"
#include "venue/fix/log.hpp"
#include "venue/fix/message_writer.hpp"
#include "venue/fix/session_port.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {

// ---- Refused --------------------------------------------------------------------------------------------------------

/// The Logout takes a number of the session's, also beside somebody who is on, and then has that one ask for it:
/// engines count it, and whichever message had the same number would be lost to them, or be too low. Where each
/// connection begins anew it is the first of its own.
void SessionPort::refuse(Connection& connection, const std::string& text, SessionStatus status) {
    log().warn("{} may not log on as {}: {}", connection.peer(), session_.comp_id, text);
    const bool is_alone = access().resets_with_each_connection();
    if (!is_alone && !outbox_.has_number()) return connection.close("refused");
    const auto now = sending_time_now();
    const auto number = is_alone ? 1 : engine_.next_sender();
    const Header header{context_.settings.comp_id, session_.comp_id, number, now, false, false, {}, &dialect()};
    MessageWriter message(connection.output(), "5", header);
    if (status != SessionStatus::unsaid) message.integer(tag::session_status, static_cast<int>(status));
    message.text(tag::text, text).finish();
    connection.queued();
    connection.finish();
    if (is_alone) return;
    engine_.set_next_sender(header.number + 1);
    outbox_.reserve();
}

LogonRefusal SessionPort::number_fault(const LogonTerms& terms) const {
    const auto next = resets(terms) ? 1 : engine_.next_sender();
    if (terms.next_expected.value_or(1) <= next) return {};
    return "NextExpectedMsgSeqNum (789) is " + std::to_string(*terms.next_expected) + ", but our next number is " +
           std::to_string(next) + ".";
}

bool SessionPort::give_way() {
    const bool is_on = connection_ != nullptr && !held_;
    if (!is_on || access().second_logon != model::SecondLogon::takes_over) return false;
    log().warn("another connection takes over the session of {} from {}", session_.comp_id, connection_->peer());
    engine_.log_out("Another connection logged on to this session.");
    end(model::DisconnectReason::dropped);
    return true;
}

/// Whoever is on, or about to be.
void SessionPort::let_go(const std::string& text) {
    if (held_ && held_->connection != nullptr) {
        log().warn("{} is let go: {}", session_.comp_id, text);
        const auto held = held_->connection;
        held->port = nullptr;
        held_->connection = nullptr;
        outbox_.closed(*held);
        held->close(text);
        // Its logon is ended once it is durable.
        admit();
    }
    if (connection_ == nullptr) return;
    log().warn("{} is logged out: {}", session_.comp_id, text);
    engine_.log_out(text);
    end(model::DisconnectReason::dropped);
}

/// The library would begin the numbers anew before it judges the Logon.
bool SessionPort::receive_logon(std::string_view message) {
    if (fields_.text(tag::reset_seq_num_flag) == "Y" && !engine_.is_foreign(message)) return false;
    end(model::DisconnectReason::dropped);
    return true;
}

void SessionPort::use_access() {
    outbox_.wait_while_away(access().resets_with_each_connection());
    outbox_.advance();
}

// ---- Let on ---------------------------------------------------------------------------------------------------------

void SessionPort::hold(Connection& connection, std::string_view logon, const LogonTerms& terms) {
    connection.port = this;
    connection.hold();
    held_ = Held{connection.shared_from_this(), std::string(logon), terms};
    const bool reset = resets(terms);
    const bool is_too_low = !reset && terms.number < engine_.next_target();
    if (!terms.new_secret.empty() && !is_too_low) change_secret(terms.new_secret);
    // Judged by the sequencer only when it is the number expected: before a gap nothing is judged yet.
    const auto number = terms.number == engine_.next_target() && !reset ? terms.number : 0;
    submit(number, model::CommandBody{model::LogOnSession{session_.id, reset, terms.cancels}});
}

/// Durable before the Logon is answered, since it is asked for first.
void SessionPort::change_secret(const std::string& secret) {
    log().info("{} gets another secret, as its Logon asks", session_.comp_id);
    model::ChangeSession change{session_.comp_id};
    change.secret.emplace().salt = make_salt();
    change.secret->hash = secret_hash(change.secret->salt, secret);
    submit(0, model::CommandBody{std::move(change)});
}

void SessionPort::log_on_again(std::string_view logon, const LogonTerms& terms) {
    log().info("the numbers of {} begin anew, as its Logon asks", session_.comp_id);
    const auto connection = detach();
    hold(*connection, logon, terms);
}

void SessionPort::logged_on(const model::SessionLoggedOn& event, model::Sequence sequence) {
    if (!held_ && !begins_anew_) return;
    if (event.incarnation != outbox_.incarnation()) begin_incarnation(event.incarnation, sequence);
    if (held_) held_->durable = true;
    if (std::exchange(begins_anew_, false)) submit_disconnect(model::DisconnectReason::declined);
}

/// The Logon goes to the engine once it is durable and a number for the answer is.
void SessionPort::admit() {
    if (!held_ || !held_->durable) return;
    if (held_->connection == nullptr || !held_->connection->is_open()) {
        held_.reset();
        return submit_disconnect(model::DisconnectReason::dropped);
    }
    if (!outbox_.has_number()) return;
    const auto held = *std::exchange(held_, std::nullopt);
    connection_ = held.connection;
    fields_.parse(held.logon);
    watch_.logged_on(sending_time_now());
    note_arrived(held.terms.number);
    begin(held);
    // The engine keeps a Logon that is ahead itself, and asks for what is missing.
    asked_until_ = held.terms.number - 1;
    if (!engine_.is_logged_on()) return end(model::DisconnectReason::declined);
    log().info("{} logged on from {}", session_.comp_id, connection_->peer());
    connection_->admit();
    after_engine();
}

/// The library neither tells nor heeds which number is expected next (789), so it is done around it. What the
/// participant lacks is sent again with the answer's own number, which came too early to be counted.
void SessionPort::begin(const Held& held) {
    const auto expected = engine_.next_target();
    const auto answer = engine_.next_sender();
    const auto& lacking = held.terms.next_expected;
    engine_.connect(lacking ? expected + (held.terms.number == expected ? 1 : 0) : 0);
    engine_.receive(held.logon);
    if (!engine_.is_logged_on()) return;
    outbox_.attach(*connection_);
    if (lacking == answer) outbox_.arrived();
    if (lacking && *lacking < answer) outbox_.resend(*lacking, answer);
}

// ---- Numbers that begin anew ----------------------------------------------------------------------------------------

bool SessionPort::resets(const LogonTerms& terms) const {
    return terms.reset || access().resets_with_each_connection() || reset_is_due();
}

/// At a time of the day, also when the venue wasn't there at that time.
bool SessionPort::reset_is_due() const {
    const auto& at = access().reset_at;
    return at && model::last_time_of_day(sending_time_now(), *at) > std::max(context_.lived_until, reset_at_);
}

void SessionPort::reset_when_due() {
    if (!reset_is_due() || held_ || begins_anew_) return;
    if (connection_ != nullptr) log_out_and_end("The numbers of this session begin anew now.");
    if (!begins_anew_) begin_anew();
}

/// The journal knows a reset as a logon's. This one ends at once as one that was declined, which leaves a grace time
/// that runs as it was.
void SessionPort::begin_anew() {
    log().info("the numbers of {} begin anew", session_.comp_id);
    begins_anew_ = true;
    submit(0, model::CommandBody{model::LogOnSession{session_.id, true}});
}

void SessionPort::begin_incarnation(model::Incarnation incarnation, model::Sequence sequence) {
    const auto written = outbox_.last_written();
    start({incarnation, 0, written, written, sequence, outbox_.last_sent()}, 0);
    reset_at_ = sending_time_now();
}

void SessionPort::changed(const model::SessionChanged& event, model::Sequence sequence) {
    const bool speaks_as_before = speak_alike(session_, event.session);
    session_ = event.session;
    if (is_disabled()) let_go(std::string(disabled_text));
    if (speaks_as_before) return;
    let_go("The operator changed this session: it speaks FIX " + std::string(name(session_.version)) +
           (session_.extensions ? " with" : " without") + " extensions now, and its numbers begin anew at 1.");
    const auto& dialect = fix::dialect(session_);
    engine_.speak(dialect, context_.dictionaries.of(session_.comp_id, dialect),
                  context_.dictionaries.rules_of(session_.comp_id, dialect));
    begin_incarnation(event.incarnation, sequence);
    warn_of_dictionary();
}

void SessionPort::warn_of_dictionary() const {
    const bool should_have = context_.settings.session_dictionaries.contains(session_.comp_id);
    if (!should_have || context_.dictionaries.has_own(session_.comp_id, dialect())) return;
    log().warn(
        "[fix.session_dictionaries] {}: it is of another version than the session now; ours takes its place, and "
        "the next start will refuse it",
        session_.comp_id);
}

}  // namespace venue::fix
