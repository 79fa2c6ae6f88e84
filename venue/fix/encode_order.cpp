#include "venue/fix/encode_order.hpp"

#include <array>
#include <string>

#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

using model::Instrument;
using model::Int128;
using model::Order;
using model::RejectReason;

/// An average price is told with this many digits more than a price has.
constexpr int average_digits = 4;
constexpr Int128 average_scale = 10'000;

Int128 divided_half_to_even(Int128 number, Int128 by) {
    const Int128 quotient = number / by;
    const Int128 twice_rest = number % by * 2;
    const bool up = twice_rest > by || (twice_rest == by && quotient % 2 != 0);
    return quotient + (up ? 1 : 0);
}

/// The fills' value over their quantity, in 10^-4 of the last digit that a price may have. Exact but for one rounding:
/// a value is at most 10^30, so the product stays below 2^127.
Int128 average_price(const Order& order, const Instrument& instrument) {
    if (order.cum.lots == 0) return 0;
    const Int128 value_per_tick = model::times(instrument.quote_per_tick_lot, order.cum.lots).units;
    return divided_half_to_even(order.cum_value.units * instrument.tick.digits * average_scale, value_per_tick);
}

/// The field that a reason is about wherever it is given; zero for a reason about the order as a whole.
int usual_field(RejectReason reason) {
    switch (reason) {
        case RejectReason::duplicate_cl_ord_id:
            return tag::cl_ord_id;
        case RejectReason::duplicate_list_id:
        case RejectReason::unknown_list:
            return tag::list_id;
        case RejectReason::unknown_symbol:
        case RejectReason::symbol_mismatch:
            return tag::symbol;
        case RejectReason::unknown_account:
            return tag::account;
        case RejectReason::side_mismatch:
            return tag::side;
        case RejectReason::quantity_not_positive:
        case RejectReason::quantity_too_precise:
        case RejectReason::quantity_too_large:
        case RejectReason::quantity_not_above_filled:
            return tag::order_qty;
        case RejectReason::post_only_would_trade:
            return tag::exec_inst;
        case RejectReason::too_late:
            return tag::valid_until_time;
        case RejectReason::cash_invalid:
        case RejectReason::cash_buys_nothing:
            return tag::cash_order_qty;
        case RejectReason::min_quantity_invalid:
        case RejectReason::min_quantity_not_fillable:
            return tag::min_qty;
        case RejectReason::trigger_invalid:
        case RejectReason::trigger_reached:
            return tag::stop_px;
        case RejectReason::trail_invalid:
        case RejectReason::peg_offset_invalid:
            return tag::peg_offset_value;
        case RejectReason::cap_missing:
            return tag::price;
        case RejectReason::display_invalid:
        case RejectReason::display_too_small:
            return tag::max_floor;
        case RejectReason::expire_time_passed:
            return tag::expire_time;
        case RejectReason::price_outside_band:
        case RejectReason::price_on_market_order:
        case RejectReason::price_not_positive:
        case RejectReason::price_too_precise:
        case RejectReason::price_too_large:
            return tag::price;
        default:
            return 0;
    }
}

void write_exec_inst(MessageWriter& writer, char value, const model::SpecialTerms& terms) {
    const std::array values{value, 'H'};
    writer.letters(tag::exec_inst, {values.data(), terms.outlives_session ? 2U : 1U});
}

bool has_another_exec_inst(const model::SpecialTerms& terms) {
    const bool trails = terms.trail_ticks != 0 || terms.trail_bp != 0;
    return terms.post_only != model::PostOnly::no || trails || terms.peg != model::Peg::none;
}

void write_special(MessageWriter& writer, const model::SpecialTerms& terms, const Instrument& instrument,
                   const model::Reference& reference) {
    writer.text_if(tag::list_id, terms.list_name.view());
    // Of both manners alike: not every dictionary of FIX 4.4 has T.
    if (terms.post_only != model::PostOnly::no) write_exec_inst(writer, '6', terms);
    if (terms.outlives_session && !has_another_exec_inst(terms)) writer.letter(tag::exec_inst, 'H');
    if (terms.min_quantity.lots != 0) writer.steps(tag::min_qty, terms.min_quantity.lots, instrument.lot);
    if (terms.display.lots != 0) writer.steps(tag::max_floor, terms.display.lots, instrument.lot);
    if (terms.trail_ticks != 0) writer.steps(tag::peg_offset_value, terms.trail_ticks, instrument.tick);
    // Without its type it would be taken for a price.
    if (terms.trail_bp != 0 && writer.has(tag::peg_offset_type)) writer.integer(tag::peg_offset_value, terms.trail_bp);
    if (terms.trail_ticks != 0 || terms.trail_bp != 0) {
        write_exec_inst(writer, 'a', terms);
        writer.letter(tag::peg_offset_type, terms.trail_bp != 0 ? '1' : '0');
    }
    if (terms.peg != model::Peg::none) {
        writer.steps(tag::peg_offset_value, terms.peg_offset, instrument.tick);
        write_exec_inst(writer, terms.peg == model::Peg::primary ? 'R' : 'P', terms);
        writer.letter(tag::peg_offset_type, '0');
    }
    if (terms.trigger.ticks != 0) writer.steps(tag::stop_px, terms.trigger.ticks, instrument.tick);
    if (terms.cash.units != 0) {
        writer.decimal(tag::cash_order_qty, terms.cash.units, reference.assets.at(instrument.quote).ledger_digits);
    }
}

}  // namespace

char ord_status(model::OrderState state, model::Quantity cum) {
    switch (state) {
        case model::OrderState::open:
            return cum.lots == 0 ? '0' : '1';
        case model::OrderState::filled:
            return '2';
        case model::OrderState::cancelled:
            return '4';
        case model::OrderState::expired:
            return 'C';
    }
    return '8';
}

void write_order_id(MessageWriter& writer, model::OrderId order) {
    if (order) {
        writer.integer(tag::order_id, order.value);
    } else {
        writer.text(tag::order_id, "NONE");
    }
}

void write_terms(MessageWriter& writer, const Order& order, const model::Reference& reference) {
    const auto& instrument = reference.instruments.at(order.instrument);
    writer.text(tag::account, reference.accounts.at(order.account).name).text(tag::symbol, instrument.symbol);
    writer.letter(tag::side, letter(order.side)).steps(tag::order_qty, order.quantity.lots, instrument.lot);
    writer.letter(tag::ord_type, letter(order.type));
    const model::Price limit = limit_of(order);
    if (limit != model::Price{}) writer.steps(tag::price, limit.ticks, instrument.tick);
    if (order.type == model::OrderType::pegged) writer.steps(tag::pegged_price, order.price.ticks, instrument.tick);
    writer.letter(tag::time_in_force, letter(order.time_in_force));
    if (order.time_in_force == model::TimeInForce::gtd && order.expires != model::Timestamp{}) {
        writer.time(tag::expire_time, order.expires);
    }
    if (order.special) write_special(writer, *order.special, instrument, reference);
}

void write_kind(MessageWriter& writer, const Dialect& dialect, char exec_type, char ord_status, bool is_untouched) {
    const auto kind = dialect.report_kind(exec_type);
    if (kind.transaction != '\0') writer.letter(tag::exec_trans_type, kind.transaction);
    writer.letter(tag::exec_type, kind.exec_type == '=' ? ord_status : kind.exec_type);
    writer.letter(tag::ord_status, is_untouched && kind.untouched != '\0' ? kind.untouched : ord_status);
}

void write_progress(MessageWriter& writer, const Order& order, const model::Reference& reference) {
    const auto& instrument = reference.instruments.at(order.instrument);
    writer.steps(tag::leaves_qty, order.leaves.lots, instrument.lot)
        .steps(tag::cum_qty, order.cum.lots, instrument.lot);
    write_average(writer, order, instrument);
}

void write_average(MessageWriter& writer, const Order& order, const Instrument& instrument) {
    writer.decimal(tag::avg_px, average_price(order, instrument), instrument.tick.scale + average_digits);
}

void write_reason(MessageWriter& writer, RejectReason reason, int tag, const model::Box<model::PriceLimits>& limits) {
    if (tag == 0) tag = usual_field(reason);
    std::string allowed;
    if (limits) allowed = " It goes from " + to_text(limits->lower) + " to " + to_text(limits->upper) + ".";
    if (tag == 0) {
        writer.text(tag::text, {sentence(reason), allowed});
    } else {
        writer.text(tag::text, {sentence(reason), allowed, " (", tag_name(tag), tag_name(tag).empty() ? "tag " : ", ",
                                std::to_string(tag), ")"});
    }
}

}  // namespace venue::fix
