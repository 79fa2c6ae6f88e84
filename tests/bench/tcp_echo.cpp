// A bare TCP echo: one write for each read, nothing else. What it reaches is the limit of loopback and of the load
// generator; the distance to it is what a venue's own work costs.
// Usage: tcp_echo PORT. Prints "listening" once connections are accepted.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

[[noreturn]] void stop(const char* step) {
    std::perror(step);
    std::exit(1);
}

int listen_on(std::uint16_t port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) stop("bind");
    if (listen(listener, SOMAXCONN) != 0) stop("listen");
    return listener;
}

void watch(int epoll, int socket) {
    epoll_event interest{};
    interest.events = EPOLLIN;
    interest.data.fd = socket;
    epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &interest);
}

void accept_connection(int epoll, int listener) {
    const int connection = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    const int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(epoll, connection);
}

// The socket blocks: the generator always reads, so a full socket empties by itself.
void echo(int connection) {
    static char bytes[256 << 10];
    const ssize_t length = read(connection, bytes, sizeof bytes);
    if (length <= 0) {
        close(connection);
        return;
    }
    for (ssize_t sent = 0; sent < length;) {
        const ssize_t step = send(connection, bytes + sent, static_cast<std::size_t>(length - sent), MSG_NOSIGNAL);
        if (step <= 0) return;
        sent += step;
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: tcp_echo PORT\n");
        return 2;
    }
    const int listener = listen_on(static_cast<std::uint16_t>(std::atoi(argv[1])));
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(epoll, listener);
    std::puts("listening");
    std::fflush(stdout);
    for (;;) {
        epoll_event ready[64];
        const int count = epoll_wait(epoll, ready, 64, -1);
        for (int at = 0; at < count; ++at) {
            if (ready[at].data.fd == listener)
                accept_connection(epoll, listener);
            else
                echo(ready[at].data.fd);
        }
    }
}
