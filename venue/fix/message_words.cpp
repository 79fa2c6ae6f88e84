#include "venue/fix/message_words.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "venue/fix/dictionaries.hpp"
#include "venue/fix/fields.hpp"
#include "venue/fix/spec_tables.hpp"

namespace venue::fix {
namespace {

/// In every message, and seen at its head.
bool is_left_out(int tag) {
    constexpr auto tags =
        std::to_array<int>({tag::begin_string, tag::body_length, tag::msg_type, tag::msg_seq_num, tag::sender_comp_id,
                            tag::target_comp_id, tag::sending_time, tag::check_sum});
    return std::ranges::find(tags, tag) != tags.end();
}

using Dictionaries = std::vector<const FIX::DataDictionary*>;

/// The name that the first of them has for it; empty where none has.
template <class Ask>
std::string name_of(const Dictionaries& dictionaries, Ask ask) {
    std::string name;
    for (const auto* dictionary : dictionaries) {
        if (ask(*dictionary, name)) return name;
    }
    return {};
}

std::string field_text(const Dictionaries& dictionaries, const Field& field) {
    const std::string value(field.value);
    const auto name =
        name_of(dictionaries, [&](const auto& known, auto& found) { return known.getFieldName(field.tag, found); });
    const auto meaning = name_of(
        dictionaries, [&](const auto& known, auto& found) { return known.getValueName(field.tag, value, found); });
    const auto quoted = value.find(' ') == std::string::npos ? value : "\"" + value + "\"";
    return (name.empty() ? std::to_string(field.tag) : name) + "=" + quoted +
           (meaning.empty() ? "" : "(" + meaning + ")");
}

}  // namespace

struct MessageWords::Names {
    FIX::DataDictionaryProvider dictionaries;

    [[nodiscard]] Dictionaries of(std::string_view begin_string) const {
        const std::string version(begin_string);
        try {
            const auto& transport = dictionaries.getSessionDataDictionary(FIX::BeginString(version));
            if (version != FIX::BeginString_FIXT11) return {&transport};
            return {&transport, &dictionaries.getApplicationDataDictionary(FIX::ApplVerID(FIX::ApplVerID_FIX50SP2))};
        } catch (const FIX::DataDictionaryNotFound&) {
            return {};
        }
    }
};

MessageWords::MessageWords(const std::string& dictionaries)
    : names_(std::make_unique<Names>(Names{read_dictionaries(dictionaries)})) {}
MessageWords::~MessageWords() = default;

std::string MessageWords::tell(std::string_view message) const {
    Fields fields;
    if (!fields.parse(message)) return std::string(message);
    const auto dictionaries = names_->of(fields.text(tag::begin_string));
    const std::string type(fields.message_type());
    const auto name = name_of(
        dictionaries, [&](const auto& known, auto& found) { return known.getValueName(tag::msg_type, type, found); });
    std::string text = (name.empty() ? "35=" + type : name) + " " + std::string(fields.text(tag::msg_seq_num)) + ":";
    for (const Field& field : fields.all()) {
        if (!is_left_out(field.tag)) text += " " + field_text(dictionaries, field);
    }
    return text;
}

}  // namespace venue::fix
