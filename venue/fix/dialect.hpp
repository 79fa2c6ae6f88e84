// One version of FIX as a session speaks it: which messages it has, what becomes of their fields, and what the venue
// tells otherwise than in FIX 4.4, in whose words decode and encode are written. The tables come from fix-spec/.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "venue/model/reference.hpp"

namespace venue::fix {

/// A field that the standard leaves open and this venue needs: always, or only where field `when` has the value `is`,
/// and only where field `unless` isn't there. Missing, it is answered by a business reject (380=5).
struct Requirement {
    int tag = 0;
    int when = 0;  ///< Zero: always.
    std::string_view is;
    int unless = 0;  ///< Zero: whatever else is there.
};

/// What the venue does with the fields of one message that participants send. Every span rises. Fields named nowhere
/// are ignored; the members of a repeating group are not listed.
struct MessageUse {
    std::string_view type;
    std::span<const int> supported;
    std::span<const int> refused;  ///< Would change the meaning if ignored: present, the request is declined.
    std::span<const Requirement> requirements;
};

/// The tags that a message of this version doesn't have although FIX 4.4's, or our own addition to it, does.
struct LeftOut {
    std::string_view type;
    std::span<const int> tags;
};

/// A field that has fewer values here than in FIX 4.4. Values are single characters or whole numbers, as the field is.
struct FewerValues {
    int tag = 0;
    std::span<const int> known;
    int others = 0;  ///< Told in place of any other one; -1: the field is left out then.
};

/// How a report is told. '\0' stands for what isn't said, or stays as it is.
struct ReportKind {
    char told = '\0';         ///< ExecType (150) in FIX 4.4.
    char transaction = '\0';  ///< ExecTransType (20).
    char exec_type = '\0';    ///< ExecType here; '=' is what OrdStatus (39) says.
    char untouched = '\0';    ///< OrdStatus of an order that is open and has no fill.
};

struct Dialect {
    std::string_view begin_string;               ///< 8
    std::string_view appl_ver_id;                ///< 1137; empty where no transport carries the application.
    std::span<const std::string_view> messages;  ///< Types of all that the standard has, offered here or not; rising.
    std::span<const MessageUse> message_uses;    ///< Of those that participants may send.
    std::span<const LeftOut> left_out;           ///< Of those that the venue sends.
    std::span<const FewerValues> fewer_values;
    std::span<const ReportKind> report_kinds;
    bool logon_has_username = true;  ///< The standard's Logon has Username (553) and Password (554).

    /// Null for a message that participants can't send here.
    [[nodiscard]] const MessageUse* use_of(std::string_view type) const;
    [[nodiscard]] bool has_message(std::string_view type) const;
    [[nodiscard]] std::span<const int> left_out_of(std::string_view type) const;
    /// The value that is told for this one; empty when the field is left out.
    [[nodiscard]] std::optional<std::int64_t> told(int tag, std::int64_t value) const {
        return fewer_values.empty() ? std::optional(value) : told_of_fewer(tag, value);
    }
    [[nodiscard]] ReportKind report_kind(char told) const;

  private:
    [[nodiscard]] std::optional<std::int64_t> told_of_fewer(int tag, std::int64_t value) const;
};

/// With `extensions` the venue also sends what the standard's message doesn't have and its published dictionary does.
const Dialect& dialect(model::FixVersion version, bool extensions);
inline const Dialect& dialect(const model::Session& session) { return dialect(session.version, session.extensions); }

}  // namespace venue::fix
