// The rarer kinds of events as JSON, for the jsonb column of their rows.
#pragma once

#include <optional>
#include <string>

#include "venue/model/event.hpp"

namespace venue::journal {

struct Json;

/// The fields of an event that have no columns of their own. Defined for the kinds of which `read_body` is.
template <class EventKind>
std::string body_text(const EventKind& event);

/// Sets the fields that `body_text` wrote. Throws JournalUnreadable when one is missing or of another type.
template <class EventKind>
void read_body(const std::optional<Json>& body, EventKind& event);

}  // namespace venue::journal
