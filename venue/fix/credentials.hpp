// FIX secrets: 256 random bits, mostly made by the venue, kept as a salted SHA-256. A fast hash is enough for a secret
// that nobody can guess, and costs the gateway nothing. That is why a participant can't choose a word of its own (925).
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace venue::fix {

/// The bytes as text.
std::string hexadecimal(std::span<const unsigned char> bytes);
/// 64 hexadecimal characters from the system's random source.
std::string make_secret();
/// Whether it looks like one: a participant may make its next one itself.
bool is_secret(std::string_view text);
/// 32 hexadecimal characters from the system's random source.
std::string make_salt();
/// Hexadecimal SHA-256 of the salt's bytes followed by the secret's text.
std::string secret_hash(std::string_view salt, std::string_view secret);
/// Compares in constant time.
bool secret_matches(std::string_view salt, std::string_view hash, std::string_view secret);

}  // namespace venue::fix
