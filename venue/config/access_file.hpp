// Reads the file that says who may log on to which session, from where and how. The running venue reads it again when
// it is told to, so nothing in it can change the outcome of an order.
#pragma once

#include <string>

#include "venue/model/access.hpp"

namespace venue::config {

/// Throws ConfigError.
model::Access load_access(const std::string& file);

}  // namespace venue::config
