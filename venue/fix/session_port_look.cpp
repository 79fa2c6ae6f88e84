// What an operator sees of a session port, and what he may have it do.
#include <chrono>

#include "venue/fix/log.hpp"
#include "venue/fix/session_port.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

std::int64_t monotonic_now() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

/// Not in whole milliseconds: a message would seem to have been read before the logon that it follows.
model::Timestamp wall_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()};
}

constexpr std::string_view not_on = "The session isn't logged on.";
constexpr std::string_view in_between = "The session is logging on, or its numbers begin anew, at this moment.";

}  // namespace

model::SessionState SessionPort::state() const {
    using enum model::SessionState;
    if (held_) return logging_on;
    if (begins_anew_) return beginning_anew;
    if (connection_ == nullptr) return off;
    return engine_.saw_logout() ? logging_out : on;
}

model::SessionLook SessionPort::look() const {
    model::SessionLook look;
    look.comp_id = session_.comp_id;
    look.participant = context_.reference->participants.at(session_.participant).name;
    look.version = session_.version;
    look.extensions = session_.extensions;
    look.state = state();
    look.disabled = is_disabled();
    look.incarnation = outbox_.incarnation();
    look.next_inbound = engine_.next_target();
    look.next_outbound = engine_.next_sender();
    look.kept_count = static_cast<std::int64_t>(ahead_.size());
    watch_.show(look, monotonic_now(), wall_now());
    if (connection_ == nullptr) return look;
    look.queued_bytes = static_cast<std::int64_t>(connection_->waiting());
    look.address = connection_->peer();
    look.encrypted = connection_->is_encrypted();
    return look;
}

std::string SessionPort::carry_out(const model::SessionWish& wish) {
    if (held_ || begins_anew_) return std::string(in_between);
    switch (wish.order) {
        case model::SessionOrder::reset_numbers:
            reset_numbers();
            return {};
        case model::SessionOrder::test_request:
            if (connection_ == nullptr) break;
            engine_.test(watch_.begin_test(monotonic_now()));
            after_engine();
            return {};
        case model::SessionOrder::disconnect:
            if (connection_ == nullptr) break;
            log_out_and_end(wish.text.empty() ? "The venue's operator ends this session." : wish.text);
            return {};
    }
    return std::string(not_on);
}

void SessionPort::reset_numbers() {
    if (connection_ != nullptr) log_out_and_end("The numbers of this session begin anew now.");
    if (!begins_anew_) begin_anew();
}

void SessionPort::answered(std::span<const std::int64_t> read_at) {
    if (!read_at.empty()) watch_.answered(read_at.front(), monotonic_now());
}

void SessionPort::note_arrived(std::int64_t number) {
    const auto type = fields_.message_type();
    watch_.arrived(type, number, connection_->read_at());
    if (type == "0") watch_.test_answered(fields_.text(tag::test_req_id), connection_->read_at());
}

}  // namespace venue::fix
