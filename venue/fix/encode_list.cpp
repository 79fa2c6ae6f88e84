#include "venue/fix/encode_list.hpp"

#include <algorithm>

#include "venue/fix/encode_order.hpp"
#include "venue/fix/message_writer.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

constexpr char acknowledged = '1';  // ListStatusType (429)
constexpr char response = '2';
constexpr char executing = '3';  // ListOrderStatus (431)
constexpr char all_done = '6';
constexpr char rejected = '7';

void begin(MessageWriter& writer, const model::ClOrdId& name, char type, char status, model::Timestamp time,
           std::size_t count) {
    writer.text(tag::list_id, name.view()).letter(tag::list_status_type, type).letter(tag::no_rpts, '1');
    writer.letter(tag::list_order_status, status).letter(tag::rpt_seq, '1').time(tag::transact_time, time);
    const auto orders = static_cast<std::int64_t>(count);
    writer.integer(tag::tot_no_orders, orders).integer(tag::no_orders, orders);
}

/// Nothing of it is filled yet.
void write_listed(MessageWriter& writer, const model::ListedOrder& order, const model::Decimal& lot) {
    writer.text(tag::cl_ord_id, order.cl_ord_id.view()).letter(tag::cum_qty, '0');
    writer.letter(tag::ord_status, order.flaw ? '8' : '0').steps(tag::leaves_qty, order.leaves.lots, lot);
    writer.letter(tag::cxl_qty, '0').letter(tag::avg_px, '0');
    if (!order.flaw) return;
    writer.integer(tag::ord_rej_reason, ord_rej_reason(order.flaw.reason));
    write_reason(writer, order.flaw.reason, order.flaw.tag);
}

void write_order(MessageWriter& writer, const model::Order& order, const model::Reference& reference) {
    const auto& instrument = reference.instruments.at(order.instrument);
    const auto cancelled = order.quantity.lots - order.cum.lots - order.leaves.lots;
    writer.text(tag::cl_ord_id, order.cl_ord_id.view()).steps(tag::cum_qty, order.cum.lots, instrument.lot);
    writer.letter(tag::ord_status, ord_status(order.state, order.cum));
    writer.steps(tag::leaves_qty, order.leaves.lots, instrument.lot).steps(tag::cxl_qty, cancelled, instrument.lot);
    write_average(writer, order, instrument);
}

}  // namespace

void encode_list_report(const model::ListReported& report, const model::Event& event, const model::Reference& reference,
                        const Header& header, std::string& out) {
    const auto listed = reference.instruments.find(report.instrument);
    const auto lot = listed == reference.instruments.end() ? model::Decimal{} : listed->second.lot;
    const char status = report.instrument ? executing : rejected;
    MessageWriter writer(out, "N", header);
    begin(writer, report.name, acknowledged, status, event.time, report.orders.size());
    for (const auto& order : report.orders) write_listed(writer, order, lot);
    writer.finish();
}

void encode_list_answer(const model::ListAnswer& answer, const model::Reference& reference, const Header& header,
                        std::string& out) {
    const auto is_open = [](const model::Order& order) { return order.state == model::OrderState::open; };
    const char status = std::ranges::any_of(answer.orders, is_open) ? executing : all_done;
    MessageWriter writer(out, "N", header);
    begin(writer, answer.name, response, status, answer.time, answer.orders.size());
    for (const auto& order : answer.orders) write_order(writer, order, reference);
    writer.finish();
}

}  // namespace venue::fix
