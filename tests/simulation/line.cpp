#include "tests/simulation/line.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace venue::simulation {

Line::Line() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        throw std::runtime_error("no more pairs of sockets");
    }
    near_ = ends[0];
    far_ = ends[1];
}

Line::~Line() {
    ::close(near_);
    if (far_ >= 0) ::close(far_);
}

int Line::take_far_end() { return std::exchange(far_, -1); }

void Line::send(std::string_view bytes) {
    // Less is in flight than a socket takes; a venue that has closed hears nothing.
    if (!is_cut_) static_cast<void>(::send(near_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

void Line::pull() {
    std::array<char, 65'536> buffer{};
    while (!far_end_closed_) {
        const auto count = ::recv(near_, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EAGAIN) return;
        if (count <= 0) far_end_closed_ = true;
        if (count > 0) arrived_.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

std::size_t Line::waiting() {
    pull();
    return arrived_.size();
}

std::string Line::receive(std::size_t most) {
    pull();
    const auto count = std::min(most, arrived_.size());
    auto bytes = arrived_.substr(0, count);
    arrived_.erase(0, count);
    return bytes;
}

std::string Line::cut(std::size_t kept) {
    pull();
    is_cut_ = far_end_closed_ = true;
    if (arrived_.size() <= kept) return {};
    auto lost = arrived_.substr(kept);
    arrived_.resize(kept);
    return lost;
}

}  // namespace venue::simulation
