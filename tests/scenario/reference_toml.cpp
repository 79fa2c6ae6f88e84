#include "tests/scenario/reference_toml.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace scenario {
namespace {

struct Listed {
    const char* symbol;
    const char* base;
    const char* quote;
    const char* tick;
    const char* lot;
};
constexpr auto instruments = std::to_array<Listed>({
    {"BTC-USD", "BTC", "USD", "0.01", "0.00000001"},
    {"ETH-USD", "ETH", "USD", "0.01", "0.000001"},
    {"ETH-BTC", "ETH", "BTC", "0.00001", "0.0001"},
});

constexpr const char* assets = R"(
[[asset]]
code = "USD"
ledger_digits = 10
chain_digits = 2

[[asset]]
code = "BTC"
ledger_digits = 12
chain_digits = 8

[[asset]]
code = "ETH"
ledger_digits = 18
chain_digits = 18
)";

std::string quoted(const std::string& key, const std::string& value) { return key + " = \"" + value + "\"\n"; }

std::string terms_toml(const Listed& listed, const std::vector<Terms>& given) {
    std::string text;
    for (const auto& terms : given) {
        if (terms.symbol != listed.symbol) continue;
        for (const auto& [key, value] : terms.values) text += key + " = " + value + "\n";
    }
    return text;
}

std::string instrument_toml(const Listed& listed, const Script& script) {
    const auto found = std::ranges::find(script.fees, listed.symbol, &Fees::symbol);
    const Fees fees = found == script.fees.end() ? Fees{} : *found;
    return "\n[[instrument]]\n" + quoted("symbol", listed.symbol) + quoted("base", listed.base) +
           quoted("quote", listed.quote) + quoted("tick", listed.tick) + quoted("lot", listed.lot) +
           "maker_fee = " + fees.maker + "\ntaker_fee = " + fees.taker + "\n" + quoted("fee_in", fees.source) +
           terms_toml(listed, script.terms);
}

std::string balances_toml(const Amounts& balances) {
    std::string text;
    for (const auto& [asset, amount] : balances) {
        text += (text.empty() ? "" : ", ") + asset + " = \"" + amount + "\"";
    }
    return "balances = { " + text + " }\n";
}

std::string session_toml(const SessionOf& session) {
    return "\n[[participant.session]]\n" + quoted("sender", comp_id(session.name)) + quoted("username", session.name) +
           quoted("account", session.participant) + quoted("version", session.version);
}

}  // namespace

std::string comp_id(const std::string& session) {
    std::string capitals = session;
    std::ranges::transform(capitals, capitals.begin(), [](unsigned char c) { return std::toupper(c); });
    return capitals;
}

std::string reference_toml(const Script& script) {
    std::string text = assets;
    for (const auto& listed : instruments) text += instrument_toml(listed, script);
    for (const auto& [participant, balances] : script.balances) {
        text += "\n[[participant]]\n" + quoted("name", participant);
        for (const auto& [whose, rule] : script.self_trades) {
            if (whose == participant) text += quoted("self_trade", rule);
        }
        text += "\n[[participant.account]]\n" + quoted("name", participant) + balances_toml(balances);
        for (const auto& account : script.accounts) {
            if (account.participant != participant) continue;
            text += "\n[[participant.account]]\n" + quoted("name", account.name) + balances_toml({});
        }
        for (const auto& session : script.sessions) {
            if (session.participant == participant) text += session_toml(session);
        }
    }
    return text;
}

}  // namespace scenario
