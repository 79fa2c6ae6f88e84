#include <algorithm>

#include "venue/fix/decode_messages.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

using model::RejectReason;

/// One request makes the venue write one book per symbol, so the number of symbols and a book's depth have limits.
constexpr std::size_t symbols_max = 20;
constexpr int levels_max = 1'000;
constexpr char insufficient_bandwidth = '2';

model::MarketDataRefusal refusal(std::string request_id, RejectReason reason) {
    return {std::move(request_id), md_req_rej_reason(reason), std::string(sentence(reason))};
}

/// The values of one member of a repeating group, in order, each once.
std::vector<std::string_view> group_values(const Fields& fields, int tag) {
    std::vector<std::string_view> values;
    for (const auto& field : fields.all()) {
        if (field.tag != tag || values.size() > symbols_max) continue;
        if (std::ranges::find(values, field.value) == values.end()) values.push_back(field.value);
    }
    return values;
}

bool has(const std::vector<std::string_view>& values, std::string_view value) {
    return std::ranges::find(values, value) != values.end();
}

RejectReason unsupported(const Fields& fields, int depth, const std::vector<std::string_view>& entry_types) {
    const auto offered = [](std::string_view value) { return is_supported_value(tag::md_entry_type, value); };
    const auto subscription = fields.text(tag::subscription_request_type);
    if (!is_supported_value(tag::subscription_request_type, subscription)) {
        return RejectReason::unsupported_subscription_type;
    }
    if (depth < 0 || depth > levels_max) return RejectReason::unsupported_depth;
    if (!std::ranges::all_of(entry_types, offered)) return RejectReason::unsupported_entry_type;
    return RejectReason::none;
}

}  // namespace

Decoded read_market_data(FieldReader& reader) {
    const auto& fields = reader.fields();
    model::BookQuestion question;
    question.request_id = reader.short_text(tag::md_req_id);
    question.depth = reader.integer(tag::market_depth);
    const auto entry_types = group_values(fields, tag::md_entry_type);
    question.bids = has(entry_types, "0");
    question.offers = has(entry_types, "1");
    if (const auto reason = unsupported(fields, question.depth, entry_types); reason != RejectReason::none) {
        return refusal(question.request_id, reason);
    }
    if (question.depth == 0) question.depth = levels_max;
    const auto symbols = group_values(fields, tag::symbol);
    if (symbols.size() > symbols_max) {
        return model::MarketDataRefusal{question.request_id, insufficient_bandwidth,
                                        "One request may ask about 20 symbols at most."};
    }
    Questions questions;
    for (const auto symbol : symbols) {
        question.symbol = reader.short_text(tag::symbol, symbol);
        questions.emplace_back(question);
    }
    return questions;
}

model::InstrumentsQuestion read_security_list(FieldReader& reader) {
    const auto& fields = reader.fields();
    const auto type = fields.text(tag::security_list_request_type);
    const auto subscription = fields.get(tag::subscription_request_type).value_or("0");
    model::InstrumentsQuestion question;
    question.request_id = reader.short_text(tag::security_req_id);
    if (type == "0") question.symbol = reader.short_text(tag::symbol);
    question.supported = is_supported_value(tag::security_list_request_type, type) &&
                         is_supported_value(tag::subscription_request_type, subscription);
    return question;
}

}  // namespace venue::fix
