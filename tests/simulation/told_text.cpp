#include "tests/simulation/told_text.hpp"

#include <algorithm>

namespace venue::simulation {
namespace {

std::string status_letter(const model::Order& order) {
    using enum model::OrderState;
    if (order.state == open) return order.cum.lots == 0 ? "0" : "1";
    return order.state == filled ? "2" : order.state == cancelled ? "4" : "C";
}

std::string list_head(const std::string& name, const std::string& status) {
    return "list " + name + " status " + status;
}

std::string list_line(const std::string& name, const std::string& status, const std::string& cum,
                      const std::string& leaves, const std::string& cancelled) {
    return ", " + name + " status " + status + " cum " + cum + " leaves " + leaves + " cancelled " + cancelled;
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
        text += " list " + std::string(order->special.get().list_name.view());
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
    if (kind != "8") text += " order " + report.text(37) + " " + state_text(report) + " list " + report.text(66);
    if (kind == "F") text += " last " + report.text(32) + " at " + report.text(31);
    return text;
}

std::string level_text(const std::string& side, const std::string& price, const std::string& size,
                       const std::string& count) {
    return " " + side + " " + price + ":" + size + "(" + count + ")";
}

std::string list_text(const WireMessage& status) {
    auto text = list_head(status.text(66), status.text(431));
    const auto is_name = [](const auto& field) { return field.first == 11; };
    auto begin = std::ranges::find_if(status.fields, is_name);
    while (begin != status.fields.end()) {
        const auto end = std::find_if(begin + 1, status.fields.end(), is_name);
        const WireMessage order{{}, {begin, end}};
        text += list_line(order.text(11), order.text(39), order.text(14), order.text(151), order.text(84));
        begin = end;
    }
    return text;
}

std::string list_text(const model::ListReported& report) {
    auto text = list_head(std::string(report.name.view()), report.instrument ? "3" : "7");
    for (const auto& order : report.orders) {
        text += list_line(std::string(order.cl_ord_id.view()), order.flaw ? "8" : "0", "0",
                          quantity_text(order.leaves.lots), "0");
    }
    return text;
}

std::string list_text(const std::string& name, const std::vector<model::Order>& orders) {
    const bool is_open =
        std::ranges::any_of(orders, [](const model::Order& order) { return order.state == model::OrderState::open; });
    auto text = list_head(name, is_open ? "3" : "6");
    for (const auto& order : orders) {
        text += list_line(std::string(order.cl_ord_id.view()), status_letter(order), quantity_text(order.cum.lots),
                          quantity_text(order.leaves.lots),
                          quantity_text(order.quantity.lots - order.cum.lots - order.leaves.lots));
    }
    return text;
}

std::string list_key(const WireMessage& status) {
    auto key = status.text(66) + ":";
    for (const auto& [tag, value] : status.fields) {
        if (tag == 11) key += " " + value;
    }
    return key;
}

std::string list_key(const model::ListReported& report) {
    auto key = std::string(report.name.view()) + ":";
    for (const auto& order : report.orders) key += " " + std::string(order.cl_ord_id.view());
    return key;
}

}  // namespace venue::simulation
