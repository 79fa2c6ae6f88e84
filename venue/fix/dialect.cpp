#include "venue/fix/dialect.hpp"

#include <algorithm>

#include "venue/fix/dialect_tables.hpp"
#include "venue/model/ensure.hpp"

namespace venue::fix {

const MessageUse* Dialect::use_of(std::string_view type) const {
    const auto found = std::ranges::find(message_uses, type, &MessageUse::type);
    return found == message_uses.end() ? nullptr : &*found;
}

bool Dialect::has_message(std::string_view type) const { return std::ranges::binary_search(messages, type); }

std::span<const int> Dialect::left_out_of(std::string_view type) const {
    const auto found = std::ranges::find(left_out, type, &LeftOut::type);
    return found == left_out.end() ? std::span<const int>{} : found->tags;
}

std::optional<std::int64_t> Dialect::told_of_fewer(int tag, std::int64_t value) const {
    const auto field = std::ranges::find(fewer_values, tag, &FewerValues::tag);
    if (field == fewer_values.end() || std::ranges::find(field->known, value) != field->known.end()) return value;
    return field->others < 0 ? std::nullopt : std::optional<std::int64_t>(field->others);
}

ReportKind Dialect::report_kind(char told) const {
    const auto found = std::ranges::find(report_kinds, told, &ReportKind::told);
    return found == report_kinds.end() ? ReportKind{.told = told, .exec_type = told} : *found;
}

const Dialect& dialect(model::FixVersion version, bool extensions) {
    const auto with = static_cast<std::size_t>(extensions);
    switch (version) {
        case model::FixVersion::fix44:
            return fix44_dialects[with];
        case model::FixVersion::fix42:
            return fix42_dialects[with];
        case model::FixVersion::fix50sp2:
            return fix50sp2_dialects[with];
    }
    ensure(false, "a session's version is one that there is");
    return fix44_dialects[with];
}

}  // namespace venue::fix
