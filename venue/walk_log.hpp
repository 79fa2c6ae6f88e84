// The walk in the log, at level debug: every request by its trace, at each room that it leaves.
#pragma once

#include "venue/model/reference.hpp"
#include "venue/model/request.hpp"

namespace venue {

void log_judged(const model::Passage& passage, const model::Reference& reference);
void log_durable(const model::Group& group, const model::Reference& reference);

}  // namespace venue
