// Reads the keys that sessions sign their Logons with. What is wrong with a file is told without a character of it.
#pragma once

#include <string>

#include "venue/config/table_reader.hpp"
#include "venue/model/access.hpp"

namespace venue::config {

/// An Ed25519 public key in PEM, as `openssl pkey -pubout` writes it. Throws a ConfigError about `file` of the table.
model::SessionKey read_public_key(const TableReader& table, const std::string& file);

/// A secret on a line of its own, in a file that nobody but its owner may read. As above.
model::SessionKey read_shared_secret(const TableReader& table, const std::string& file);

}  // namespace venue::config
