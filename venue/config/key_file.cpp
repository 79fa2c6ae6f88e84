#include "venue/config/key_file.hpp"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "venue/model/base64.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::config {
namespace {

constexpr std::size_t secret_size_min = 32;
constexpr std::size_t secret_size_max = 256;

std::string content_of(const TableReader& table, const std::string& file) {
    const std::ifstream stream(file);
    table.require(stream.good(), "file", "can't read " + file, "a file that can be read");
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
}

/// What stands between the first line and the last one.
std::string pem_body(const std::string& pem) {
    std::istringstream lines(pem);
    std::string body;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("-----")) body += line;
    }
    return body;
}

}  // namespace

model::SessionKey read_public_key(const TableReader& table, const std::string& file) {
    // SubjectPublicKeyInfo of an Ed25519 key is this and the 32 bytes of the key.
    using namespace std::string_literals;
    static const auto head = "\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00"s;
    constexpr std::size_t key_size = 32;
    const auto pem = content_of(table, file);
    const auto encoded = model::decode_base64(pem_body(pem)).value_or(std::string{});
    const bool is_key = pem.starts_with("-----BEGIN PUBLIC KEY-----") && encoded.starts_with(head) &&
                        encoded.size() == head.size() + key_size;
    table.require(is_key, "file", file + " holds no Ed25519 public key",
                  "one in PEM, as `openssl pkey -in KEY -pubout` writes it");
    return {model::KeyKind::ed25519, encoded.substr(head.size())};
}

model::SessionKey read_shared_secret(const TableReader& table, const std::string& file) {
    struct stat found {};
    table.require(::stat(file.c_str(), &found) == 0, "file", "can't read " + file, "a file that can be read");
    table.require((found.st_mode & (S_IRWXG | S_IRWXO)) == 0, "file", file + " can be read by others than its owner",
                  "a file of mode 0600");
    auto secret = content_of(table, file);
    if (secret.ends_with('\n')) secret.pop_back();
    table.require(secret.size() >= secret_size_min && model::is_name(secret, secret_size_max), "file",
                  file + " holds no secret",
                  "one line of 32 to 256 printable characters, as `openssl rand -hex 32` writes it");
    return {model::KeyKind::hmac_sha256, std::move(secret)};
}

}  // namespace venue::config
