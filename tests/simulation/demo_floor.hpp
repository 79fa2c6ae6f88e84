// What every simulated venue is configured with: the instrument that the naive venue knows, two firms with two accounts
// each, three sessions that are lost in different ways.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "tests/property/naive_venue.hpp"
#include "venue/fix/credentials.hpp"
#include "venue/model/command.hpp"
#include "venue/model/listing_rules.hpp"

namespace venue::simulation {

inline const std::string demo_symbol = "BTC-USD";
inline const std::string demo_secret = "open sesame";

/// With a band of ten percent around 100, so that orders at the market may wait for an auction; and one of four around
/// the last trade, which interrupts it. Tiers of fees that are reached in a day.
inline const test::NaiveFees demo_fees{.maker = 10'000,
                                       .taker = 20'000,
                                       .static_band_bp = 1'000,
                                       .reference = 100,
                                       .dynamic_band_bp = 400,
                                       .volatility_seconds = 5,
                                       .protection_bp = 600,
                                       .tiers = {{300, 5'000, 15'000}, {1'000, -1'000, 10'000}}};

/// What becomes of bob's orders that would trade with each other.
inline constexpr auto bobs_rule = model::SelfTrade::cancel_oldest;

struct DemoSession {
    const char* comp_id;
    const char* username;
    const char* participant;
    model::DisconnectRule rule;
};
inline constexpr std::array<DemoSession, 3> demo_sessions = {{
    {"ALICE", "alice", "alice", {}},
    {"ALICE2", "alice2", "alice", {model::CancelOnDisconnect::session, 4'000}},
    {"BOB", "bob", "bob", {model::CancelOnDisconnect::participant, 20'000, true}},
}};

/// The session that may send only so much in a second.
inline constexpr const char* demo_limited = "ALICE2";

inline std::vector<model::CommandBody> demo_configuration() {
    using namespace model;
    const std::string salt = "00";
    const auto hash = fix::secret_hash(salt, demo_secret);
    std::vector<CommandBody> commands = {
        AddAsset{{{}, "BTC", 8, 8}}, AddAsset{{{}, "USD", 6, 2}},
        ListInstrument{.symbol = demo_symbol,
                       .base = "BTC",
                       .quote = "USD",
                       .tick = {1, 0},
                       .lot = {1, 2},
                       .maker_rate = static_cast<FeeRate>(demo_fees.maker),
                       .taker_rate = static_cast<FeeRate>(demo_fees.taker),
                       .reference_price = Decimal{demo_fees.reference, 0},
                       .static_band_bp = static_cast<std::int32_t>(demo_fees.static_band_bp),
                       .dynamic_band_bp = static_cast<std::int32_t>(demo_fees.dynamic_band_bp),
                       .volatility_seconds = static_cast<std::int32_t>(demo_fees.volatility_seconds),
                       .protection_bp = static_cast<std::int32_t>(demo_fees.protection_bp)}};
    // The naive venue forgets nothing.
    constexpr Remembered all{.seconds = remembered_seconds_max};
    for (const std::string name : {"alice", "bob"}) {
        commands.emplace_back(AddParticipant{name, name == "bob" ? bobs_rule : SelfTrade::allowed, all});
        commands.emplace_back(OpenAccount{name, name});
        commands.emplace_back(OpenAccount{name, test::savings_of(name)});
        commands.emplace_back(DepositFunds{name, "BTC", {20, 0}});
        commands.emplace_back(DepositFunds{name, "USD", {2'000, 0}});
    }
    for (const auto& [comp_id, username, participant, rule] : demo_sessions) {
        commands.emplace_back(AddSession{participant, participant, comp_id, username, salt, hash, rule});
    }
    commands.emplace_back(LimitRate{"alice", demo_limited, {.requests = 3}});
    SetFees schedule{"USD"};
    for (const auto& [volume, maker, taker] : demo_fees.tiers) {
        schedule.tiers.push_back({Decimal{volume, 0}, static_cast<FeeRate>(maker), static_cast<FeeRate>(taker)});
    }
    commands.emplace_back(schedule);
    return commands;
}

/// The same, as a scenario gives it, but for what becomes of orders when a session is lost: a scenario loses none.
inline std::vector<std::string> demo_script_head() {
    return {"given alice BTC 20 USD 2000",
            "given bob BTC 20 USD 2000",
            "given session alice2 of alice",
            "given account alice-savings of alice",
            "given account bob-savings of bob",
            "given self-trade bob " + std::string(name(bobs_rule)),
            "given instrument BTC-USD static_band_bp " + std::to_string(demo_fees.static_band_bp) +
                " reference_price '" + std::to_string(demo_fees.reference) + "' dynamic_band_bp " +
                std::to_string(demo_fees.dynamic_band_bp) + " volatility_seconds " +
                std::to_string(demo_fees.volatility_seconds) + " protection_bp " +
                std::to_string(demo_fees.protection_bp),
            "operator fees --currency USD --tier 300:5000:15000 --tier 1000:-1000:10000"};
}

}  // namespace venue::simulation
