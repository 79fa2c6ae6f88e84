// The FIX door under libFuzzer: the bytes that it makes up are what a client sends, before its Logon or after one, in
// each version, and the venue's own engine judges what comes through. What a client sends may be refused, but nothing
// may crash, leak, wait for ever or grow without bound; and who gets through is told no message that can't be read.
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/fuzz/door_venue.hpp"
#include "venue/fix/encode.hpp"
#include "venue/fix/framer.hpp"

namespace venue::fuzz {
namespace {

constexpr auto separator = '\x01';

/// The first byte of an input.
struct Manner {
    explicit Manner(std::uint8_t byte)
        : version(all_sessions[byte % all_sessions.size()]),
          logs_on((byte & 0x40U) != 0),
          frames((byte & 0x80U) != 0) {}
    const TestSession& version;
    bool logs_on;  ///< A good Logon goes before.
    bool
        frames;  ///< Each line of the input is a body, "D|11=a|55=BTC-USD|", that a right header and trailer go around.
};

std::string framed(std::string_view begin_string, const std::string& body) {
    std::string text =
        "8=" + std::string(begin_string) + separator + "9=" + std::to_string(body.size()) + separator + body;
    unsigned sum = 0;
    for (const char c : text) sum += static_cast<unsigned char>(c);
    const auto digits = std::to_string(1'000 + sum % 256).substr(1);
    return text + "10=" + digits + separator;
}

/// One client on a socket of its own.
class Client {
  public:
    Client(DoorVenue& venue, const TestSession& session) : venue_(venue), session_(session) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) != 0) std::abort();
        near_ = ends[0];
        venue_.let_in(ends[1]);
    }
    ~Client() { ::close(near_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view bytes) {
        // What the venue doesn't take is lost, as with any client that is disconnected.
        [[maybe_unused]] const auto taken = ::send(near_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        venue_.work();
        hear();
    }
    /// "D|11=a|": the type, then fields.
    void send_line(std::string_view line) {
        const auto end = std::min(line.find('|'), line.size());
        std::string body = "35=" + std::string(line.substr(0, end)) + "|49=" + std::string(session_.comp_id) +
                           "|56=VENUE|34=" + std::to_string(++number_) +
                           "|52=" + fix::fix_time(fix::sending_time_now()) + std::string(line.substr(end));
        if (!body.ends_with('|')) body += '|';
        for (char& c : body) c = c == '|' ? separator : c;
        send(framed(session_.begin_string, body));
    }
    void log_on() {
        const std::string version = session_.begin_string == "FIXT.1.1" ? "1137=9|" : "";
        send_line("A|98=0|108=30|" + version + "553=" + std::string(session_.comp_id) + "|554=" + venue_.secret() +
                  "|");
    }

  private:
    /// Whatever it is told is a message.
    void hear() {
        for (;;) {
            const auto space = told_.space();
            const auto count = ::recv(near_, space.data(), space.size(), 0);
            if (count <= 0) return;
            told_.commit(static_cast<std::size_t>(count));
            while (told_.next()) continue;
            if (told_.garbled_count() > 0 || told_.is_too_large()) std::abort();
        }
    }

    DoorVenue& venue_;
    const TestSession& session_;
    fix::Framer told_{1'048'576};
    int near_ = -1;
    std::int64_t number_ = 0;
};

void play(std::string_view input) {
    const Manner manner(static_cast<std::uint8_t>(input.front()));
    input.remove_prefix(1);
    DoorVenue venue(FIX_DICTIONARIES);
    Client client(venue, manner.version);
    if (manner.logs_on) client.log_on();
    while (!input.empty()) {
        const auto size =
            manner.frames ? std::min(input.find('\n'), input.size()) : std::min<std::size_t>(512, input.size());
        if (manner.frames) {
            client.send_line(input.substr(0, size));
        } else {
            client.send(input.substr(0, size));
        }
        input.remove_prefix(std::min(input.size(), size + (manner.frames ? 1 : 0)));
    }
    venue.tick();
    venue.work();
}

}  // namespace
}  // namespace venue::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 0) venue::fuzz::play(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}
