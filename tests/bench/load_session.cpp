#include "tests/bench/load_session.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>

namespace bench {
namespace {

constexpr std::size_t input_size = 4 << 20;
constexpr std::uint64_t heartbeat_s = 30;

int connect_to(const std::string& host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) throw LoadFailure("not an IPv4 address: " + host);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0 || connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw LoadFailure("can't connect to " + host + ":" + std::to_string(port) + ": " + std::strerror(errno));
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
    return socket;
}

}  // namespace

std::int64_t monotonic_ns() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

LoadSession::LoadSession(const LoadOptions& options, const SessionLogin& login, std::string id_prefix,
                         std::size_t share, Tally& tally)
    : options_(options),
      login_(login),
      id_prefix_(std::move(id_prefix)),
      tally_(tally),
      flow_(share, std::max<std::size_t>(options.window, 256)),
      writer_(login.sender, options.target),
      // Not initialised: of a thousand sessions each needs only the pages that it fills.
      input_(std::make_unique_for_overwrite<char[]>(input_size)) {}

LoadSession::~LoadSession() {
    if (socket_ >= 0) close(socket_);
}

void LoadSession::log_on(const SessionNumbers* continued) {
    socket_ = connect_to(options_.host, options_.port);
    state_ = State::logging_on;
    if (continued != nullptr) numbers_ = *continued;
    writer_.begin("A", numbers_.next_out++);
    writer_.add("98=", 0);
    writer_.add("108=", heartbeat_s);
    if (continued == nullptr) writer_.add("141=", "Y");
    if (!login_.username.empty()) writer_.add("553=", login_.username);
    if (!login_.password.empty()) writer_.add("554=", login_.password);
    writer_.finish(output_);
    flush();
}

void LoadSession::log_out() {
    state_ = State::logging_out;
    writer_.begin("5", numbers_.next_out++);
    writer_.finish(output_);
    flush();
}

void LoadSession::set_aim(Aim aim, std::size_t window) {
    flow_.set_aim(aim, window);
    send_requests();
    flush();
}

void LoadSession::receive() {
    if (!read_socket()) return;
    take_messages(monotonic_ns());
    send_requests();
    flush();
}

void LoadSession::keep_alive(std::int64_t now_ns) {
    if (state_ != State::on || now_ns - last_sent_ns_ < static_cast<std::int64_t>(heartbeat_s) * 1'000'000'000) return;
    write_heartbeat({});
    flush();
}

// One read a turn: a session whose answers never run dry must not keep the others waiting.
bool LoadSession::read_socket() {
    if (consumed_ > 0) {
        std::memmove(input_.get(), input_.get() + consumed_, filled_ - consumed_);
        filled_ -= consumed_;
        consumed_ = 0;
    }
    const ssize_t length = read(socket_, input_.get() + filled_, input_size - filled_);
    if (length > 0) {
        filled_ += static_cast<std::size_t>(length);
        return true;
    }
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (state_ != State::logging_out) fail("the connection was closed", unread());
    state_ = State::off;
    return false;
}

void LoadSession::take_messages(std::int64_t now_ns) {
    while (const std::size_t length = whole_message_length(unread())) {
        take(read_message(unread().substr(0, length)), now_ns);
        consumed_ += length;
    }
}

void LoadSession::take(const ReceivedMessage& message, std::int64_t now_ns) {
    take_number(message);
    if (take_administrative(message)) return;
    // Reports of an earlier incarnation that the venue tells again carry the ClOrdID of an earlier run.
    if (message.poss_resend && !message.cl_ord_id.starts_with(id_prefix_)) return;
    take_answer(message, now_ns);
}

// A continued session may find at its Logon that the venue has gone forward; from there on every number must follow.
void LoadSession::take_number(const ReceivedMessage& message) {
    const bool jump_allowed = state_ == State::logging_on && message.seq_num > numbers_.next_in;
    if (message.seq_num != numbers_.next_in && !jump_allowed)
        fail("MsgSeqNum should be " + std::to_string(numbers_.next_in), message.text);
    numbers_.next_in = message.seq_num + 1;
}

bool LoadSession::take_administrative(const ReceivedMessage& message) {
    if (message.type == "0") return true;
    if (message.type == "A")
        take_logon();
    else if (message.type == "5")
        take_logout(message);
    else if (message.type == "1")
        write_heartbeat(message.test_req_id);
    else if (message.type == "4")
        numbers_.next_in = message.new_seq_num;
    else
        return false;
    return true;
}

void LoadSession::take_logon() {
    if (state_ == State::logging_on) state_ = State::on;
}

void LoadSession::take_logout(const ReceivedMessage& message) {
    if (state_ != State::logging_out) fail("the session was ended", message.text);
    state_ = State::off;
}

void LoadSession::take_answer(const ReceivedMessage& message, std::int64_t now_ns) {
    const RequestKind kind = confirmed_kind(message);
    if (!message.cl_ord_id.starts_with(id_prefix_)) fail("not an answer to this run", message.text);
    const std::string_view digits = message.cl_ord_id.substr(id_prefix_.size());
    std::uint64_t number = 0;
    std::from_chars(digits.begin(), digits.end(), number);
    try {
        const Request request = flow_.answered(number, kind);
        ++tally_.answers;
        if (!tally_.measuring) return;
        ++(kind == RequestKind::place ? tally_.measured_places : tally_.measured_cancels);
        tally_.latency.record(now_ns - request.sent_ns);
    } catch (const LoadFailure& failure) {
        fail(failure.what(), message.text);
    }
}

RequestKind LoadSession::confirmed_kind(const ReceivedMessage& message) const {
    const bool echo = options_.peer == Peer::echo;
    if (echo ? message.type == "D" : message.type == "8" && message.exec_type == "0") return RequestKind::place;
    if (echo ? message.type == "F" : message.type == "8" && message.exec_type == "4") return RequestKind::cancel;
    fail("neither a confirmed order nor a confirmed cancel", message.text);
}

void LoadSession::fail(const std::string& reason, std::string_view message) const {
    throw LoadFailure(login_.sender + ": " + reason + ": " + readable(message));
}

}  // namespace bench
