// Addresses and ranges of them, as operators write them.
#pragma once

#include <string_view>
#include <vector>

#include "venue/config/table_reader.hpp"
#include "venue/model/access.hpp"

namespace venue::config {

/// The list of texts under `key`: "192.0.2.7", "192.0.2.0/24", "2001:db8::/32". Throws ConfigError.
std::vector<model::AddressRange> read_ranges(TableReader& reader, std::string_view key);

}  // namespace venue::config
