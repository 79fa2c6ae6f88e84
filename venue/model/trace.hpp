// What a line of the log is about, beside its sentence; and the name under which one request is found in every room.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "venue/model/command.hpp"
#include "venue/model/reference.hpp"

namespace venue::model {

/// Stands before each field behind a logged sentence. Whoever writes the lines down turns it into what they need.
inline constexpr char log_field_mark = '\x1f';

/// One field, to be put behind the sentence: log_field("session", "ALICE"). The value has no control characters.
inline std::string log_field(std::string_view key, std::string_view value) {
    return log_field_mark + std::string(key) + '=' + std::string(value);
}
inline std::string log_field(std::string_view key, std::int64_t value) { return log_field(key, std::to_string(value)); }

/// Text that came from outside, made fit for a log: a control character in it could pretend to be a field or a line.
inline std::string log_text(std::string_view text) {
    std::string fit(text);
    std::ranges::replace_if(
        fit, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, '?');
    return fit;
}

/// "ALICE/1/17": session, incarnation and MsgSeqNum of the message that asked. It is unique for ever, the participant
/// knows it, and the journal has it with the first event of what was asked.
inline std::string trace_of(std::string_view comp_id, Incarnation incarnation, std::int64_t number) {
    return std::string(comp_id) + '/' + std::to_string(incarnation.value) + '/' + std::to_string(number);
}
inline std::string trace_of(const Origin& origin, const Reference& reference) {
    const auto found = reference.sessions.find(origin.session);
    if (found == reference.sessions.end()) return "venue";
    return trace_of(found->second.comp_id, origin.incarnation, origin.number);
}

}  // namespace venue::model
