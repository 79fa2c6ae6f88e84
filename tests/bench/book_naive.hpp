// The book that anybody would write first: a map of lists, and a hash map of ids. The oracle of the tests and the
// baseline of the benchmark. It shares the words of reports with the book, and no code; what a map can do well it does:
// an order is reached by its iterators, so a cancel costs one look-up, and a level knows its sum.
#pragma once

#include <algorithm>
#include <list>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "venue/engine/book/ladder.hpp"
#include "venue/engine/book/report.hpp"

namespace bench {

using venue::engine::book::Depth;
using venue::engine::book::Instruction;
using venue::engine::book::Reason;
using venue::engine::book::Report;
using venue::engine::book::ReportKind;
using venue::engine::book::Side;
using venue::engine::book::Ticks;

struct NaiveOrder {
    std::uint64_t id;
    std::int64_t quantity;
};

struct NaiveLevel {
    std::list<NaiveOrder> orders;
    std::int64_t quantity = 0;
};

template <class Sink>
class NaiveBook {
  public:
    explicit NaiveBook(Sink sink) : sink_(std::move(sink)) {}

    void place(std::uint64_t id, Side side, Ticks price, std::int64_t quantity, Instruction instruction) {
        if (quantity <= 0) return reject(id, price, quantity, Reason::quantity_must_be_positive);
        if (live_.contains(id)) return reject(id, price, quantity, Reason::id_is_live);
        const bool would_trade = side == Side::buy ? crosses_offers(price) : crosses_bids(price);
        if (instruction == Instruction::post_only && would_trade) {
            return reject(id, price, quantity, Reason::post_only_would_trade);
        }
        const bool may_rest = instruction == Instruction::rest || instruction == Instruction::post_only;
        if (may_rest && overflows(side, price, quantity)) return reject(id, price, quantity, Reason::level_is_full);
        sink_(Report{ReportKind::accepted, Reason::none, id, 0, price, quantity, quantity, 0});
        if (instruction == Instruction::fok && !fillable(side, price, quantity)) {
            return cancelled(id, price, quantity, Reason::fok_not_fillable);
        }
        const std::int64_t left = match(id, side, price, quantity);
        if (left == 0) return;
        if (may_rest) return rest(id, side, price, left);
        cancelled(id, price, left, Reason::no_match_left);
    }

    void cancel(std::uint64_t id) {
        const auto found = live_.find(id);
        if (found == live_.end()) return reject(id, 0, 0, Reason::id_is_unknown);
        const Resting resting = found->second;
        cancelled(id, price_of(resting), resting.order->quantity, Reason::none);
        live_.erase(found);
        take_out(resting);
    }

    void modify(std::uint64_t id, Ticks price, std::int64_t quantity, Instruction instruction) {
        if (quantity <= 0) return reject(id, price, quantity, Reason::quantity_must_be_positive);
        if (instruction == Instruction::ioc || instruction == Instruction::fok) {
            return reject(id, price, quantity, Reason::instruction_must_rest);
        }
        const auto found = live_.find(id);
        if (found == live_.end()) return reject(id, price, quantity, Reason::id_is_unknown);
        const Resting resting = found->second;
        const bool would_trade = resting.side == Side::buy ? crosses_offers(price) : crosses_bids(price);
        if (instruction == Instruction::post_only && would_trade) {
            return reject(id, price, quantity, Reason::post_only_would_trade);
        }
        const bool stays = price == price_of(resting);
        const std::int64_t more = stays ? quantity - resting.order->quantity : quantity;
        if (overflows(resting.side, price, more)) return reject(id, price, quantity, Reason::level_is_full);
        sink_(Report{ReportKind::modified, Reason::none, id, 0, price, quantity, quantity, 0});
        if (stays && quantity < resting.order->quantity) return reduce(resting, quantity);
        live_.erase(found);
        take_out(resting);
        const std::int64_t left = match(id, resting.side, price, quantity);
        if (left != 0) rest(id, resting.side, price, left);
    }

    std::optional<Depth> best(Side side) const {
        if (side == Side::buy) return bids_.empty() ? std::nullopt : std::optional(depth_of(*bids_.begin()));
        return offers_.empty() ? std::nullopt : std::optional(depth_of(*offers_.begin()));
    }
    Depth depth(Side side, Ticks price) const {
        if (side == Side::buy) return depth_in(bids_, price);
        return depth_in(offers_, price);
    }
    std::int64_t open(std::uint64_t id) const {
        const auto found = live_.find(id);
        return found == live_.end() ? 0 : found->second.order->quantity;
    }
    /// The id of the order that trades next; zero when the side is empty.
    std::uint64_t front(Side side) const {
        if (side == Side::buy) return bids_.empty() ? 0 : bids_.begin()->second.orders.front().id;
        return offers_.empty() ? 0 : offers_.begin()->second.orders.front().id;
    }
    std::size_t order_count() const { return live_.size(); }

    /// Calls with each price and its level, best first.
    template <class Visit>
    void each_level(Side side, Visit visit) const {
        if (side == Side::buy) {
            for (const auto& [price, level] : bids_) visit(price, level);
        } else {
            for (const auto& [price, level] : offers_) visit(price, level);
        }
    }
    Sink& sink() { return sink_; }

  private:
    using Bids = std::map<Ticks, NaiveLevel, std::greater<>>;
    using Offers = std::map<Ticks, NaiveLevel>;

    struct Resting {
        Side side;
        Bids::iterator bid;
        Offers::iterator offer;
        std::list<NaiveOrder>::iterator order;
    };

    bool crosses_offers(Ticks limit) const { return !offers_.empty() && offers_.begin()->first <= limit; }
    bool crosses_bids(Ticks limit) const { return !bids_.empty() && bids_.begin()->first >= limit; }

    template <class Entry>
    static Depth depth_of(const Entry& entry) {
        return {entry.first, entry.second.quantity, static_cast<std::uint32_t>(entry.second.orders.size())};
    }
    template <class Levels>
    static Depth depth_in(const Levels& levels, Ticks price) {
        const auto found = levels.find(price);
        return found == levels.end() ? Depth{price, 0, 0} : depth_of(*found);
    }
    static Ticks price_of(const Resting& resting) {
        return resting.side == Side::buy ? resting.bid->first : resting.offer->first;
    }

    bool overflows(Side side, Ticks price, std::int64_t more) const {
        std::int64_t sum = 0;
        return __builtin_add_overflow(depth(side, price).quantity, more, &sum);
    }

    bool fillable(Side side, Ticks limit, std::int64_t quantity) const {
        if (side == Side::buy) return holds(offers_, quantity, [&](Ticks price) { return price <= limit; });
        return holds(bids_, quantity, [&](Ticks price) { return price >= limit; });
    }
    template <class Levels, class Accepts>
    static bool holds(const Levels& levels, std::int64_t missing, Accepts accepts) {
        for (const auto& [price, level] : levels) {
            if (!accepts(price)) return false;
            if (level.quantity >= missing) return true;
            missing -= level.quantity;
        }
        return false;
    }

    std::int64_t match(std::uint64_t id, Side side, Ticks limit, std::int64_t left) {
        if (side == Side::buy) {
            while (left != 0 && crosses_offers(limit)) left = trade(offers_, id, left);
        } else {
            while (left != 0 && crosses_bids(limit)) left = trade(bids_, id, left);
        }
        return left;
    }
    template <class Levels>
    std::int64_t trade(Levels& levels, std::uint64_t id, std::int64_t left) {
        const auto best = levels.begin();
        NaiveLevel& level = best->second;
        NaiveOrder& resting = level.orders.front();
        const std::int64_t traded = std::min(left, resting.quantity);
        left -= traded;
        resting.quantity -= traded;
        level.quantity -= traded;
        sink_(Report{ReportKind::traded, Reason::none, id, resting.id, best->first, traded, left, resting.quantity});
        if (resting.quantity != 0) return left;
        live_.erase(resting.id);
        level.orders.pop_front();
        if (level.orders.empty()) levels.erase(best);
        return left;
    }

    void rest(std::uint64_t id, Side side, Ticks price, std::int64_t quantity) {
        Resting resting{side, {}, {}, {}};
        if (side == Side::buy) {
            resting.bid = bids_.try_emplace(price).first;
        } else {
            resting.offer = offers_.try_emplace(price).first;
        }
        NaiveLevel& level = level_of(resting);
        level.orders.push_back({id, quantity});
        level.quantity += quantity;
        resting.order = std::prev(level.orders.end());
        live_.emplace(id, resting);
    }
    static NaiveLevel& level_of(const Resting& resting) {
        return resting.side == Side::buy ? resting.bid->second : resting.offer->second;
    }
    void take_out(const Resting& resting) {
        NaiveLevel& level = level_of(resting);
        level.quantity -= resting.order->quantity;
        level.orders.erase(resting.order);
        if (!level.orders.empty()) return;
        if (resting.side == Side::buy) {
            bids_.erase(resting.bid);
        } else {
            offers_.erase(resting.offer);
        }
    }
    static void reduce(const Resting& resting, std::int64_t quantity) {
        level_of(resting).quantity += quantity - resting.order->quantity;
        resting.order->quantity = quantity;
    }

    void cancelled(std::uint64_t id, Ticks price, std::int64_t left, Reason reason) {
        sink_(Report{ReportKind::cancelled, reason, id, 0, price, 0, left, 0});
    }
    void reject(std::uint64_t id, Ticks price, std::int64_t quantity, Reason reason) {
        sink_(Report{ReportKind::rejected, reason, id, 0, price, quantity, 0, 0});
    }

    Sink sink_;
    Bids bids_;
    Offers offers_;
    std::unordered_map<std::uint64_t, Resting> live_;
};

}  // namespace bench
