#include "venue/fix/connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <netinet/tcp.h>

#include <algorithm>
#include <utility>

#include "venue/fix/data_guard.hpp"
#include "venue/fix/log.hpp"
#include "venue/fix/network_address.hpp"

namespace venue::fix {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using boost::system::error_code;

/// How soon a venue without room is asked again.
constexpr auto room_wait = 1ms;
/// A participant has this long to read the last messages and to close.
constexpr auto finish_wait = 2s;
/// Bytes that may wait behind a Logon that is being judged.
constexpr std::size_t held_bytes_max = 65'536;
/// Outcomes whose way is measured and that wait to be written; others go unmeasured.
constexpr std::size_t measured_max = 16'384;

std::int64_t monotonic_now() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

/// Where there are no heartbeats, nothing else tells that a peer's machine is gone; its session would stay taken.
void keep_alive(tcp::socket& socket) {
    constexpr int idle_seconds = 30;
    constexpr int interval_seconds = 10;
    constexpr int probe_count = 3;
    error_code ignored;
    socket.set_option(tcp::socket::keep_alive(true), ignored);
    const auto set = [&](int option, int value) {
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, idle_seconds);
    set(TCP_KEEPINTVL, interval_seconds);
    set(TCP_KEEPCNT, probe_count);
}

std::string peer_of(const tcp::socket& socket) {
    error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    return error ? "a peer that left" : endpoint.address().to_string() + ":" + std::to_string(endpoint.port());
}

}  // namespace

Connection::Connection(tcp::socket socket, std::shared_ptr<boost::asio::ssl::context> tls, const Settings& settings,
                       const ConnectionEvents& events)
    : stream_(std::move(socket)),
      tls_(std::move(tls)),
      deadline_(stream_.socket().get_executor()),
      room_(stream_.socket().get_executor()),
      settings_(settings),
      events_(events),
      peer_(peer_of(stream_.socket())),
      address_(network_address(stream_.socket())),
      framer_(settings.message_bytes_max),
      began_at_(monotonic_now()) {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
    keep_alive(stream_.socket());
}

/// It has done its part: how long the rest takes is the venue's business.
void Connection::hold() {
    stage_ = Stage::held;
    deadline_.cancel();
}

void Connection::admit() {
    if (!is_open()) return;
    stage_ = Stage::admitted;
    deadline_.cancel();
    // Messages may wait behind the Logon; they are given once the caller is done with it.
    boost::asio::post(stream_.socket().get_executor(), [self = shared_from_this()] { self->deliver(); });
}

// ---- Reading --------------------------------------------------------------------------------------------------------

void Connection::read() {
    const bool full = stage_ == Stage::held && framer_.waiting() >= held_bytes_max;
    if (reading_ || stage_ == Stage::closed || full) return;
    reading_ = true;
    const auto space = framer_.space();
    stream_.async_read_some(boost::asio::buffer(space.data(), space.size()),
                            [self = shared_from_this()](const error_code& error, std::size_t count) {
                                self->reading_ = false;
                                self->received(error, count);
                            });
}

void Connection::received(const error_code& error, std::size_t count) {
    if (stage_ == Stage::closed) return;
    if (error) return close(error == boost::asio::error::eof ? "the peer closed it" : error.message());
    if (stage_ == Stage::finishing) return read();  // What still comes is read and dropped: its end is awaited.
    read_at_ = monotonic_now();
    events_.traffic.received_bytes_total += static_cast<std::int64_t>(count);
    framer_.commit(count);
    deliver();
}

void Connection::deliver() {
    while (deliver_next()) continue;
    judge_stream();
    if (!waiting_for_room_) read();
}

/// False when there is no message to give, or nobody to take it now.
bool Connection::deliver_next() {
    if ((stage_ != Stage::awaiting_logon && stage_ != Stage::admitted) || waiting_for_room_) return false;
    if (framer_.waiting() == 0) return false;
    if (!events_.has_room()) {
        wait_for_room();
        return false;
    }
    const auto message = framer_.next();
    if (!message) return false;
    if (data_fields_fit(*message)) {
        events_.message(*this, *message);
        return true;
    }
    if (lies_.add()) {
        log().warn("{} sent a message whose data fields lie about their length, the {}. time; it is ignored", peer_,
                   lies_.count());
    }
    if (stage_ == Stage::awaiting_logon) close("garbled before logon");
    return true;
}

void Connection::judge_stream() {
    if (framer_.is_too_large()) return close("a message is larger than allowed");
    if (const auto more = framer_.garbled_count() - garbled_.count(); more > 0) {
        if (garbled_.add(more)) {
            log().warn("{} sent garbled bytes, the {}. time; they are ignored", peer_, garbled_.count());
        }
        if (stage_ == Stage::awaiting_logon) return close("garbled before logon");
    }
    if (stage_ == Stage::awaiting_logon && framer_.waiting() > settings_.prelogon_bytes_max) {
        close("too much before logon");
    }
}

void Connection::wait_for_room() {
    waiting_for_room_ = true;
    room_.expires_after(room_wait);
    room_.async_wait([self = shared_from_this()](const error_code& error) {
        self->waiting_for_room_ = false;
        if (!error) self->deliver();
    });
}

// ---- Writing --------------------------------------------------------------------------------------------------------

void Connection::queued(model::Sequence mark) {
    if (!is_open()) {
        output_.clear();
        return;
    }
    if (mark) output_mark_ = mark;
    if (waiting() > settings_.output_queue_bytes_max) return close("the peer doesn't read what it is sent");
    schedule_flush();
}

/// One of an earlier connection tells nothing: how long its participant was away is no time of ours.
void Connection::note_outcome(std::int64_t read_at) {
    if (read_at >= began_at_ && output_read_at_.size() < measured_max) output_read_at_.push_back(read_at);
}

// Posted behind whatever is ready to run, so that everything said in this turn leaves in one write.
void Connection::schedule_flush() {
    if (flush_scheduled_) return;
    flush_scheduled_ = true;
    boost::asio::post(stream_.socket().get_executor(), [self = shared_from_this()] {
        self->flush_scheduled_ = false;
        self->flush();
    });
}

void Connection::flush() {
    if (stage_ == Stage::closed || !writing_.empty()) return;
    if (output_.empty()) {
        if (stage_ == Stage::finishing) stream_.end_output([self = shared_from_this()](const error_code&) {});
        return;
    }
    writing_.swap(output_);
    events_.telling(comp_id, writing_);
    writing_mark_ = std::exchange(output_mark_, {});
    writing_read_at_.swap(output_read_at_);
    progress_ = std::chrono::steady_clock::now();
    write();
}

void Connection::write() {
    stream_.async_write_some(
        boost::asio::buffer(writing_.data() + written_, writing_.size() - written_),
        [self = shared_from_this()](const error_code& error, std::size_t count) { self->wrote(error, count); });
}

void Connection::wrote(const error_code& error, std::size_t count) {
    if (error) return close(error.message());
    written_ += count;
    events_.traffic.sent_bytes_total += static_cast<std::int64_t>(count);
    progress_ = std::chrono::steady_clock::now();
    if (written_ < writing_.size()) return write();
    writing_.clear();
    written_ = 0;
    events_.written(*this, std::exchange(writing_mark_, {}), writing_read_at_);
    writing_read_at_.clear();
    flush();
}

void Connection::check_progress(std::chrono::steady_clock::time_point now) {
    if (!writing_.empty() && now - progress_ > std::chrono::milliseconds(settings_.write_timeout_ms))
        close("a write made no progress");
}

// ---- Ending ---------------------------------------------------------------------------------------------------------

void Connection::finish() {
    if (!is_open()) return;
    stage_ = Stage::finishing;
    arm_deadline(finish_wait, "closed");
    schedule_flush();
    read();
}

void Connection::close(std::string_view why) {
    if (stage_ == Stage::closed) return;
    stage_ = Stage::closed;
    log().info("connection from {} ends: {}", peer_, why);
    deadline_.cancel();
    room_.cancel();
    error_code ignored;
    stream_.socket().close(ignored);
    boost::asio::post(stream_.socket().get_executor(), [self = shared_from_this()] { self->events_.closed(*self); });
}

void Connection::arm_deadline(std::chrono::milliseconds after, std::string_view why) {
    deadline_.expires_after(after);
    deadline_.async_wait([self = shared_from_this(), why](const error_code& error) {
        if (!error) self->close(why);
    });
}

}  // namespace venue::fix
