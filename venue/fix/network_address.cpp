#include "venue/fix/network_address.hpp"

namespace venue::fix {
namespace {

using boost::asio::ip::address_v6;
using boost::asio::ip::v4_mapped;

model::NetworkAddress bytes_of(const boost::asio::ip::address& address) {
    return (address.is_v4() ? boost::asio::ip::make_address_v6(v4_mapped, address.to_v4()) : address.to_v6())
        .to_bytes();
}

}  // namespace

model::NetworkAddress network_address(const boost::asio::ip::tcp::socket& socket) {
    boost::system::error_code error;
    const auto peer = socket.remote_endpoint(error);
    return error ? model::NetworkAddress{} : bytes_of(peer.address());
}

std::optional<model::NetworkAddress> address_named(std::string_view text) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(text, error);
    if (error) return std::nullopt;
    return bytes_of(address);
}

std::string text_of(const model::NetworkAddress& address) {
    const address_v6 whole(address);
    return whole.is_v4_mapped() ? boost::asio::ip::make_address_v4(v4_mapped, whole).to_string() : whole.to_string();
}

}  // namespace venue::fix
