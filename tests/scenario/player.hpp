// Plays a script against a venue.
#pragma once

#include "tests/scenario/script.hpp"
#include "tests/scenario/venue_under_test.hpp"

namespace scenario {

/// Throws ScriptFault at the first thing that isn't as written.
void play(const Script& script, VenueUnderTest& venue);

}  // namespace scenario
