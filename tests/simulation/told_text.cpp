#include "tests/simulation/told_text.hpp"

namespace venue::simulation {
namespace {

std::string status_letter(const model::Order& order) {
    using enum model::OrderState;
    if (order.state == open) return order.cum.lots == 0 ? "0" : "1";
    return order.state == filled ? "2" : order.state == cancelled ? "4" : "C";
}

std::string name_in(const model::Event& event) {
    if (const auto* rejected = std::get_if<model::OrderRejected>(&event.body)) {
        return std::string(rejected->cl_ord_id.view());
    }
    if (const auto* cancelled = std::get_if<model::OrderCancelled>(&event.body)) {
        if (!cancelled->request.empty()) return std::string(cancelled->request.view());
    }
    const auto* const order = model::order_of(event.body);
    return order == nullptr ? "" : std::string(order->cl_ord_id.view());
}

}  // namespace

std::string quantity_text(std::int64_t lots) {
    const auto digits = std::to_string(100 + lots % 100).substr(1);
    if (digits == "00") return std::to_string(lots / 100);
    return std::to_string(lots / 100) + "." + (digits[1] == '0' ? digits.substr(0, 1) : digits);
}

std::string state_text(const model::Order& order) {
    return "status " + status_letter(order) + " cum " + quantity_text(order.cum.lots) + " leaves " +
           quantity_text(order.leaves.lots) + " of " + quantity_text(order.quantity.lots) +
           (order.side == model::Side::buy ? " bought" : " sold");
}

std::string state_text(const WireMessage& message) {
    return "status " + message.text(39) + " cum " + message.text(14) + " leaves " + message.text(151) + " of " +
           message.text(38) + (message.text(54) == "1" ? " bought" : " sold");
}

std::string exec_type(const model::Event& event) {
    using namespace model;
    if (std::holds_alternative<OrderAccepted>(event.body)) return "0";
    if (std::holds_alternative<OrderTraded>(event.body)) return "F";
    if (std::holds_alternative<OrderCancelled>(event.body)) return "4";
    if (std::holds_alternative<OrderExpired>(event.body)) return "C";
    if (std::holds_alternative<OrderReplaced>(event.body)) return "5";
    if (std::holds_alternative<TradeBusted>(event.body)) return "H";
    if (std::holds_alternative<TradeCorrected>(event.body)) return "G";
    if (std::holds_alternative<OrderRestated>(event.body)) return "D";
    if (std::holds_alternative<OrderTriggered>(event.body)) return "D";
    return std::holds_alternative<OrderRejected>(event.body) ? "8" : "";
}

std::string told_as(const model::Event& event) {
    std::string text = exec_type(event) + " " + name_in(event);
    if (const auto* const order = model::order_of(event.body)) {
        text += " order " + std::to_string(order->id.value) + " " + state_text(*order);
    }
    if (const auto* const traded = std::get_if<model::OrderTraded>(&event.body)) {
        text +=
            " last " + quantity_text(traded->last_quantity.lots) + " at " + std::to_string(traded->last_price.ticks);
    }
    return text;
}

std::string told_as(const WireMessage& report) {
    const auto kind = report.text(150);
    std::string text = kind + " " + report.text(11);
    if (kind != "8") text += " order " + report.text(37) + " " + state_text(report);
    if (kind == "F") text += " last " + report.text(32) + " at " + report.text(31);
    return text;
}

}  // namespace venue::simulation
