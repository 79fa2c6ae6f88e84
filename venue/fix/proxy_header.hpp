// The PROXY protocol, versions 1 and 2: what a proxy in front says about whom it speaks for, before anything else.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "venue/model/access.hpp"

namespace venue::fix {

struct ProxyPeer {
    bool is_proxy_itself = false;  ///< It looks whether the venue is there, or doesn't say whom it speaks for.
    model::NetworkAddress address{};
    int port = 0;
};

/// How many bytes are missing at least of a header that begins like this, none of them from behind it; zero when it is
/// whole. Empty when it is none, or too long to be one.
std::optional<std::size_t> missing_of_proxy_header(std::string_view begin);

/// Of a whole header; empty when it is wrong.
std::optional<ProxyPeer> peer_of_proxy_header(std::string_view header);

}  // namespace venue::fix
