// The reference data of the first start: assets, instruments, participants with accounts, balances and sessions. The
// first start turns it into commands; later starts only tell where it differs from the journaled state.
#pragma once

#include <string>
#include <vector>

#include "venue/config/settings.hpp"
#include "venue/model/command.hpp"
#include "venue/model/reference.hpp"

namespace venue::config {

struct ReferenceFile {
    std::vector<model::AddAsset> assets;
    std::vector<model::ListInstrument> instruments;
    std::vector<model::AddParticipant> participants;
    std::vector<model::OpenAccount> accounts;
    std::vector<model::DepositFunds> deposits;
    std::vector<model::LimitParticipant> limits;
    std::vector<model::LimitRate> rates;
    std::vector<model::SetFees> fees;         ///< One, or none.
    std::vector<model::AddSession> sessions;  ///< Without secrets.
};

/// No session may have the venue's own CompID. Throws ConfigError.
ReferenceFile load_reference(const std::string& file, const std::string& venue_comp_id);

/// Everything in the order in which it can be applied.
std::vector<model::CommandBody> commands(const ReferenceFile& file);

/// One thing, or one key of it, that the file and the journaled state say differently.
struct Difference {
    std::string what;     ///< Like "instrument BTC-USD".
    std::string key;      ///< Empty: the thing is on one side only.
    std::string file;     ///< Empty where it isn't there.
    std::string journal;  ///< The same.
    bool operator==(const Difference&) const = default;
};

/// "instrument BTC-USD: taker_fee is 0 in the file and 20000 in the journal".
std::string to_text(const Difference& difference);

/// Balances aren't compared: they are what was paid in at the first start, and trading has moved them since.
std::vector<Difference> compare(const ReferenceFile& file, const model::Reference& journaled);
/// The same, a sentence for each.
std::vector<std::string> differences(const ReferenceFile& file, const model::Reference& journaled);

}  // namespace venue::config
