// What every simulated venue is configured with: the instrument that the naive venue knows, two firms, three sessions.
#pragma once

#include <string>
#include <vector>

#include "venue/fix/credentials.hpp"
#include "venue/model/command.hpp"

namespace venue::simulation {

inline const std::string demo_secret = "open sesame";

inline std::vector<model::CommandBody> demo_configuration() {
    using namespace model;
    const std::string salt = "00";
    const auto hash = fix::secret_hash(salt, demo_secret);
    std::vector<CommandBody> commands = {AddAsset{{{}, "BTC", 8, 8}}, AddAsset{{{}, "USD", 6, 2}},
                                         ListInstrument{"BTC-USD", "BTC", "USD", {1, 0}, {1, 2}, 10'000, 20'000}};
    for (const std::string name : {"alice", "bob"}) {
        commands.emplace_back(AddParticipant{name});
        commands.emplace_back(OpenAccount{name, name});
        commands.emplace_back(DepositFunds{name, "BTC", {20, 0}});
        commands.emplace_back(DepositFunds{name, "USD", {2'000, 0}});
    }
    commands.emplace_back(AddSession{"alice", "alice", "ALICE", "alice", salt, hash});
    commands.emplace_back(AddSession{"alice", "alice", "ALICE2", "alice2", salt, hash});
    commands.emplace_back(AddSession{"bob", "bob", "BOB", "bob", salt, hash});
    return commands;
}

/// The same, as a scenario gives it.
inline std::vector<std::string> demo_script_head() {
    return {"given alice BTC 20 USD 2000", "given bob BTC 20 USD 2000", "given session alice2 of alice"};
}

}  // namespace venue::simulation
