#include "venue/control/session_message.hpp"

#include <algorithm>

namespace venue::control {
namespace {

/// A Logout's text as the participant's engine can take it.
constexpr std::size_t text_size_max = 200;

void write(const model::MessageLook& look, v1::MessageLook& message) {
    message.set_type(look.type);
    message.set_number(look.number);
    message.set_at(look.at.nanoseconds);
}

model::MessageLook read(const v1::MessageLook& message) { return {message.type(), message.number(), {message.at()}}; }

v1::SessionOrder order_of(model::SessionOrder order) {
    switch (order) {
        case model::SessionOrder::reset_numbers:
            return v1::RESET_NUMBERS;
        case model::SessionOrder::test_request:
            return v1::TEST_REQUEST;
        case model::SessionOrder::disconnect:
            return v1::DISCONNECT;
    }
    return v1::NO_ORDER;
}

model::SessionOrder order_of(v1::SessionOrder order) {
    switch (order) {
        case v1::RESET_NUMBERS:
            return model::SessionOrder::reset_numbers;
        case v1::TEST_REQUEST:
            return model::SessionOrder::test_request;
        case v1::DISCONNECT:
            return model::SessionOrder::disconnect;
        default:
            throw NoCommand("The call asks for nothing that a session of this venue can do.");
    }
}

}  // namespace

void write(const model::SessionLook& look, v1::SessionLook& message) {
    message.set_comp_id(look.comp_id);
    message.set_participant(look.participant);
    message.set_version(std::string(name(look.version)));
    message.set_extensions(look.extensions);
    message.set_state(static_cast<v1::SessionState>(look.state));
    message.set_disabled(look.disabled);
    message.set_incarnation(look.incarnation.value);
    message.set_next_inbound(look.next_inbound);
    message.set_next_outbound(look.next_outbound);
    write(look.last_inbound, *message.mutable_last_inbound());
    write(look.last_outbound, *message.mutable_last_outbound());
    message.set_queued_bytes(look.queued_bytes);
    message.set_kept_count(look.kept_count);
    message.set_address(look.address);
    message.set_encrypted(look.encrypted);
    message.set_since(look.since.nanoseconds);
    message.set_latency_ns(look.latency_ns);
    message.set_latency_max_ns(look.latency_max_ns);
    message.set_round_trip_ns(look.round_trip_ns);
}

model::SessionLook read(const v1::SessionLook& message) {
    model::SessionLook look{message.comp_id(), message.participant()};
    look.version = named(model::all_fix_versions, message.version()).value_or(model::FixVersion::fix44);
    look.extensions = message.extensions();
    look.state = static_cast<model::SessionState>(message.state());
    look.disabled = message.disabled();
    look.incarnation = model::Incarnation{message.incarnation()};
    look.next_inbound = message.next_inbound();
    look.next_outbound = message.next_outbound();
    look.last_inbound = read(message.last_inbound());
    look.last_outbound = read(message.last_outbound());
    look.queued_bytes = message.queued_bytes();
    look.kept_count = message.kept_count();
    look.address = message.address();
    look.encrypted = message.encrypted();
    look.since = {message.since()};
    look.latency_ns = message.latency_ns();
    look.latency_max_ns = message.latency_max_ns();
    look.round_trip_ns = message.round_trip_ns();
    return look;
}

v1::OrderSessionRequest to_message(const model::SessionWish& wish) {
    v1::OrderSessionRequest message;
    message.set_session(wish.comp_id);
    message.set_order(order_of(wish.order));
    message.set_text(wish.text);
    return message;
}

model::SessionWish read(const v1::OrderSessionRequest& message) {
    const auto is_printable = [](char c) { return c >= ' ' && c <= '~'; };
    if (message.text().size() > text_size_max || !std::ranges::all_of(message.text(), is_printable)) {
        throw NoCommand("The text must be at most 200 printable characters of ASCII.");
    }
    return {message.session(), order_of(message.order()), message.text()};
}

}  // namespace venue::control
