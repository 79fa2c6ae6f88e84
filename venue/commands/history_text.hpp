// Events in words, for people who look back.
#pragma once

#include <string>
#include <vector>

#include "venue/model/event.hpp"
#include "venue/model/posting.hpp"

namespace venue::commands {

/// "2026-01-31T12:00:00.000000001Z": nanoseconds, UTC.
std::string time_text(model::Timestamp time);

/// What happened, with names and decimal numbers instead of ids, ticks and lots: "accepted: buy 1 BTC-USD …".
std::string in_words(const model::Event& event, const model::Reference& reference);

/// "ALICE/1/17" of the message that asked, as every room logs it; "venue" when nobody outside did. `asked` is the text
/// that the first event of a command carries.
std::string trace_in(const std::string& asked, const model::Reference& reference);

/// "alice USD -20000".
std::string in_words(const model::Posting& posting, const model::Reference& reference);

}  // namespace venue::commands
