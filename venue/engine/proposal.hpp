// What a new order or a replace comes to once its words are understood.
#pragma once

#include <optional>

#include "venue/engine/state.hpp"

namespace venue::engine {

struct Proposal {
    const model::Instrument* instrument = nullptr;  ///< Null when the symbol is not listed.
    const model::AskedTerms* asked = nullptr;       ///< Never null.
    model::Decimal quantity;                        ///< As it was asked for.
    model::Quantity filled_besides;                 ///< What is filled, where the quantity asked for leaves it out.
    std::optional<model::Decimal> price;
    std::optional<std::int64_t> lots;          ///< Empty when the quantity is no whole number of lots.
    std::optional<std::int64_t> ticks;         ///< Empty when the price is no whole number of ticks.
    std::optional<std::int64_t> min_lots;      ///< Empty when none is asked for, or it is no whole number of lots.
    std::optional<model::Amount> cash;         ///< Empty when none is asked for, or it is no whole number of units.
    std::optional<std::int64_t> display_lots;  ///< As above.
    std::optional<std::int64_t> trigger_ticks;
    std::optional<std::int64_t> trail;  ///< Ticks or basis points; empty when it is no whole number of them.
    std::size_t pegged_count = 0;       ///< The instrument's pegged orders.
    std::size_t own_pegged_count = 0;   ///< The participant's among them.
    std::size_t trailing_count = 0;     ///< The instrument's trailing stops.
    std::size_t own_trailing_count = 0;
    bool meets_its_list = false;  ///< Another order of its list, the end of one of which cancels the others.
    const model::Order* replaced = nullptr;
    model::Price last;                     ///< Of the last trade; zero for none.
    model::Price band_center;              ///< As Triggers has it.
    model::Amount spendable;               ///< What is available, and what the order holds already.
    model::Quantity level_size;            ///< What rests at its price already.
    std::optional<model::Price> opposite;  ///< The best price of the other side.
    model::Limits limits;                  ///< The instrument's, or tighter ones of the participant's own.
    std::int32_t open_count = 0;           ///< Of the participant's orders in the instrument, where that is limited.
    model::Timestamp now;
    model::Order order;  ///< As it would be, where the above allows.
};

/// A replace at the same price that isn't larger, nor waits for another price. Bands and limits that came later don't
/// stand in its way.
bool asks_for_no_more(const Proposal& proposal);

/// An order by cash is one for what the cash buys of the book as it is: nothing comes between. It may have to look at
/// many orders, so it comes when nothing else stands in the order's way.
void turn_cash_into_lots(const State& state, Proposal& proposal);

/// Zero when the participant has no account of that name; its session's own when none is named.
model::AccountId account_of(const State& state, const model::Session& asker, std::string_view name);

Proposal propose(const State& state, const model::Session& asker, const model::PlaceOrder& asked, model::Timestamp now);
/// The order that is to be replaced must be known.
Proposal propose(const State& state, const model::Session& asker, const model::Order& replaced,
                 const model::ReplaceOrder& asked, model::Timestamp now);

}  // namespace venue::engine
