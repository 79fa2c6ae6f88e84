#include "venue/fix/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "venue/fix/spec_tables.hpp"
#include "venue/model/base64.hpp"

namespace venue::fix {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

bool matches_ed25519(std::string_view key, std::string_view text, std::string_view signature) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> read(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(key), key.size()), &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> verifying(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return read && verifying && EVP_DigestVerifyInit(verifying.get(), nullptr, nullptr, nullptr, read.get()) == 1 &&
           EVP_DigestVerify(verifying.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

bool matches_hmac(std::string_view key, std::string_view text, std::string_view signature) {
    std::array<unsigned char, 32> expected{};
    std::size_t size = 0;
    if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(), key.size(), bytes_of(text), text.size(),
                  expected.data(), expected.size(), &size) == nullptr) {
        throw std::runtime_error("HMAC-SHA256 is not to be had.");
    }
    return signature.size() == size && CRYPTO_memcmp(expected.data(), signature.data(), size) == 0;
}

bool matches(const model::SessionKey& key, std::string_view text, std::string_view signature) {
    return key.kind == model::KeyKind::ed25519 ? matches_ed25519(key.bytes, text, signature)
                                               : matches_hmac(key.bytes, text, signature);
}

}  // namespace

std::string signed_text(const Fields& logon) {
    std::string text;
    for (const int tag : {tag::sending_time, tag::msg_type, tag::msg_seq_num, tag::sender_comp_id}) {
        text.append(logon.text(tag)).push_back('\x01');
    }
    return text.append(logon.text(tag::target_comp_id));
}

bool is_signed(const Fields& logon, std::span<const model::SessionKey> keys) {
    const auto text = signed_text(logon);
    const auto signature = model::decode_base64(logon.text(tag::raw_data)).value_or(std::string{});
    bool found = false;
    for (const auto& key : keys) found |= matches(key, text, signature);
    return found;
}

}  // namespace venue::fix
