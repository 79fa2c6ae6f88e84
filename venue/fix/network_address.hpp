// Asio's addresses as the words everyone shares, and back.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "venue/model/access.hpp"

namespace venue::fix {

/// Of the socket's peer; all zero when it left.
model::NetworkAddress network_address(const boost::asio::ip::tcp::socket& socket);
/// Empty when the text is none.
std::optional<model::NetworkAddress> address_named(std::string_view text);
/// As people write it.
std::string text_of(const model::NetworkAddress& address);

}  // namespace venue::fix
