#include <algorithm>

#include "venue/fix/encode.hpp"
#include "venue/fix/encode_list.hpp"
#include "venue/fix/encode_order.hpp"
#include "venue/fix/message_writer.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

class AnswerMessage {
  public:
    AnswerMessage(const model::Answer& answer, std::size_t place, const model::Reference& reference,
                  const Header& header, std::string& out)
        : answer_(answer), place_(place), reference_(reference), header_(header), out_(out) {}

    void operator()(const model::OrderStatusAnswer& status) const;
    void operator()(const model::MassStatusAnswer& status) const;
    void operator()(const model::BookAnswer& book) const;
    void operator()(const model::InstrumentsAnswer& list) const;
    void operator()(const model::Refusal& refusal) const;
    void operator()(const model::MarketDataRefusal& refusal) const;
    /// No session asks for it, so none is told.
    void operator()(const model::TransferAnswer&) const {}
    void operator()(const model::PhaseAnswer&) const {}
    void operator()(const model::CancelledAnswer&) const {}
    void operator()(const model::OutcomeAnswer&) const {}
    void operator()(const model::ListAnswer& list) const { encode_list_answer(list, reference_, header_, out_); }

  private:
    void write_unknown(MessageWriter& writer, const model::OrderStatusQuestion& question) const;
    void write_none(MessageWriter& writer, const model::MassStatusQuestion& question) const;
    void write_instruments(MessageWriter& writer, const std::vector<model::InstrumentId>& listed) const;

    const model::Answer& answer_;
    const std::size_t place_;
    const model::Reference& reference_;
    const Header& header_;
    std::string& out_;
};

/// 17=0, for no event stands behind it: it may be asked for again and again.
void AnswerMessage::operator()(const model::OrderStatusAnswer& status) const {
    const auto& order = status.order;
    MessageWriter writer(out_, "8", header_);
    write_order_id(writer, order.id);
    writer.text_if(tag::cl_ord_id, order.id ? order.cl_ord_id.view() : status.question.cl_ord_id.view());
    writer.text_if(tag::ord_status_req_id, status.question.request_id);
    writer.letter(tag::exec_id, '0');
    write_kind(writer, *header_.dialect, 'I', order.id ? ord_status(order.state, order.cum) : '8', false);
    if (order.id) {
        write_terms(writer, order, reference_);
        write_progress(writer, order, reference_);
    } else {
        write_unknown(writer, status.question);
    }
    writer.time(tag::transact_time, status.time);
    writer.finish();
}

void AnswerMessage::write_unknown(MessageWriter& writer, const model::OrderStatusQuestion& question) const {
    constexpr auto reason = model::RejectReason::unknown_order;
    writer.integer(tag::ord_rej_reason, ord_rej_reason(reason));
    writer.text(tag::symbol, question.symbol.empty() ? "[N/A]" : question.symbol);
    writer.letter(tag::side, letter(question.side));
    writer.letter(tag::leaves_qty, '0').letter(tag::cum_qty, '0').letter(tag::avg_px, '0');
    write_reason(writer, reason, 0);
}

/// Each open order is told as a status request for it would be; that there is none is told of no order.
void AnswerMessage::operator()(const model::MassStatusAnswer& status) const {
    const auto& orders = *status.orders;
    MessageWriter writer(out_, "8", header_);
    write_order_id(writer, orders.empty() ? model::OrderId{} : orders[place_].id);
    if (!orders.empty()) writer.text(tag::cl_ord_id, orders[place_].cl_ord_id.view());
    writer.text(tag::mass_status_req_id, status.question.request_id);
    writer.integer(tag::tot_num_reports, static_cast<std::int64_t>(orders.size()));
    if (place_ + 1 >= orders.size()) writer.letter(tag::last_rpt_requested, 'Y');
    writer.letter(tag::exec_id, '0');
    if (orders.empty()) {
        write_none(writer, status.question);
    } else {
        const auto& order = orders[place_];
        write_kind(writer, *header_.dialect, 'I', ord_status(order.state, order.cum), false);
        write_terms(writer, order, reference_);
        write_progress(writer, order, reference_);
    }
    writer.time(tag::transact_time, status.time);
    writer.finish();
}

/// FIX wants a side and a symbol in each report; whoever named none is told 7, an undisclosed side.
void AnswerMessage::write_none(MessageWriter& writer, const model::MassStatusQuestion& question) const {
    write_kind(writer, *header_.dialect, 'I', '8', false);
    writer.text(tag::symbol, question.symbol.empty() ? "[N/A]" : question.symbol);
    writer.letter(tag::side, question.side ? letter(*question.side) : '7');
    writer.letter(tag::leaves_qty, '0').letter(tag::cum_qty, '0').letter(tag::avg_px, '0');
    writer.text(tag::text, "No open order is meant.");
}

void write_levels(MessageWriter& writer, char entry_type, const std::vector<model::BookLevel>& levels,
                  const model::Instrument& instrument) {
    std::int64_t position = 0;
    for (const auto& level : levels) {
        writer.letter(tag::md_entry_type, entry_type).steps(tag::md_entry_px, level.price.ticks, instrument.tick);
        writer.steps(tag::md_entry_size, level.size.lots, instrument.lot);
        writer.integer(tag::number_of_orders, level.order_count).integer(tag::md_entry_position_no, ++position);
    }
}

void AnswerMessage::operator()(const model::BookAnswer& book) const {
    const auto& instrument = reference_.instruments.at(book.instrument);
    MessageWriter writer(out_, "W", header_);
    writer.text(tag::md_req_id, book.request_id).text(tag::symbol, instrument.symbol);
    writer.integer(tag::no_md_entries, static_cast<std::int64_t>(book.bids.size() + book.offers.size()));
    write_levels(writer, '0', book.bids, instrument);
    write_levels(writer, '1', book.offers, instrument);
    writer.finish();
}

char security_request_result(const model::InstrumentsAnswer& list) {
    if (!list.supported) return '1';
    return list.known ? '0' : '2';
}

void AnswerMessage::operator()(const model::InstrumentsAnswer& list) const {
    MessageWriter writer(out_, "y", header_);
    writer.text(tag::security_req_id, list.request_id).integer(tag::security_response_id, answer_.number);
    writer.letter(tag::security_request_result, security_request_result(list));
    if (list.supported && !list.instruments.empty()) write_instruments(writer, list.instruments);
    writer.finish();
}

/// FIX 4.4 has no field for an instrument's tick, so the entry's text names it.
void AnswerMessage::write_instruments(MessageWriter& writer, const std::vector<model::InstrumentId>& listed) const {
    const auto count = static_cast<std::int64_t>(listed.size());
    writer.integer(tag::tot_no_related_sym, count).letter(tag::last_fragment, 'Y').integer(tag::no_related_sym, count);
    for (const auto id : listed) {
        const auto& instrument = reference_.instruments.at(id);
        writer.text(tag::symbol, instrument.symbol);
        writer.text(tag::currency, reference_.assets.at(instrument.quote).code);
        writer.decimal(tag::round_lot, instrument.lot).decimal(tag::min_trade_vol, instrument.lot);
        writer.text(tag::text, {"tick ", model::to_text(instrument.tick)});
    }
}

void AnswerMessage::operator()(const model::Refusal& refusal) const {
    MessageWriter writer(out_, "j", header_);
    writer.integer(tag::ref_seq_num, answer_.number).text(tag::ref_msg_type, refusal.message_type);
    writer.text_if(tag::business_reject_ref_id, refusal.reference_id);
    writer.integer(tag::business_reject_reason, business_reject_reason(refusal.reason));
    if (refusal.text.empty()) {
        write_reason(writer, refusal.reason, refusal.tag);
    } else {
        writer.text(tag::text, refusal.text);
    }
    writer.finish();
}

void AnswerMessage::operator()(const model::MarketDataRefusal& refusal) const {
    MessageWriter writer(out_, "Y", header_);
    writer.text(tag::md_req_id, refusal.request_id).letter(tag::md_req_rej_reason, refusal.code);
    writer.text_if(tag::text, refusal.text);
    writer.finish();
}

}  // namespace

std::size_t message_count(const model::AnswerBody& body) {
    const auto* const status = std::get_if<model::MassStatusAnswer>(&body);
    return status == nullptr ? 1 : std::max<std::size_t>(1, status->orders->size());
}

void encode_answer(const model::Answer& answer, std::size_t place, const model::Reference& reference,
                   const Header& header, std::string& out) {
    std::visit(AnswerMessage(answer, place, reference, header, out), answer.body);
}

}  // namespace venue::fix
