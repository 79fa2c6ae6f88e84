#include "venue/fix/credentials.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace venue::fix {
namespace {

template <std::size_t Count>
std::string random_text() {
    std::array<unsigned char, Count> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("The system's random source gives nothing.");
    }
    return hexadecimal(bytes);
}

unsigned digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    throw std::invalid_argument("A salt holds a character that is no hexadecimal digit.");
}

std::vector<unsigned char> bytes_of(std::string_view text) {
    if (text.size() % 2 != 0) throw std::invalid_argument("A salt holds an odd number of hexadecimal digits.");
    std::vector<unsigned char> bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes.push_back(static_cast<unsigned char>(digit(text[i]) * 16 + digit(text[i + 1])));
    }
    return bytes;
}

}  // namespace

std::string hexadecimal(std::span<const unsigned char> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

std::string make_secret() { return random_text<32>(); }
bool is_secret(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    return text.size() == 64 && text.find_first_not_of(digits) == text.npos;
}

std::string make_salt() { return random_text<16>(); }

std::string secret_hash(std::string_view salt, std::string_view secret) {
    auto salted = bytes_of(salt);
    salted.insert(salted.end(), secret.begin(), secret.end());
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const bool done = EVP_Digest(salted.data(), salted.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1;
    OPENSSL_cleanse(salted.data(), salted.size());
    if (!done) throw std::runtime_error("SHA-256 is not to be had.");
    return hexadecimal({digest.data(), size});
}

bool secret_matches(std::string_view salt, std::string_view hash, std::string_view secret) {
    const auto actual = secret_hash(salt, secret);
    return actual.size() == hash.size() && CRYPTO_memcmp(actual.data(), hash.data(), hash.size()) == 0;
}

}  // namespace venue::fix
