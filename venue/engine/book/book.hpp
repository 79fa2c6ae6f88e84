// A book by itself: orders of one instrument, named by the caller's ids, matched by price and time at the resting
// price. No accounts, no holds, no fees. Every outcome is told to the caller's sink, in order; the same calls give the
// same reports. One thread; the sink must not call the book.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "venue/engine/book/ladder.hpp"
#include "venue/engine/book/live_ids.hpp"
#include "venue/engine/book/report.hpp"

namespace venue::engine::book {

/// `Sink` is called with a `const Report&`.
template <class Sink>
class Book {
  public:
    /// At most that many orders and levels together. An empty book takes no memory beside itself.
    explicit Book(Sink sink, std::uint32_t records_max = OrderPool::records_default)
        : sink_(std::move(sink)), pool_(records_max), ladder_(pool_), ids_(pool_, process_secret()) {}

    /// The id is free as soon as its order was filled or cancelled.
    void place(std::uint64_t id, Side side, Ticks price, std::int64_t quantity,
               Instruction instruction = Instruction::rest) {
        const std::uint64_t hash = ids_.hash_of(id);
        const Handle level = ladder_.level_at(side, price);
        const Reason flaw = flaw_of_placing(ids_.find(id, hash), level, side, price, quantity, instruction);
        if (flaw != Reason::none) return reject(id, price, quantity, flaw);
        sink_(Report{.kind = ReportKind::accepted, .id = id, .price = price, .quantity = quantity, .left = quantity});
        if (instruction == Instruction::fok && !fillable(side, price, quantity)) {
            return tell_cancelled(id, price, quantity, Reason::fok_not_fillable);
        }
        const std::int64_t left = match(id, side, price, quantity);
        if (left == 0) return;
        if (instruction == Instruction::ioc) return tell_cancelled(id, price, left, Reason::no_match_left);
        // What it traded with was on the other side: its own level is as it was.
        ids_.insert(ladder_.append(level, side, price, left, id), hash);
    }

    void cancel(std::uint64_t id) {
        const Handle order = ids_.find(id);
        if (order == 0) return reject(id, 0, 0, Reason::id_is_unknown);
        tell_cancelled(id, ladder_.price(order), ladder_.order(order).quantity, Reason::none);
        ids_.erase(order);
        ladder_.remove(order);
    }

    /// Sets what shall be open. Less at the same price keeps the order's place; anything else goes to the back of its
    /// price, and trades if it can. Post-only declines it where it would trade; the order then stays as it was.
    void modify(std::uint64_t id, Ticks price, std::int64_t quantity, Instruction instruction = Instruction::rest) {
        const Handle order = ids_.find(id);
        const Reason flaw = flaw_of_modifying(order, price, quantity, instruction);
        if (flaw != Reason::none) return reject(id, price, quantity, flaw);
        sink_(Report{.kind = ReportKind::modified, .id = id, .price = price, .quantity = quantity, .left = quantity});
        if (price == ladder_.price(order) && quantity < ladder_.order(order).quantity) {
            return ladder_.resize(order, quantity);
        }
        const Side side = ladder_.side(order);
        ladder_.detach(order);
        const std::int64_t left = match(id, side, price, quantity);
        if (left != 0) return ladder_.attach(order, side, price, left);
        ids_.erase(order);
        ladder_.release(order);
    }

    /// The best price and what rests there; nothing on an empty side.
    [[nodiscard]] std::optional<Depth> best(Side side) const {
        if (ladder_.empty(side)) return std::nullopt;
        return ladder_.depth(ladder_.best(side));
    }
    /// What rests at a price: zeros where nothing does.
    [[nodiscard]] Depth depth(Side side, Ticks price) const {
        const Handle level = ladder_.level_at(side, price);
        return level == 0 ? Depth{price, 0, 0} : ladder_.depth(level);
    }
    /// What is open of an order; zero when no live order has that id.
    [[nodiscard]] std::int64_t open(std::uint64_t id) const {
        const Handle order = ids_.find(id);
        return order == 0 ? 0 : ladder_.order(order).quantity;
    }
    [[nodiscard]] std::uint64_t order_count() const { return ids_.count(); }
    /// For walks over levels and queues.
    [[nodiscard]] const Ladder& ladder() const { return ladder_; }
    /// Memory for orders, levels and ids that was taken from the system.
    [[nodiscard]] std::size_t bytes() const { return pool_.bytes() + ids_.bytes(); }

    [[nodiscard]] Sink& sink() { return sink_; }

  private:
    [[nodiscard]] Reason flaw_of_placing(Handle live, Handle level, Side side, Ticks price, std::int64_t quantity,
                                         Instruction instruction) {
        if (quantity <= 0) return Reason::quantity_must_be_positive;
        if (live != 0) return Reason::id_is_live;
        const bool may_rest = instruction == Instruction::rest || instruction == Instruction::post_only;
        if (!may_rest) return Reason::none;
        if (instruction == Instruction::post_only && ladder_.crosses(side, price)) return Reason::post_only_would_trade;
        return flaw_of_resting(level, quantity);
    }

    [[nodiscard]] Reason flaw_of_modifying(Handle order, Ticks price, std::int64_t quantity, Instruction instruction) {
        if (quantity <= 0) return Reason::quantity_must_be_positive;
        if (instruction == Instruction::ioc || instruction == Instruction::fok) return Reason::instruction_must_rest;
        if (order == 0) return Reason::id_is_unknown;
        const Side side = ladder_.side(order);
        if (instruction == Instruction::post_only && ladder_.crosses(side, price)) return Reason::post_only_would_trade;
        // At its own price the level has the order's present quantity already.
        const std::int64_t present = price == ladder_.price(order) ? ladder_.order(order).quantity : 0;
        return flaw_of_resting(ladder_.level_at(side, price), quantity - present);
    }

    /// Before anything is told: once accepted, what is left must be able to rest. Where it trades first, nothing of its
    /// own side rests at its price.
    [[nodiscard]] Reason flaw_of_resting(Handle level, std::int64_t more) {
        if (!ids_.ready() || !ladder_.ready()) return Reason::book_is_full;
        return ladder_.admits(level, more) ? Reason::none : Reason::level_is_full;
    }

    /// Trades while the best opposite price is accepted; what is left then.
    [[nodiscard]] std::int64_t match(std::uint64_t id, Side side, Ticks limit, std::int64_t quantity) {
        std::int64_t left = quantity;
        while (left != 0 && ladder_.crosses(side, limit)) {
            const Handle resting = ladder_.front(opposite(side));
            const OrderRecord& order = ladder_.order(resting);
            const std::int64_t traded = std::min(left, order.quantity);
            const std::int64_t resting_left = order.quantity - traded;
            left -= traded;
            sink_(Report{.kind = ReportKind::traded,
                         .id = id,
                         .resting_id = order.id,
                         .price = ladder_.best_price(opposite(side)),
                         .quantity = traded,
                         .left = left,
                         .resting_left = resting_left});
            if (resting_left != 0) {
                ladder_.resize(resting, resting_left);
                return 0;
            }
            ids_.erase(resting);
            ladder_.remove(resting);
        }
        return left;
    }

    /// Whether the levels up to the limit hold the whole quantity.
    [[nodiscard]] bool fillable(Side side, Ticks limit, std::int64_t quantity) const {
        const Rank worst = rank_of(opposite(side), limit);
        std::int64_t missing = quantity;
        for (Handle level = ladder_.best(opposite(side)); level != 0; level = ladder_.level_after(level)) {
            const Depth depth = ladder_.depth(level);
            if (rank_of(opposite(side), depth.price) > worst) return false;
            if (depth.quantity >= missing) return true;
            missing -= depth.quantity;
        }
        return false;
    }

    void tell_cancelled(std::uint64_t id, Ticks price, std::int64_t left, Reason reason) {
        sink_(Report{.kind = ReportKind::cancelled, .reason = reason, .id = id, .price = price, .left = left});
    }
    void reject(std::uint64_t id, Ticks price, std::int64_t quantity, Reason reason) {
        sink_(Report{.kind = ReportKind::rejected, .reason = reason, .id = id, .price = price, .quantity = quantity});
    }

    Sink sink_;
    OrderPool pool_;
    Ladder ladder_;
    LiveIds ids_;
};

}  // namespace venue::engine::book
