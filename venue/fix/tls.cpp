#include "venue/fix/tls.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include "venue/fix/credentials.hpp"
#include "venue/fix/stream.hpp"

namespace venue::fix {
namespace {

namespace ssl = boost::asio::ssl;

/// Runs one step and tells which file it failed on; what is in a key's file is in no sentence of the library's.
template <class Step>
void use_file(const std::string& file, std::string_view as, Step step) {
    boost::system::error_code error;
    step(error);
    if (!error) return;
    throw CertificateUnusable(file + " can't be used as " + std::string(as) + ": " + error.message() + ".");
}

/// A certificate of anybody's is good enough to be asked for by its fingerprint, as long as its time is right: that the
/// peer has its key the handshake proves.
bool is_in_time(bool is_trusted, ssl::verify_context& context) {
    const int error = X509_STORE_CTX_get_error(context.native_handle());
    return is_trusted || (error != X509_V_ERR_CERT_HAS_EXPIRED && error != X509_V_ERR_CERT_NOT_YET_VALID);
}

void ask_for_certificates(ssl::context& context, const TlsSettings& settings) {
    if (settings.client_certificates == ClientCertificates::none) return;
    const bool required = settings.client_certificates == ClientCertificates::required;
    context.set_verify_mode(ssl::verify_peer | (required ? ssl::verify_fail_if_no_peer_cert : ssl::verify_none));
    if (settings.client_authority.empty()) return context.set_verify_callback(is_in_time);
    use_file(settings.client_authority, "the authority of clients",
             [&](auto& error) { context.load_verify_file(settings.client_authority, error); });
}

}  // namespace

std::shared_ptr<ssl::context> read_tls(const TlsSettings& settings) {
    const auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    auto* const native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, settings.only_1_3 ? TLS1_3_VERSION : TLS1_2_VERSION);
    // Of TLS 1.2 what keeps its secrets when the key is lost, and nothing that was broken since.
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // A session lasts for days: to take one up again saves nothing, and would have to be remembered.
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(native, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(native, 0);
    use_file(settings.certificate, "a certificate",
             [&](auto& error) { context->use_certificate_chain_file(settings.certificate, error); });
    use_file(settings.key, "the certificate's key",
             [&](auto& error) { context->use_private_key_file(settings.key, ssl::context::pem, error); });
    ask_for_certificates(*context, settings);
    return context;
}

std::string Stream::peer_certificate() const {
    if (!tls_) return {};
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(tls_->native_handle()),
                                                            &X509_free);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!shown || X509_digest(shown.get(), EVP_sha256(), digest, &size) != 1) return {};
    return hexadecimal({digest, size});
}

}  // namespace venue::fix
