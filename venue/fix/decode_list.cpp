#include <algorithm>

#include "venue/fix/decode_messages.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

// SessionRejectReason (373).
constexpr int required_tag_is_missing = 1;
constexpr int value_is_incorrect = 5;
constexpr int appears_more_than_once = 13;
constexpr int incorrect_count = 16;

/// Each is judged by itself, so there is a limit before the venue's own, which says what a list may have.
constexpr std::size_t orders_max = 100;

SyntaxReject fault_of(int reason, int tag, std::string_view what) {
    return {reason, tag, std::string(tag_name(tag)) + " " + std::string(what) + "."};
}

/// What the message as a whole says wrongly about its orders.
std::optional<SyntaxReject> fault_of(const Fields& fields, const std::vector<Fields>& orders) {
    const auto count = std::to_string(orders.size());
    if (fields.text(tag::no_orders) != count || orders.size() > orders_max) {
        return fault_of(incorrect_count, tag::no_orders, "is not the number of orders that follow, or more than 100");
    }
    if (fields.text(tag::tot_no_orders) != count) {
        return fault_of(value_is_incorrect, tag::tot_no_orders, "is not NoOrders: a list comes in one message");
    }
    if (fields.text(tag::last_fragment) == "N") {
        return fault_of(value_is_incorrect, tag::last_fragment, "is N: a list comes in one message");
    }
    return {};
}

std::optional<SyntaxReject> fault_of(const Fields& order, const MessageUse& single, std::size_t place) {
    if (const int twice = order.duplicate(single); twice != 0) {
        return fault_of(appears_more_than_once, twice, "stands more than once in one order");
    }
    // Where the standard lets the group itself be missing, the library doesn't ask for what its entries must have.
    for (const int required : {tag::list_seq_no, tag::side}) {
        if (!order.get(required)) return fault_of(required_tag_is_missing, required, "is missing in one order");
    }
    if (order.text(tag::list_seq_no) == std::to_string(place)) return {};
    return fault_of(value_is_incorrect, tag::list_seq_no, "is not 1, 2, … in the order in which the orders stand");
}

model::ListKind kind_of(const Fields& fields) {
    return fields.text(tag::contingency_type) == "2" ? model::ListKind::one_triggers_others
                                                     : model::ListKind::one_cancels_others;
}

/// The standard lets an order of a list come without a type.
int missing_in(const Fields& order, const MessageUse& single) {
    return order.text(tag::ord_type).empty() ? tag::ord_type : missing_field(order, single);
}

}  // namespace

Decoded read_list(FieldReader& reader, const Dialect& dialect, model::Flaw flaw) {
    const Fields& fields = reader.fields();
    const MessageUse& single = *dialect.use_of("D");
    const auto orders = fields.entries(tag::cl_ord_id, single.type, *dialect.use_of(fields.message_type()));
    if (const auto fault = fault_of(fields, orders)) return *fault;
    model::PlaceList list{reader.cl_ord_id(tag::list_id), kind_of(fields), {}};
    for (const auto& order : orders) {
        if (const auto fault = fault_of(order, single, list.legs.size() + 1)) return *fault;
        FieldReader of_order(order);
        list.legs.push_back(read_new_order(of_order, flaw ? flaw : flaw_of(order, single, false)));
        if (of_order.fault()) return *of_order.fault();
        if (const int tag = missing_in(order, single); tag != 0) {
            return refusal(fields, model::RejectReason::conditionally_required_field_missing, tag);
        }
    }
    return model::CommandBody(std::move(list));
}

AnsweredCommand read_list_cancel(FieldReader& reader) {
    const auto name = reader.cl_ord_id(tag::list_id);
    return {model::CancelList{name}, model::ListQuestion{name, 'K'}};
}

model::ListQuestion read_list_status(FieldReader& reader) { return {reader.cl_ord_id(tag::list_id)}; }

}  // namespace venue::fix
