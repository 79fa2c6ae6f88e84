#include "venue/fix/plain_rules.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "venue/fix/spec_tables.hpp"
#include "venue/fix/utc_time.hpp"

namespace venue::fix {
namespace {

/// BeginString, BodyLength and MsgType.
constexpr std::size_t preamble_size = 3;
constexpr auto required_header =
    std::to_array<int>({tag::sender_comp_id, tag::target_comp_id, tag::msg_seq_num, tag::sending_time});
constexpr auto simple_header =
    std::to_array<int>({tag::sender_comp_id, tag::target_comp_id, tag::msg_seq_num, tag::sending_time,
                        tag::sender_sub_id, tag::target_sub_id, tag::poss_resend, tag::appl_ver_id});

constexpr std::size_t whole_digits_max = 9;
constexpr std::size_t decimal_size_max = 20;
constexpr std::size_t time_size_seconds = 17;
constexpr std::size_t time_size_milliseconds = 21;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_sign(std::string_view text) { return text.starts_with('-') ? text.substr(1) : text; }

bool is_whole(std::string_view text) {
    const auto digits = without_sign(text);
    return !digits.empty() && digits.size() <= whole_digits_max && std::ranges::all_of(digits, is_digit);
}

bool is_decimal(std::string_view text) {
    if (text.size() > decimal_size_max) return false;
    const auto number = without_sign(text);
    const auto point = std::min(number.find('.'), number.size());
    const auto behind = number.substr(std::min(point + 1, number.size()));
    return point > 0 && std::ranges::all_of(number.substr(0, point), is_digit) &&
           std::ranges::all_of(behind, is_digit) && (point == number.size() || !behind.empty());
}

bool is_time(std::string_view text) {
    const bool has_known_size = text.size() == time_size_seconds || text.size() == time_size_milliseconds;
    return has_known_size && text.substr(time_size_seconds - 2, 2) < "60" && parse_utc_time(text);
}

bool is_header(const FIX::DataDictionary& transport, int tag) {
    return transport.isHeaderField(tag) || FIX::Message::isHeaderField(tag);
}
bool is_trailer(const FIX::DataDictionary& transport, int tag) {
    return transport.isTrailerField(tag) || FIX::Message::isTrailerField(tag);
}

}  // namespace

PlainRules::PlainRules(const FIX::DataDictionary& transport, const FIX::DataDictionary& application) : rules_(tag_max) {
    for (int tag = 1; tag < tag_max; ++tag) learn(application, tag);
    for (const int tag : simple_header) {
        known_.reset(static_cast<std::size_t>(tag));
        learn(transport, tag);
        header_.set(static_cast<std::size_t>(tag), transport.isHeaderField(tag));
    }
    header_ &= known_;
    for (char type = '0'; type <= 'z'; ++type) {
        messages_[static_cast<std::size_t>(type)] = read_body(transport, application, std::string{type});
    }
}

/// A field whose type isn't known here gets no rule.
void PlainRules::learn(const FIX::DataDictionary& dictionary, int tag) {
    const auto kind_of = [](FIX::TYPE::Type type) -> std::optional<Kind> {
        switch (type) {
            case FIX::TYPE::String:
            case FIX::TYPE::Currency:
            case FIX::TYPE::Exchange:
            case FIX::TYPE::Country:
            case FIX::TYPE::MultipleValueString:
            case FIX::TYPE::MultipleStringValue:
            case FIX::TYPE::MultipleCharValue:
                return Kind::text;
            case FIX::TYPE::Char:
                return Kind::character;
            case FIX::TYPE::Boolean:
                return Kind::boolean;
            case FIX::TYPE::Int:
            case FIX::TYPE::SeqNum:
                return Kind::whole;
            case FIX::TYPE::Price:
            case FIX::TYPE::Qty:
            case FIX::TYPE::Amt:
            case FIX::TYPE::Float:
            case FIX::TYPE::PriceOffset:
            case FIX::TYPE::Percentage:
                return Kind::decimal;
            case FIX::TYPE::UtcTimeStamp:
                return Kind::time;
            default:
                return std::nullopt;
        }
    };
    auto type = FIX::TYPE::Unknown;
    if (!dictionary.getFieldType(tag, type)) return;
    const auto kind = kind_of(type);
    if (!kind) return;
    Rule& rule = rules_[static_cast<std::size_t>(tag)];
    rule = {*kind, dictionary.hasFieldValue(tag), {}};
    for (char value = '!'; value <= '~'; ++value) {
        rule.values.set(static_cast<std::size_t>(value),
                        rule.is_listed && dictionary.isFieldValue(tag, std::string{value}));
    }
    known_.set(static_cast<std::size_t>(tag));
}

PlainRules::Body PlainRules::read_body(const FIX::DataDictionary& transport, const FIX::DataDictionary& application,
                                       const std::string& type) const {
    Body body;
    body.is_known = application.isMsgType(type) && !FIX::Message::isAdminMsgType(type);
    for (int tag = 1; body.is_known && tag < tag_max; ++tag) {
        if (!application.isField(tag) || !application.isMsgField(type, tag)) continue;
        const auto at = static_cast<std::size_t>(tag);
        const bool is_body = !is_header(transport, tag) && !is_trailer(transport, tag);
        body.allowed.set(at, is_body && known_[at] && !application.isGroup(type, tag));
        if (!application.isRequiredField(type, tag)) continue;
        body.required.push_back(tag);
        body.is_known = body.allowed[at];
    }
    return body;
}

bool PlainRules::pass(const Fields& message) const {
    const auto& fields = message.all();
    const auto type = message.message_type();
    if (message.invalid_tag() || fields.size() <= preamble_size || type.size() != 1 || type[0] < 0) return false;
    const Body& body = messages_[static_cast<std::size_t>(type[0])];
    if (!body.is_known || fields.back().tag != tag::check_sum) return false;
    Tags seen;
    bool is_in_header = true;
    for (auto field = fields.begin() + preamble_size; field != fields.end() - 1; ++field) {
        if (field->tag >= tag_max) return false;
        const auto at = static_cast<std::size_t>(field->tag);
        is_in_header = is_in_header && header_[at];
        const bool is_allowed = is_in_header || body.allowed[at];
        if (!is_allowed || seen[at] || !fits(*field)) return false;
        seen.set(at);
    }
    const auto is_there = [&](int tag) { return seen[static_cast<std::size_t>(tag)]; };
    return std::ranges::all_of(required_header, is_there) && std::ranges::all_of(body.required, is_there);
}

bool PlainRules::fits(const Field& field) const {
    const Rule& rule = rules_[static_cast<std::size_t>(field.tag)];
    const auto value = field.value;
    if (rule.is_listed) {
        return value.size() == 1 && value[0] > 0 && rule.values[static_cast<std::size_t>(value[0])] &&
               (rule.kind != Kind::whole || is_digit(value[0]));
    }
    switch (rule.kind) {
        case Kind::text:
            return !value.empty();
        case Kind::character:
            return value.size() == 1;
        case Kind::boolean:
            return value == "Y" || value == "N";
        case Kind::whole:
            return is_whole(value);
        case Kind::decimal:
            return is_decimal(value);
        case Kind::time:
            return is_time(value);
    }
    return false;
}

}  // namespace venue::fix
