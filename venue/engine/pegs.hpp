// One instrument's pegged orders: their prices follow the best prices of the orders that aren't pegged themselves, so
// that they never follow each other.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "venue/engine/book.hpp"
#include "venue/model/reference.hpp"
#include "venue/model/time.hpp"

namespace venue::engine {

/// They follow at most once in so long a time: otherwise one order that comes and goes would move them all, twice.
inline constexpr std::int64_t following_interval = 100'000'000;

/// Best prices of orders that aren't pegged; zero where there are none.
struct Touch {
    model::Price bid;
    model::Price offer;
    bool operator==(const Touch&) const = default;
};

class Pegs {
  public:
    void add(const model::Order& pegged);
    void remove(const model::Order& pegged);
    [[nodiscard]] std::size_t size() const { return orders_.size(); }
    [[nodiscard]] std::size_t count_of(model::ParticipantId participant) const;

    /// The first whose id is not below that one; zero for none.
    [[nodiscard]] model::OrderId first_from(model::OrderId id) const;
    [[nodiscard]] Touch touch_in(const Book& book) const {
        return touch_ ? *touch_ : Touch{search(book, model::Side::buy), search(book, model::Side::sell)};
    }
    /// Follows an order that an event has changed. Levels of pegged orders alone may lie before the touch, and many:
    /// they are walked only when the touch itself goes.
    void note(const Book& book, const model::Order& changed);

    /// The orders were priced by that touch: all of them, or those before `next`.
    void set_priced(const Touch& touch, model::OrderId next) {
        priced_by_ = touch;
        next_ = next;
    }
    /// What bounds the prices has moved: all of them are looked at again.
    void set_unpriced() { set_priced({}, {}); }
    [[nodiscard]] const Touch& priced_by() const { return priced_by_; }
    [[nodiscard]] model::OrderId next() const { return next_; }
    /// Whether an order may have another price than by this touch. Of a price that none refers to nothing depends.
    [[nodiscard]] bool behind(const Touch& touch) const;

    /// When they followed last, zero for never.
    void set_followed_at(model::Timestamp time) { followed_at_ = time; }
    [[nodiscard]] model::Timestamp followed_at() const { return followed_at_; }
    /// When those that are behind follow: a time that has come already where a following goes on, or the last is long
    /// enough ago.
    [[nodiscard]] model::Timestamp due() const;

  private:
    [[nodiscard]] std::uint32_t count_at(model::Side side, model::Price price) const;
    [[nodiscard]] bool has_others_at(const Book& book, model::Side side, model::Price price) const;
    [[nodiscard]] model::Price search(const Book& book, model::Side side) const;

    std::set<model::OrderId> orders_;
    std::map<std::pair<model::Side, model::Price>, std::uint32_t> counts_;
    std::map<model::ParticipantId, std::size_t> of_participants_;
    std::size_t of_bid_ = 0;  ///< How many refer to it.
    std::size_t of_offer_ = 0;
    std::optional<Touch> touch_;  ///< Nothing until the first order's event.
    Touch priced_by_;
    model::OrderId next_;
    model::Timestamp followed_at_;
};

inline bool is_pegged(const model::Order& order) { return order.type == model::OrderType::pegged; }

/// Where such an order belongs: beside its reference, within its limit, no nearer to the other side's best price than a
/// tick, and no further towards it than the static band. Zero where that is no price that it can have, or nothing to
/// refer to.
model::Price pegged_price(const model::Order& pegged, const model::Instrument& instrument, const Touch& touch);

/// Where one belongs that was at this price while there is nothing to refer to: as near as its limit lets it be. Zero
/// where that is no price that it can have.
model::Price price_within_limit(const model::Order& pegged, const model::Instrument& instrument, model::Price before);

/// What a buy may cost is held at its limit: it never rests above.
bool is_within_limit(const model::Order& pegged);

}  // namespace venue::engine
