// What eight sessions ask of the venue, without end: of every twenty events that it causes, fourteen are new orders,
// four are cancels and two are the halves of a trade.
#pragma once

#include <cstdint>
#include <vector>

#include "venue/model/reference.hpp"
#include "venue/model/request.hpp"

namespace bench {

class JournalMix {
  public:
    /// Every session of the reference data takes its turn.
    explicit JournalMix(const venue::model::Reference& reference);

    /// The next request of the mix; each causes at least one event.
    venue::model::Request next();
    /// An order that rests, outside of the mix.
    venue::model::Request next_resting();

  private:
    venue::model::Request place(std::uint64_t order, const venue::model::PlaceOrder& terms);
    venue::model::Request crossing(venue::model::Side side);
    venue::model::Request cancel();
    venue::model::Request from_session_of(std::uint64_t order, venue::model::CommandBody body);
    [[nodiscard]] venue::model::ClOrdId name(char kind, std::uint64_t order) const;

    struct Asking {
        venue::model::SessionId session;
        std::int64_t number = 1;  // the Logon's
    };
    std::vector<Asking> sessions_;
    std::vector<std::uint32_t> resting_;
    std::uint64_t step_ = 0;
    std::uint64_t orders_ = 0;
    std::uint64_t choice_ = 0x9E3779B97F4A7C15U;
};

}  // namespace bench
