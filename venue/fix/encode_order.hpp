// The parts of an ExecutionReport that reports of events and answers to status requests share.
#pragma once

#include <string_view>

#include "venue/fix/message_writer.hpp"
#include "venue/model/order.hpp"
#include "venue/model/reject_reason.hpp"

namespace venue::fix {

/// OrdStatus (39) of an order as it stands.
char ord_status(model::OrderState state, model::Quantity cum);

/// What was ordered: 1, 55, 54, 38, 40, 44, 59, and of special terms 126, 18, 99, 110, 111 and 152.
void write_terms(MessageWriter& writer, const model::Order& order, const model::Reference& reference);

/// What kind of report it is and how the order stands: 20, 150 and 39. `exec_type` is FIX 4.4's; `is_untouched` tells
/// that the order is open and has no fill.
void write_kind(MessageWriter& writer, const Dialect& dialect, char exec_type, char ord_status, bool is_untouched);

/// How far it got: 151, 14 and 6.
void write_progress(MessageWriter& writer, const model::Order& order, const model::Reference& reference);

/// AvgPx (6).
void write_average(MessageWriter& writer, const model::Order& order, const model::Instrument& instrument);

/// OrderID (37); NONE for an order that never was.
void write_order_id(MessageWriter& writer, model::OrderId order);

/// Text (58): the reason's sentence, and the field that it is about.
/// With the prices that would have been allowed, where they are why.
void write_reason(MessageWriter& writer, model::RejectReason reason, int tag,
                  const model::Box<model::PriceLimits>& limits = {});

/// FIX's letters are the model's numbers.
template <class Enum>
constexpr char letter(Enum value) {
    return static_cast<char>('0' + static_cast<int>(value));
}
/// But for one: pegged orders are of two types here.
constexpr char letter(model::OrderType type) {
    return type == model::OrderType::pegged ? 'P' : static_cast<char>('0' + static_cast<int>(type));
}

}  // namespace venue::fix
