#include <algorithm>
#include <array>

#include "venue/fix/decode_messages.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

constexpr std::string_view of_all = "7";  // MassCancelRequestType (530), MassStatusReqType (585)
constexpr char participate_dont_initiate = '6';
constexpr char fixed_peg_to_local_best = 'T';
constexpr char trailing_stop_peg = 'a';
constexpr char primary_peg = 'R';
constexpr char market_peg = 'P';
constexpr char reinstate_on_system_failure = 'H';

model::Peg peg(const FieldReader& reader) {
    if (reader.has_value(tag::exec_inst, primary_peg)) return model::Peg::primary;
    return reader.has_value(tag::exec_inst, market_peg) ? model::Peg::market : model::Peg::none;
}

/// A value that the venue doesn't offer comes with a flaw, so it doesn't matter what it is read as. FIX's pegged orders
/// are of two types here, and a replace that doesn't say which may mean either.
model::OrderType order_type(const FieldReader& reader) {
    const auto value = reader.fields().text(tag::ord_type);
    if (value == "1") return model::OrderType::market;
    if (value == "3") return model::OrderType::stop;
    if (value == "4") return model::OrderType::stop_limit;
    if (value == "P")
        return peg(reader) == model::Peg::none ? model::OrderType::trailing_stop : model::OrderType::pegged;
    return value == "J" ? model::OrderType::market_if_touched : model::OrderType::limit;
}

std::optional<model::TimeInForce> time_in_force(const Fields& fields) {
    const auto value = fields.text(tag::time_in_force);
    if (value == "0") return model::TimeInForce::day;
    if (value == "1") return model::TimeInForce::gtc;
    if (value == "2") return model::TimeInForce::at_open;
    if (value == "3") return model::TimeInForce::ioc;
    if (value == "4") return model::TimeInForce::fok;
    if (value == "6") return model::TimeInForce::gtd;
    if (value == "7") return model::TimeInForce::at_close;
    return {};
}

model::PostOnly post_only(const FieldReader& reader) {
    if (!reader.has_value(tag::exec_inst, participate_dont_initiate)) return model::PostOnly::no;
    return reader.has_value(tag::exec_inst, fixed_peg_to_local_best) ? model::PostOnly::reprice
                                                                     : model::PostOnly::reject;
}

/// One that the venue doesn't offer comes with a flaw.
model::SelfTrade self_trade(const Fields& fields) {
    const auto value = fields.text(tag::self_match_prevention_instruction);
    if (value == "1") return model::SelfTrade::cancel_newest;
    if (value == "2") return model::SelfTrade::cancel_oldest;
    if (value == "3") return model::SelfTrade::cancel_both;
    return value == "4" ? model::SelfTrade::decrement : model::SelfTrade::allowed;
}

model::WaitsFor waits_for(const Fields& fields) {
    const auto value = fields.text(tag::trigger_price_direction);
    if (value == "U") return model::WaitsFor::rise;
    return value == "D" ? model::WaitsFor::fall : model::WaitsFor::nothing;
}

constexpr auto special_tags = std::to_array<int>(
    {tag::exec_inst, tag::valid_until_time, tag::stop_px, tag::min_qty, tag::max_floor, tag::display_qty,
     tag::expire_time, tag::cash_order_qty, tag::peg_offset_value, tag::expire_date, tag::peg_offset_type,
     tag::trigger_price_direction, tag::self_match_prevention_id, tag::self_match_prevention_instruction});

/// Nearly every request has none of these fields, and is asked for none of them by name.
bool has_special_terms(const Fields& fields) {
    return std::ranges::any_of(fields.all(), [](const Field& field) {
        return std::ranges::find(special_tags, field.tag) != special_tags.end();
    });
}

model::Box<model::AskedTerms> special_terms(FieldReader& reader) {
    if (!has_special_terms(reader.fields())) return {};
    model::AskedTerms terms;
    terms.post_only = post_only(reader);
    terms.min_quantity = reader.optional_decimal(tag::min_qty);
    terms.cash = reader.optional_decimal(tag::cash_order_qty);
    terms.display = reader.optional_decimal(tag::max_floor);
    if (const auto display = reader.optional_decimal(tag::display_qty)) terms.display = display;
    terms.expires = reader.time(tag::expire_time);
    if (const auto day = reader.end_of_day(tag::expire_date)) terms.expires = day;
    terms.valid_until = reader.time(tag::valid_until_time);
    terms.self_trade = self_trade(reader.fields());
    terms.self_trade_group = reader.group(tag::self_match_prevention_id);
    terms.trigger = reader.optional_decimal(tag::stop_px);
    terms.waits_for = waits_for(reader.fields());
    terms.trail = reader.optional_decimal(tag::peg_offset_value);
    terms.trail_in_bp = terms.trail && reader.fields().text(tag::peg_offset_type) == "1";
    terms.peg = peg(reader);
    terms.outlives_session = reader.has_value(tag::exec_inst, reinstate_on_system_failure);
    model::Box<model::AskedTerms> special;
    if (terms != model::AskedTerms{}) special.emplace(terms);
    return special;
}

/// The field that says which orders a request about many means; zero for other requests.
int kind_of_many(std::string_view message_type) {
    if (message_type == "q") return tag::mass_cancel_request_type;
    return message_type == "AF" ? tag::mass_status_req_type : 0;
}

}  // namespace

/// What the table of supported values can't tell, because it is about two values.
int odd_characteristic(const Fields& fields) {
    // Each order of a list is looked at by itself.
    if (fields.message_type() == "E") return 0;
    if (const int kind = kind_of_many(fields.message_type()); kind != 0) {
        return fields.text(kind) == of_all && fields.get(tag::symbol) ? tag::symbol : 0;
    }
    const bool is_pegged = fields.text(tag::ord_type) == "P";
    if (!is_pegged && !has_special_terms(fields)) return 0;
    const FieldReader reader(fields);
    const bool pegs = reader.has_value(tag::exec_inst, fixed_peg_to_local_best);
    if (pegs && !reader.has_value(tag::exec_inst, participate_dont_initiate)) return tag::exec_inst;
    const auto followed = std::ranges::count_if(std::array{trailing_stop_peg, primary_peg, market_peg},
                                                [&](char value) { return reader.has_value(tag::exec_inst, value); });
    if (followed > (is_pegged ? 1 : 0)) return tag::exec_inst;
    if (is_pegged && followed == 0 && fields.message_type() == "D") return tag::ord_type;
    if (fields.get(tag::max_floor) && fields.get(tag::display_qty)) return tag::display_qty;
    const bool ends_twice = fields.get(tag::expire_time) && fields.get(tag::expire_date);
    return ends_twice ? tag::expire_date : 0;
}

model::PlaceOrder read_new_order(FieldReader& reader, model::Flaw flaw) {
    model::PlaceOrder order;
    order.cl_ord_id = reader.cl_ord_id(tag::cl_ord_id);
    order.account = reader.short_text(tag::account);
    order.symbol = reader.short_text(tag::symbol);
    order.side = reader.side();
    order.type = order_type(reader);
    order.time_in_force = time_in_force(reader.fields()).value_or(model::TimeInForce::day);
    order.quantity = reader.decimal(tag::order_qty);
    order.price = reader.optional_decimal(tag::price);
    order.flaw = flaw;
    order.special = special_terms(reader);
    return order;
}

model::CancelOrder read_cancel(FieldReader& reader, model::Flaw flaw) {
    model::CancelOrder cancel;
    cancel.cl_ord_id = reader.cl_ord_id(tag::cl_ord_id);
    cancel.orig_cl_ord_id = reader.cl_ord_id(tag::orig_cl_ord_id);
    cancel.order = reader.order_id();
    cancel.symbol = reader.short_text(tag::symbol);
    cancel.side = reader.side();
    cancel.flaw = flaw;
    return cancel;
}

model::ReplaceOrder read_replace(FieldReader& reader, model::Flaw flaw) {
    model::ReplaceOrder replace;
    replace.cl_ord_id = reader.cl_ord_id(tag::cl_ord_id);
    replace.orig_cl_ord_id = reader.cl_ord_id(tag::orig_cl_ord_id);
    replace.order = reader.order_id();
    replace.symbol = reader.short_text(tag::symbol);
    replace.side = reader.side();
    replace.type = order_type(reader);
    replace.quantity = reader.decimal(tag::order_qty);
    replace.price = reader.optional_decimal(tag::price);
    replace.flaw = flaw;
    replace.account = reader.short_text(tag::account);
    replace.time_in_force = time_in_force(reader.fields());
    replace.special = special_terms(reader);
    return replace;
}

model::MassCancel read_mass_cancel(FieldReader& reader, model::Flaw flaw) {
    const Fields& fields = reader.fields();
    model::MassCancel cancel;
    cancel.cl_ord_id = reader.cl_ord_id(tag::cl_ord_id);
    cancel.account = reader.short_text(tag::account);
    // Beside 7, all of them, a symbol is a flaw, and the report tells what was asked.
    if (fields.text(tag::mass_cancel_request_type) != of_all) cancel.symbol = reader.short_text(tag::symbol);
    if (fields.get(tag::side)) cancel.side = reader.side();
    const auto action = fields.text(tag::party_action_type);
    if (action == "1") cancel.kill_switch = model::KillSwitch::on;
    if (action == "2") cancel.kill_switch = model::KillSwitch::off;
    cancel.flaw = flaw;
    return cancel;
}

model::OrderStatusQuestion read_order_status(FieldReader& reader) {
    model::OrderStatusQuestion question;
    question.cl_ord_id = reader.cl_ord_id(tag::cl_ord_id);
    question.order = reader.order_id();
    question.symbol = reader.short_text(tag::symbol);
    question.side = reader.side();
    question.request_id = reader.short_text(tag::ord_status_req_id);
    return question;
}

Decoded read_mass_status(FieldReader& reader, model::Flaw flaw) {
    const Fields& fields = reader.fields();
    model::MassStatusQuestion question;
    question.request_id = reader.short_text(tag::mass_status_req_id);
    question.account = reader.short_text(tag::account);
    question.symbol = reader.short_text(tag::symbol);
    if (fields.get(tag::side)) question.side = reader.side();
    if (flaw) return refusal(fields, flaw.reason, flaw.tag);
    return Questions{question};
}

}  // namespace venue::fix
