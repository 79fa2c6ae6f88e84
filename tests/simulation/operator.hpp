// The operator of a simulated venue: leads the instrument through its phases, takes trades back, and moves funds
// between a participant's accounts, asking again under the same id whenever nobody said what became of it.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "tests/property/random_action.hpp"
#include "tests/simulation/journal_audit.hpp"
#include "tests/simulation/venue_process.hpp"

namespace venue::simulation {

class Operator {
  public:
    Operator(Run& run, JournalAudit& journal) : run_(run), journal_(journal) {}

    /// Asks that venue for something, drawn by the dice. Returns what it was.
    std::string act(VenueProcess& venue, int venue_number);
    /// Asks for every transfer again of which nobody has said what became. False when there is none.
    bool ask_again(VenueProcess& venue, int venue_number);
    /// Back to continuous trading, of everybody.
    void let_all_go(VenueProcess& venue);
    void check_at_rest();

  private:
    struct Asked {
        control::Transfer transfer;
        int venue_number = 0;  ///< Whom it was asked of last.
        int times = 0;
        bool is_over = false;
        std::int64_t event = 0;  ///< Zero when it was declined.
    };

    std::string change_phase(VenueProcess& venue);
    void resume(VenueProcess& venue);
    std::string restrain(VenueProcess& venue);
    std::string limit(VenueProcess& venue, const std::string& words, const test::NaiveLimits& most);
    std::string suspend(VenueProcess& venue, const std::string& words, bool suspended);
    std::string list_another(VenueProcess& venue);
    std::string revise(VenueProcess& venue);
    std::string settle(VenueProcess& venue);
    std::string transfer(VenueProcess& venue, int venue_number);
    Asked& some_transfer();
    void ask(VenueProcess& venue, int venue_number, Asked& asked);
    void hear(Asked& asked, const control::TransferOutcome& outcome);
    void hear(Asked& asked, const control::TransferRefusal& refusal);

    Run& run_;
    JournalAudit& journal_;
    std::map<std::string, Asked> transfers_;  ///< By id.
    std::string limited_;                     ///< In the words of the command that asked for it; empty for nobody.
    std::string suspended_;                   ///< Likewise.
};

}  // namespace venue::simulation
