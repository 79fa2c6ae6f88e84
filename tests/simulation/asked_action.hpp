// What a journaled command asked for, read from its record, in the plain numbers of the naive venue.
#pragma once

#include <string>

#include "tests/property/random_action.hpp"
#include "venue/model/event.hpp"

namespace venue::simulation {

/// "key=value" of a command's record; empty where it says nothing of it.
std::string said(const std::string& asked, const std::string& key);

/// Whether the naive venue has something to say of it.
bool is_predicted(const std::string& asked);

/// `first` is the command's first event.
test::Action asked_action(const model::Event& first, const model::Reference& reference);

}  // namespace venue::simulation
