// A scenario as text: what is given, then who says what and what must come back. README.md explains the language.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace scenario {

/// The script or its outcome is not what it should be; the text begins with "file:line: ".
struct ScriptFault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One field as written. `value` may be $name, which binds at first and compares later.
struct FieldText {
    int tag = 0;
    std::string value;
    bool contains = false;  ///< Written with "~": the field must contain the value.
};
using Amounts = std::vector<std::pair<std::string, std::string>>;  ///< Asset, decimal.

struct Send {
    std::string session;
    std::string type;
    std::vector<FieldText> fields;
};
struct Expect {
    std::string session;
    std::string type;
    std::vector<FieldText> fields;
    bool open = false;  ///< Ends with "...": fields that aren't listed are admitted.
};
/// The account's balances in the ledger; other assets aren't looked at.
struct CheckLedger {
    std::string account;
    Amounts amounts;
};
/// What is set aside for open orders.
struct CheckHeld {
    std::string account;
    Amounts amounts;
};
/// The clock is set; it starts at 2026-01-01T12:00:00Z.
struct SetTime {
    std::int64_t nanoseconds = 0;
};
struct AdvanceClock {
    std::int64_t nanoseconds = 0;
};

/// What the operator types behind `venue`.
struct Operate {
    std::vector<std::string> words;
};

struct Step {
    int line = 0;
    std::variant<Send, Expect, CheckLedger, CheckHeld, SetTime, AdvanceClock, Operate> what;
};

struct Fees {
    std::string symbol;
    std::string maker = "10000";  ///< In thousandths of a basis point.
    std::string taker = "20000";
    std::string source = "received";
};
/// More that is said of an instrument, in the words and values of the reference file.
struct Terms {
    std::string symbol;
    std::vector<std::pair<std::string, std::string>> values;
};
struct AccountOf {
    std::string name;
    std::string participant;
};
struct SessionOf {
    std::string name;
    std::string participant;
    std::string version = "4.4";  ///< Of FIX.
};

struct Script {
    std::string file;
    std::vector<std::pair<std::string, Amounts>> balances;  ///< Of each participant, in order of first mention.
    std::vector<Fees> fees;
    std::vector<Terms> terms;
    std::vector<AccountOf> accounts;  ///< Beside those that bear their participants' names.
    std::vector<std::pair<std::string, std::string>> self_trades;  ///< By participant, as the reference file says it.
    std::vector<SessionOf> sessions;
    std::vector<Step> steps;

    /// Time can be moved only where the venue runs inside the test.
    [[nodiscard]] bool moves_time() const;
};

/// Throws ScriptFault.
Script parse_script(const std::string& file, const std::string& text);
Script load_script(const std::string& file);

}  // namespace scenario
