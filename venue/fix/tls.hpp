// What the venue shows of itself on its encrypted port, and what it asks of others.
#pragma once

#include <boost/asio/ssl/context.hpp>

#include <memory>

#include "venue/fix/gateway.hpp"

namespace venue::fix {

/// Reads certificate and key. Throws CertificateUnusable, whose sentence names the file.
std::shared_ptr<boost::asio::ssl::context> read_tls(const TlsSettings& settings);

}  // namespace venue::fix
