#include "venue/fix/encode.hpp"

#include "venue/fix/encode_list.hpp"
#include "venue/fix/encode_order.hpp"
#include "venue/fix/message_writer.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

/// ExecRestatementReason (378): 8 is "market option", by the venue's rules; 7 "cancel on system failure".
int restatement_reason(model::RejectReason reason) {
    return reason == model::RejectReason::session_disconnected ? 7 : 8;
}

/// One event as a message: an ExecutionReport, or an OrderCancelReject for a declined change.
class OrderReport {
  public:
    OrderReport(const model::Event& event, const model::Reference& reference, const Header& header, std::string& out)
        : event_(event), reference_(reference), header_(header), out_(out) {}

    bool operator()(const model::OrderAccepted& accepted) const {
        return report(accepted.order, '0', accepted.order.cl_ord_id, {}, [](MessageWriter&) {});
    }
    bool operator()(const model::OrderExpired& expired) const {
        const bool by_date = expired.order.time_in_force == model::TimeInForce::gtd;
        const auto reason = by_date ? model::RejectReason::expire_time : model::RejectReason::end_of_day;
        return report(expired.order, 'C', expired.order.cl_ord_id, {},
                      [&](MessageWriter& writer) { write_reason(writer, reason, 0); });
    }
    bool operator()(const model::OrderReplaced& replaced) const {
        return report(replaced.order, '5', replaced.order.cl_ord_id, replaced.previous, [](MessageWriter&) {});
    }
    bool operator()(const model::OrderRestated& restated) const {
        return report(restated.order, 'D', restated.order.cl_ord_id, {}, [&](MessageWriter& writer) {
            // 5 is a part of the quantity that is declined, 3 a repricing.
            const bool is_part = restated.reason == model::RejectReason::self_trade_prevented;
            writer.integer(tag::exec_restatement_reason, is_part ? 5 : 3);
            write_reason(writer, restated.reason, 0);
        });
    }
    bool operator()(const model::OrderTriggered& triggered) const {
        // FIX 4.4 has no ExecType for it, but everybody understands that the venue restated the order.
        const bool is_restated = header_.dialect->report_kind('L').exec_type == 'D';
        return report(triggered.order, 'L', triggered.order.cl_ord_id, {}, [&](MessageWriter& writer) {
            if (is_restated) writer.integer(tag::exec_restatement_reason, restatement_reason(triggered.reason));
            write_reason(writer, triggered.reason, 0);
        });
    }
    bool operator()(const model::OrderCancelled& cancelled) const;
    bool operator()(const model::OrderTraded& traded) const;
    bool operator()(const model::OrderRejected& rejected) const;
    bool operator()(const model::ChangeRejected& rejected) const;
    bool operator()(const model::MassCancelReported& report) const;
    bool operator()(const model::ListReported& report) const {
        encode_list_report(report, event_, reference_, header_, out_);
        return true;
    }
    bool operator()(const model::TradeBusted& busted) const { return report_revision(busted, 'H'); }
    bool operator()(const model::TradeCorrected& corrected) const { return report_revision(corrected, 'G'); }
    template <class NoReport>
    bool operator()(const NoReport&) const {
        return false;
    }

  private:
    template <class More>
    bool report(const model::Order& order, char exec_type, const model::ClOrdId& cl_ord_id,
                const model::ClOrdId& orig_cl_ord_id, More more) const;
    bool report_revision(const model::TradeRevision& revision, char exec_type) const;
    template <class Half>
    void write_fee(MessageWriter& writer, const Half& traded) const;

    const model::Event& event_;
    const model::Reference& reference_;
    const Header& header_;
    std::string& out_;
};

template <class More>
bool OrderReport::report(const model::Order& order, char exec_type, const model::ClOrdId& cl_ord_id,
                         const model::ClOrdId& orig_cl_ord_id, More more) const {
    MessageWriter writer(out_, "8", header_);
    write_order_id(writer, order.id);
    writer.text(tag::cl_ord_id, cl_ord_id.view()).text_if(tag::orig_cl_ord_id, orig_cl_ord_id.view());
    writer.integer(tag::exec_id, event_.sequence.value);
    const char status = ord_status(order.state, order.cum);
    write_kind(writer, *header_.dialect, exec_type, status, status == '0');
    write_terms(writer, order, reference_);
    write_progress(writer, order, reference_);
    writer.time(tag::transact_time, event_.time);
    more(writer);
    writer.finish();
    return true;
}

bool OrderReport::operator()(const model::OrderCancelled& cancelled) const {
    const auto& order = cancelled.order;
    const auto unasked = [&](MessageWriter& writer) {
        const bool was_asked = cancelled.reason == model::RejectReason::mass_cancelled ||
                               cancelled.reason == model::RejectReason::list_cancelled;
        if (!was_asked) writer.integer(tag::exec_restatement_reason, restatement_reason(cancelled.reason));
        write_reason(writer, cancelled.reason, 0);
    };
    if (cancelled.request.empty()) return report(order, '4', order.cl_ord_id, {}, unasked);
    return report(order, '4', cancelled.request, order.cl_ord_id, [](MessageWriter&) {});
}

bool OrderReport::operator()(const model::OrderTraded& traded) const {
    return report(traded.order, 'F', traded.order.cl_ord_id, {}, [&](MessageWriter& writer) {
        const auto& instrument = reference_.instruments.at(traded.order.instrument);
        writer.integer(tag::secondary_exec_id, traded.match.value);
        writer.steps(tag::last_px, traded.last_price.ticks, instrument.tick);
        writer.steps(tag::last_qty, traded.last_quantity.lots, instrument.lot);
        write_fee(writer, traded);
        // Who rested until an auction's end has neither added nor taken; FIX 4.4 has no letter for it.
        if (!traded.in_auction) writer.letter(tag::last_liquidity_ind, traded.incoming ? '2' : '1');
        writer.integer(tag::trd_match_id, traded.match.value);
        if (!traded.in_auction) writer.letter(tag::aggressor_indicator, traded.incoming ? 'Y' : 'N');
    });
}

/// What is told of the fee is what comes to the trade's.
bool OrderReport::report_revision(const model::TradeRevision& revision, char exec_type) const {
    return report(revision.order, exec_type, revision.order.cl_ord_id, {}, [&](MessageWriter& writer) {
        const auto& instrument = reference_.instruments.at(revision.order.instrument);
        writer.integer(tag::exec_ref_id, event_of(revision.match, revision.incoming).value);
        writer.integer(tag::secondary_exec_id, revision.match.value);
        writer.steps(tag::last_px, revision.last_price.ticks, instrument.tick);
        writer.steps(tag::last_qty, revision.traded.lots, instrument.lot);
        write_fee(writer, revision);
        writer.integer(tag::trd_match_id, revision.match.value);
    });
}

template <class Half>
void OrderReport::write_fee(MessageWriter& writer, const Half& traded) const {
    const auto& asset = reference_.assets.at(traded.fee_asset);
    writer.decimal(tag::commission, traded.fee.units, asset.ledger_digits);
    writer.letter(tag::comm_type, '3').text(tag::comm_currency, asset.code);
}

/// Nothing of the order exists, so its terms are told as they were asked for. An order type or time in force that this
/// venue doesn't know has no letter here, and is left out.
bool OrderReport::operator()(const model::OrderRejected& rejected) const {
    MessageWriter writer(out_, "8", header_);
    write_order_id(writer, {});
    writer.text(tag::cl_ord_id, rejected.cl_ord_id.view()).integer(tag::exec_id, event_.sequence.value);
    write_kind(writer, *header_.dialect, '8', '8', false);
    writer.integer(tag::ord_rej_reason, ord_rej_reason(rejected.flaw.reason));
    if (rejected.account) writer.text(tag::account, reference_.accounts.at(rejected.account).name);
    writer.text(tag::symbol, rejected.symbol).letter(tag::side, letter(rejected.side));
    if (rejected.cash) {
        writer.decimal(tag::cash_order_qty, *rejected.cash);
    } else {
        writer.decimal(tag::order_qty, rejected.quantity);
    }
    if (rejected.flaw.tag != tag::ord_type) writer.letter(tag::ord_type, letter(rejected.type));
    if (rejected.price) writer.decimal(tag::price, *rejected.price);
    if (rejected.flaw.tag != tag::time_in_force) writer.letter(tag::time_in_force, letter(rejected.time_in_force));
    writer.letter(tag::leaves_qty, '0').letter(tag::cum_qty, '0').letter(tag::avg_px, '0');
    writer.time(tag::transact_time, event_.time);
    write_reason(writer, rejected.flaw.reason, rejected.flaw.tag, rejected.limits);
    writer.finish();
    return true;
}

bool OrderReport::operator()(const model::ChangeRejected& rejected) const {
    MessageWriter writer(out_, "9", header_);
    write_order_id(writer, rejected.order);
    writer.text(tag::cl_ord_id, rejected.cl_ord_id.view()).text(tag::orig_cl_ord_id, rejected.orig_cl_ord_id.view());
    writer.letter(tag::ord_status, rejected.order ? ord_status(rejected.state, rejected.cum) : '8');
    writer.time(tag::transact_time, event_.time);
    writer.letter(tag::cxl_rej_response_to, rejected.is_replace ? '2' : '1');
    writer.integer(tag::cxl_rej_reason, cxl_rej_reason(rejected.flaw.reason));
    write_reason(writer, rejected.flaw.reason, rejected.flaw.tag, rejected.limits);
    writer.finish();
    return true;
}

/// What was asked is told as it was; of a scope that is all instruments' nothing names one.
bool OrderReport::operator()(const model::MassCancelReported& report) const {
    if (!event_.session || !header_.dialect->has_message("r")) return false;
    const auto& done = report.done;
    const char type = done.symbol.empty() ? '7' : '1';
    MessageWriter writer(out_, "r", header_);
    writer.text(tag::cl_ord_id, done.cl_ord_id.view()).integer(tag::order_id, event_.sequence.value);
    writer.integer(tag::mass_action_report_id, event_.sequence.value);
    writer.letter(tag::mass_cancel_request_type, type).letter(tag::mass_cancel_response, report.flaw ? '0' : type);
    if (report.flaw) {
        writer.letter(tag::mass_cancel_reject_reason, mass_cancel_reject_reason(report.flaw.reason));
    } else {
        writer.integer(tag::total_affected_orders, done.affected);
    }
    writer.text_if(tag::symbol, done.symbol);
    if (done.scope.side) writer.letter(tag::side, letter(*done.scope.side));
    writer.time(tag::transact_time, event_.time);
    if (report.flaw) write_reason(writer, report.flaw.reason, report.flaw.tag);
    writer.finish();
    return true;
}

}  // namespace

bool encode_report(const model::Event& event, const model::Reference& reference, const Header& header,
                   std::string& out) {
    return std::visit(OrderReport(event, reference, header, out), event.body);
}

}  // namespace venue::fix
