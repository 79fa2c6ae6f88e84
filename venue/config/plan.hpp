// From a reference file to the commands that would make the journaled configuration the file's; and from a journaled
// configuration to the commands that would make it once more.
#pragma once

#include <vector>

#include "venue/config/reference_file.hpp"

namespace venue::config {

/// The commands that bring a venue without configuration to this one, in an order in which each can be carried out.
/// Secrets are left out, and so is what was delisted, and where trading has led.
std::vector<model::CommandBody> commands_for(const model::Reference& reference);

/// The commands that lead from the journaled configuration towards the file's, in an order in which each can be carried
/// out. Some ask for what is already so and have no effect; what no command can change is not among them. New sessions
/// have no secrets yet. `removes`: what is not in the file any more is delisted or suspended.
std::vector<model::CommandBody> steps_towards(const ReferenceFile& file, const model::Reference& journaled,
                                              bool removes);

/// Why no command makes this difference go; empty when there is no more to say than that none does.
std::string why_it_stays(const Difference& difference);

}  // namespace venue::config
