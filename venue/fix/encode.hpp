// Events and answers to messages of the session's version. A report's body depends on nothing but the event, the
// version and the immutable part of the reference data, so that a resend gives the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "venue/fix/dialect.hpp"
#include "venue/model/request.hpp"

namespace venue::fix {

/// The header of one outgoing message.
struct Header {
    std::string_view sender;        ///< 49, the venue's CompID.
    std::string_view target;        ///< 56
    std::int64_t number = 0;        ///< 34
    model::Timestamp sending_time;  ///< 52, printed to the millisecond.
    bool poss_dup = false;          ///< 43=Y; `orig_sending_time` goes to 122.
    bool poss_resend = false;       ///< 97=Y
    model::Timestamp orig_sending_time;
    /// How the session speaks.
    const Dialect* dialect = &fix::dialect(model::FixVersion::fix44, false);
};

/// Appends a whole message (8= to 10=) that reports `event`. When a session cancels or replaces another session's
/// order, both read the same report. False when the event is no report, or none that the session's version has a
/// message for.
bool encode_report(const model::Event& event, const model::Reference& reference, const Header& header,
                   std::string& out);

/// How many messages an answer is.
std::size_t message_count(const model::AnswerBody& body);

/// Appends one of an answer's messages, the one at that place, counted from zero.
void encode_answer(const model::Answer& answer, std::size_t place, const model::Reference& reference,
                   const Header& header, std::string& out);

/// YYYYMMDD-HH:MM:SS.sss
std::string fix_time(model::Timestamp time);

}  // namespace venue::fix
