#include "venue/fix/decode.hpp"

#include <algorithm>

#include "venue/fix/decode_messages.hpp"
#include "venue/fix/decode_reader.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

using model::RejectReason;

constexpr int tag_appears_more_than_once = 13;  // SessionRejectReason (373)

/// BusinessRejectRefID (379): what the message calls itself.
std::string_view reference_id(const Fields& fields) {
    // The orders of a list have ClOrdIDs of their own.
    const int name = fields.message_type() == "E" ? tag::list_id : tag::cl_ord_id;
    for (const int tag : {name, tag::list_id, tag::md_req_id, tag::security_req_id, tag::mass_status_req_id}) {
        if (const auto id = fields.get(tag)) return *id;
    }
    return {};
}

Decoded read(FieldReader& reader, const Dialect& dialect, const MessageUse& use, bool stale) {
    const auto flaw = [&] { return flaw_of(reader.fields(), use, stale); };
    switch (use.type.front()) {
        case 'D':
            return model::CommandBody(read_new_order(reader, flaw()));
        case 'F':
            // To cancel late is what was meant, too.
            return model::CommandBody(read_cancel(reader, flaw_of(reader.fields(), use, false)));
        case 'G':
            return model::CommandBody(read_replace(reader, flaw()));
        case 'q':
            return model::CommandBody(read_mass_cancel(reader, flaw_of(reader.fields(), use, false)));
        case 'E':
            return read_list(reader, dialect, flaw());
        case 'K':
            return read_list_cancel(reader);
        case 'A':
            return read_mass_status(reader, flaw_of(reader.fields(), use, false));
        case 'M':
            return Questions{read_list_status(reader)};
        case 'H':
            return Questions{read_order_status(reader)};
        case 'x':
            return Questions{read_security_list(reader)};
        case 'V':
            return read_market_data(reader);
        default:
            return refusal(reader.fields(), RejectReason::unsupported_message_type);
    }
}

}  // namespace

int missing_field(const Fields& fields, const MessageUse& use) {
    const auto is_missing = [&](const Requirement& need) {
        const bool applies = need.when == 0 || fields.text(need.when) == need.is;
        const bool is_replaced = need.unless != 0 && !fields.text(need.unless).empty();
        return applies && !is_replaced && fields.text(need.tag).empty();
    };
    const auto found = std::ranges::find_if(use.requirements, is_missing);
    return found == use.requirements.end() ? 0 : found->tag;
}

model::Flaw flaw_of(const Fields& fields, const MessageUse& use, bool stale) {
    const bool was_sent_before = fields.text(tag::poss_dup_flag) == "Y";
    if (stale) return {RejectReason::stale_resend, was_sent_before ? tag::orig_sending_time : tag::sending_time};
    const auto not_offered = [&](const Field& field) {
        if (std::ranges::binary_search(use.refused, field.tag)) return true;
        return std::ranges::binary_search(use.supported, field.tag) && !is_supported_value(field.tag, field.value);
    };
    const auto found = std::ranges::find_if(fields.all(), not_offered);
    const int tag = found == fields.all().end() ? odd_characteristic(fields) : found->tag;
    return tag == 0 ? model::Flaw{} : model::Flaw{RejectReason::unsupported_characteristic, tag};
}

model::Refusal refusal(const Fields& fields, RejectReason reason, int tag, std::string text) {
    return {.reason = reason,
            .message_type = std::string(fields.message_type()),
            .reference_id = std::string(reference_id(fields)),
            .tag = tag,
            .text = std::move(text)};
}

Decoded decode(const Fields& fields, const Dialect& dialect, bool stale) {
    const MessageUse* use = dialect.use_of(fields.message_type());
    if (use == nullptr) return refusal(fields, RejectReason::unsupported_message_type);
    if (const int tag = fields.duplicate(*use); tag != 0) {
        return SyntaxReject{tag_appears_more_than_once, tag, "Tag appears more than once"};
    }
    FieldReader reader(fields);
    Decoded request = read(reader, dialect, *use, stale);
    if (reader.fault()) return *reader.fault();
    if (const int tag = missing_field(fields, *use); tag != 0) {
        return refusal(fields, RejectReason::conditionally_required_field_missing, tag);
    }
    return request;
}

bool wants_more(const Decoded& decoded) {
    const auto* const command = std::get_if<model::CommandBody>(&decoded);
    if (command == nullptr) return std::holds_alternative<Questions>(decoded);
    return !std::holds_alternative<model::CancelOrder>(*command) &&
           !std::holds_alternative<model::MassCancel>(*command);
}

bool asks_for_orders(const Decoded& decoded) {
    const auto* const questions = std::get_if<Questions>(&decoded);
    return questions != nullptr && std::holds_alternative<model::MassStatusQuestion>(questions->front());
}

}  // namespace venue::fix
