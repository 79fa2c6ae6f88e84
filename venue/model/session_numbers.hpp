// What is durable about the sessions' numbers, gathered: one entry for each session and incarnation, in their order.
#pragma once

#include <vector>

#include "venue/model/request.hpp"

namespace venue::model {

/// Numbers only grow, so the largest of each stand for all before them.
void add_numbers(std::vector<SessionNumbers>& gathered, const SessionNumbers& newer);

}  // namespace venue::model
