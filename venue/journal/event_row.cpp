#include "venue/journal/event_row.hpp"

#include "venue/journal/asked_text.hpp"
#include "venue/journal/event_body.hpp"
#include "venue/journal/journal.hpp"

namespace venue::journal {
namespace {

using namespace venue::model;

/// What was asked stands there in full in the first, and in short in the second. In the third it is in full, and the
/// body holds the special terms of the order.
constexpr std::int16_t version_in_full = 1;
constexpr std::int16_t version_in_short = 2;
constexpr std::int16_t version_special = 3;

template <class Value>
std::optional<Value> unless_zero(Value value) {
    return value == Value{} ? std::optional<Value>{} : value;
}

std::optional<std::string> unless_empty(std::string_view text) {
    return text.empty() ? std::optional<std::string>{} : std::string(text);
}

template <class Enum>
std::int16_t number_of(Enum value) {
    return static_cast<std::int16_t>(value);
}

template <class Enum>
Enum enum_of(const std::optional<std::int16_t>& number) {
    return static_cast<Enum>(number.value_or(0));
}

ClOrdId cl_ord_id_of(const std::optional<std::string>& text) { return text ? ClOrdId(*text) : ClOrdId(); }

void write_order(EventRow& row, const Order& order) {
    row.order_id = order.id.value;
    row.participant = order.participant.value;
    row.account = order.account.value;
    row.owner = order.session.value;
    row.instrument = order.instrument.value;
    row.cl_ord_id = unless_empty(order.cl_ord_id.view());
    row.side = number_of(order.side);
    row.type = number_of(order.type);
    row.time_in_force = number_of(order.time_in_force);
    row.state = number_of(order.state);
    row.price = order.price.ticks;
    row.quantity = order.quantity.lots;
    row.cum = order.cum.lots;
    row.leaves = order.leaves.lots;
    row.cum_value = order.cum_value.units;
    row.hold = order.hold.units;
    row.maker_rate = order.maker_rate;
    row.taker_rate = order.taker_rate;
    row.fee_exact = order.fee_exact.units;
    row.fee_charged = order.fee_charged.units;
    row.expires = unless_zero(order.expires.nanoseconds);
    if (!order.special) return;
    row.version = version_special;
    row.body = Json{body_text(*order.special)};
}

Order read_order(const EventRow& row) {
    Order order;
    order.id = OrderId{row.order_id.value_or(0)};
    order.participant = ParticipantId{row.participant.value_or(0)};
    order.account = AccountId{row.account.value_or(0)};
    order.session = SessionId{row.owner.value_or(0)};
    order.instrument = InstrumentId{row.instrument.value_or(0)};
    order.cl_ord_id = cl_ord_id_of(row.cl_ord_id);
    order.side = enum_of<Side>(row.side);
    order.type = enum_of<OrderType>(row.type);
    order.time_in_force = enum_of<TimeInForce>(row.time_in_force);
    order.state = enum_of<OrderState>(row.state);
    order.price = {row.price.value_or(0)};
    order.quantity = {row.quantity.value_or(0)};
    order.cum = {row.cum.value_or(0)};
    order.leaves = {row.leaves.value_or(0)};
    order.cum_value = {row.cum_value.value_or(0)};
    order.hold = {row.hold.value_or(0)};
    order.maker_rate = row.maker_rate.value_or(0);
    order.taker_rate = row.taker_rate.value_or(0);
    order.fee_exact = {row.fee_exact.value_or(0)};
    order.fee_charged = {row.fee_charged.value_or(0)};
    order.expires = {row.expires.value_or(0)};
    if (row.version == version_special) read_body(row.body, order.special.emplace());
    return order;
}

void write_flaw(EventRow& row, const Flaw& flaw) {
    row.reason = number_of(flaw.reason);
    row.tag = unless_zero(flaw.tag);
}

Flaw read_flaw(const EventRow& row) { return {enum_of<RejectReason>(row.reason), row.tag.value_or(0)}; }

/// Fills the columns of one kind. A kind without columns of its own goes into the body.
struct Writing {
    EventRow& row;

    void operator()(const OrderAccepted& event) const {
        write_order(row, event.order);
        row.rests = event.rests;
    }
    void operator()(const OrderRejected& event) const {
        row.participant = event.participant.value;
        row.account = event.account.value;
        row.cl_ord_id = unless_empty(event.cl_ord_id.view());
        row.side = number_of(event.side);
        row.type = number_of(event.type);
        row.time_in_force = number_of(event.time_in_force);
        write_flaw(row, event.flaw);
        row.body = Json{body_text(event)};
    }
    void operator()(const OrderTraded& event) const {
        write_order(row, event.order);
        row.match_id = event.match.value;
        row.incoming = event.incoming;
        row.sweep_goes_on = event.sweep_goes_on;
        row.last_price = event.last_price.ticks;
        row.last_quantity = event.last_quantity.lots;
        row.last_base = event.last_base.units;
        row.last_quote = event.last_quote.units;
        row.fee_asset = event.fee_asset.value;
        row.fee = event.fee.units;
        if (event.refreshed) row.kept_place = false;
        if (event.in_auction) row.reason = number_of(RejectReason::uncrossed);
    }
    void operator()(const OrderCancelled& event) const {
        write_order(row, event.order);
        row.reason = number_of(event.reason);
        row.other_cl_ord_id = unless_empty(event.request.view());
    }
    void operator()(const OrderExpired& event) const { write_order(row, event.order); }
    void operator()(const OrderReplaced& event) const {
        write_order(row, event.order);
        row.other_cl_ord_id = unless_empty(event.previous.view());
        row.kept_place = event.kept_place;
    }
    void operator()(const OrderRestated& event) const {
        write_order(row, event.order);
        row.reason = number_of(event.reason);
        row.kept_place = event.kept_place;
    }
    void operator()(const OrderTriggered& event) const {
        write_order(row, event.order);
        if (event.reason != RejectReason::triggered) row.reason = number_of(event.reason);
        row.rests = event.rests;
    }
    void operator()(const SweepMarked& event) const { row.order_id = event.order.value; }
    /// Of one instrument, whose column says which; the rest is in the body.
    template <class OfInstrument>
    requires requires(const OfInstrument& event) { event.instrument.value; }
    void operator()(const OfInstrument& event) const {
        row.instrument = event.instrument.value;
        row.body = Json{body_text(event)};
    }
    void operator()(const ChangeRejected& event) const {
        row.participant = event.participant.value;
        row.is_replace = event.is_replace;
        row.cl_ord_id = unless_empty(event.cl_ord_id.view());
        row.other_cl_ord_id = unless_empty(event.orig_cl_ord_id.view());
        row.order_id = event.order.value;
        row.state = number_of(event.state);
        row.cum = event.cum.lots;
        write_flaw(row, event.flaw);
        if (event.limits) row.body = Json{body_text(event)};
    }
    template <class Revised>
    requires std::is_base_of_v<TradeRevision, Revised>
    void operator()(const Revised& event) const {
        write_order(row, event.order);
        row.match_id = event.match.value;
        row.incoming = event.incoming;
        row.last_price = event.last_price.ticks;
        row.last_quantity = event.last_quantity.lots;
        row.last_base = event.last_base.units;
        row.last_quote = event.last_quote.units;
        row.fee_asset = event.fee_asset.value;
        row.fee = event.fee.units;
        row.body = Json{body_text(event)};
    }
    template <class Other>
    void operator()(const Other& event) const {
        row.body = Json{body_text(event)};
    }
};

/// The inverse: one function per kind, each taking what Writing put there.
struct Reading {
    const EventRow& row;

    void operator()(OrderAccepted& event) const {
        event.order = read_order(row);
        event.rests = row.rests.value_or(false);
    }
    void operator()(OrderRejected& event) const {
        read_body(row.body, event);
        event.participant = ParticipantId{row.participant.value_or(0)};
        event.account = AccountId{row.account.value_or(0)};
        event.cl_ord_id = cl_ord_id_of(row.cl_ord_id);
        event.side = enum_of<Side>(row.side);
        event.type = enum_of<OrderType>(row.type);
        event.time_in_force = enum_of<TimeInForce>(row.time_in_force);
        event.flaw = read_flaw(row);
    }
    void operator()(OrderTraded& event) const {
        event.order = read_order(row);
        event.match = MatchId{row.match_id.value_or(0)};
        event.incoming = row.incoming.value_or(false);
        event.sweep_goes_on = row.sweep_goes_on.value_or(false);
        event.last_price = {row.last_price.value_or(0)};
        event.last_quantity = {row.last_quantity.value_or(0)};
        event.last_base = {row.last_base.value_or(0)};
        event.last_quote = {row.last_quote.value_or(0)};
        event.fee_asset = AssetId{row.fee_asset.value_or(0)};
        event.fee = {row.fee.value_or(0)};
        event.refreshed = row.kept_place == false;
        event.in_auction = row.reason.has_value();
    }
    void operator()(OrderCancelled& event) const {
        event.order = read_order(row);
        event.reason = enum_of<RejectReason>(row.reason);
        event.request = cl_ord_id_of(row.other_cl_ord_id);
    }
    void operator()(OrderExpired& event) const { event.order = read_order(row); }
    void operator()(OrderReplaced& event) const {
        event.order = read_order(row);
        event.previous = cl_ord_id_of(row.other_cl_ord_id);
        event.kept_place = row.kept_place.value_or(false);
    }
    void operator()(OrderRestated& event) const {
        event.order = read_order(row);
        event.reason = enum_of<RejectReason>(row.reason);
        event.kept_place = row.kept_place.value_or(false);
    }
    void operator()(OrderTriggered& event) const {
        event.order = read_order(row);
        if (row.reason) event.reason = enum_of<RejectReason>(row.reason);
        event.rests = row.rests.value_or(false);
    }
    void operator()(SweepMarked& event) const { event.order = OrderId{row.order_id.value_or(0)}; }
    template <class OfInstrument>
    requires requires(const OfInstrument& event) { event.instrument.value; }
    void operator()(OfInstrument& event) const {
        read_body(row.body, event);
        event.instrument = InstrumentId{row.instrument.value_or(0)};
    }
    void operator()(ChangeRejected& event) const {
        event.participant = ParticipantId{row.participant.value_or(0)};
        event.is_replace = row.is_replace.value_or(false);
        event.cl_ord_id = cl_ord_id_of(row.cl_ord_id);
        event.orig_cl_ord_id = cl_ord_id_of(row.other_cl_ord_id);
        event.order = OrderId{row.order_id.value_or(0)};
        event.state = enum_of<OrderState>(row.state);
        event.cum = {row.cum.value_or(0)};
        event.flaw = read_flaw(row);
        if (row.body) read_body(row.body, event);
    }
    template <class Revised>
    requires std::is_base_of_v<TradeRevision, Revised>
    void operator()(Revised& event) const {
        event.order = read_order(row);
        event.match = MatchId{row.match_id.value_or(0)};
        event.incoming = row.incoming.value_or(false);
        event.last_price = {row.last_price.value_or(0)};
        event.last_quantity = {row.last_quantity.value_or(0)};
        event.last_base = {row.last_base.value_or(0)};
        event.last_quote = {row.last_quote.value_or(0)};
        event.fee_asset = AssetId{row.fee_asset.value_or(0)};
        event.fee = {row.fee.value_or(0)};
        read_body(row.body, event);
    }
    template <class Other>
    void operator()(Other& event) const {
        read_body(row.body, event);
    }
};

/// Makes `body` hold the alternative that `kind` counts, from 1.
template <std::size_t index = 0>
void emplace_kind(EventBody& body, std::size_t kind) {
    if constexpr (index < std::variant_size_v<EventBody>) {
        if (kind == index + 1) {
            body.emplace<index>();
        } else {
            emplace_kind<index + 1>(body, kind);
        }
    } else {
        throw JournalUnreadable("The journal has events of kind " + std::to_string(kind) +
                                ", which this release doesn't know; run the release that wrote them, or a later one.");
    }
}

}  // namespace

EventRow to_row(const Event& event) {
    EventRow row;
    row.sequence = event.sequence.value;
    row.command = event.command.value;
    row.time = event.time.nanoseconds;
    row.session = event.session.value;
    row.other_session = unless_zero(event.other_session.value);
    row.kind = static_cast<std::int16_t>(kind(event.body));
    row.last = event.last;
    std::visit(Writing{row}, event.body);
    if (row.version != version_special) {
        row.asked = asked_in_short(event.asked, row);
        row.version = row.asked ? version_in_short : version_in_full;
    }
    if (!row.asked) row.asked = unless_empty(event.asked);
    return row;
}

Event to_event(const EventRow& row) {
    if (row.version < version_in_full || row.version > version_special) {
        throw JournalUnreadable("Event " + std::to_string(row.sequence) + " is of version " +
                                std::to_string(row.version) + ", which this release doesn't know.");
    }
    Event event;
    event.sequence = Sequence{row.sequence};
    event.command = Sequence{row.command};
    event.last = row.last;
    event.time = {row.time};
    event.session = SessionId{row.session};
    event.other_session = SessionId{row.other_session.value_or(0)};
    if (row.asked) event.asked = row.version == version_in_short ? asked_in_full(*row.asked, row) : *row.asked;
    emplace_kind(event.body, static_cast<std::size_t>(row.kind));
    std::visit(Reading{row}, event.body);
    return event;
}

const std::string& event_columns() {
    static const std::string names = [] {
        EventRow row;
        std::string list;
        each_column(row, [&](const char* name, const auto&) { list.append(list.empty() ? "" : ", ").append(name); });
        return list;
    }();
    return names;
}

}  // namespace venue::journal
