// Which order one session places or cancels next, and which answers it still waits for. Knows no FIX and no socket.
// Half the requests place an order that rests, half cancel one that was confirmed earlier, so the book stays full.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

enum class RequestKind : std::uint8_t { place, cancel };

/// What the session is trying to reach at this moment of the run.
enum class Aim : std::uint8_t {
    hold_still,  // sends nothing
    fill,        // places orders until its share of the book rests
    churn,       // one order in, one out, for as long as it is told
    empty,       // cancels whatever rests
};

/// One request by its number, which is also the number in its ClOrdID. Side, price and quantity of an order follow
/// from its number, so that nothing else has to be remembered until it is cancelled.
struct Request {
    std::uint64_t number = 0;
    RequestKind kind = RequestKind::place;
    std::uint64_t order = 0;  // the order it places or cancels
    std::int64_t sent_ns = 0;
};

struct OrderTerms {
    bool is_buy;
    std::string price;
    std::string quantity;
};

/// Buys lie below the mid price and sells above it: nothing that this generator sends can ever trade.
OrderTerms terms_of(std::uint64_t order);

class OrderFlow {
  public:
    /// `share` is how many orders this session keeps in the book; `window_max` the most answers it ever awaits.
    OrderFlow(std::size_t share, std::size_t window_max);

    void set_aim(Aim aim, std::size_t window);
    bool can_send() const;
    Request send(std::int64_t now_ns);

    /// Takes the answer to request `number` and returns the request. Throws LoadFailure when none is awaited under
    /// that number or when the answer is of the other kind.
    Request answered(std::uint64_t number, RequestKind kind);

    bool aim_reached() const;
    std::size_t awaited() const { return awaited_; }

  private:
    std::size_t open() const { return resting_.size() + placing_; }
    bool cancels_next() const;
    std::uint64_t take_resting();

    std::size_t share_;
    std::vector<Request> in_flight_;  // a ring by request number; number 0 marks a free place
    std::vector<std::uint64_t> resting_;
    Aim aim_ = Aim::hold_still;
    std::size_t window_ = 0;
    std::size_t awaited_ = 0;
    std::size_t placing_ = 0;
    std::uint64_t next_number_ = 1;
    std::uint64_t choice_ = 0x9E3779B97F4A7C15U;
};

}  // namespace bench
