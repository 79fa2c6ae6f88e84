// The sending half of a session: requests as the window allows, one write for all of them.
#include "tests/bench/load_session.hpp"

#include <sys/socket.h>
#include <cerrno>
#include <cstring>

namespace bench {

// The clock is read once per turn: requests that leave in one write were sent at one time.
void LoadSession::send_requests() {
    if (state_ != State::on || !flow_.can_send()) return;
    const std::int64_t now_ns = monotonic_ns();
    while (flow_.can_send()) write_request(flow_.send(now_ns));
}

void LoadSession::write_request(const Request& request) {
    const bool cancels = request.kind == RequestKind::cancel;
    const OrderTerms terms = terms_of(request.order);
    writer_.begin(cancels ? "F" : "D", numbers_.next_out++);
    if (!login_.account.empty()) writer_.add("1=", login_.account);
    writer_.add("11=", cl_ord_id(request.number));
    writer_.add("38=", terms.quantity);
    if (cancels) {
        writer_.add("41=", cl_ord_id(request.order));
    } else {
        writer_.add("40=", "2");
        writer_.add("44=", terms.price);
    }
    writer_.add("54=", terms.is_buy ? "1" : "2");
    writer_.add("55=", options_.symbol);
    if (!cancels) writer_.add("59=", "1");
    writer_.add("60=", utc_text());
    writer_.finish(output_);
}

void LoadSession::write_heartbeat(std::string_view test_req_id) {
    writer_.begin("0", numbers_.next_out++);
    if (!test_req_id.empty()) writer_.add("112=", test_req_id);
    writer_.finish(output_);
}

void LoadSession::flush() {
    if (!has_unsent()) return;
    const ssize_t length = send(socket_, output_.data() + sent_, output_.size() - sent_, MSG_NOSIGNAL);
    if (length < 0 && errno != EAGAIN && errno != EINTR)
        throw LoadFailure(login_.sender + ": can't send: " + std::strerror(errno));
    if (length <= 0) return;
    last_sent_ns_ = monotonic_ns();
    sent_ += static_cast<std::size_t>(length);
    if (has_unsent()) return;
    output_.clear();
    sent_ = 0;
}

}  // namespace bench
