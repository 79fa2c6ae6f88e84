#include "venue/journal/checksum.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace venue::journal {
namespace {

void require(int outcome) {
    if (outcome != 1) throw std::runtime_error("OpenSSL computes no SHA-256.");
}

}  // namespace

struct Checksum::Context {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Checksum::Checksum() : context_(std::make_unique<Context>()) {
    require(EVP_DigestInit_ex(context_->digest.get(), EVP_sha256(), nullptr));
}
Checksum::~Checksum() = default;
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;

void Checksum::add(std::string_view piece) {
    require(EVP_DigestUpdate(context_->digest.get(), piece.data(), piece.size()));
}

std::string Checksum::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    require(EVP_DigestFinal_ex(context_->digest.get(), bytes.data(), &size));
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text.push_back("0123456789abcdef"[bytes[i] >> 4]);
        text.push_back("0123456789abcdef"[bytes[i] & 15]);
    }
    return text;
}

}  // namespace venue::journal
