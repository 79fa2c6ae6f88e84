// Faults that a venue could have, planted where it meets the rest of the world: whoever changes nothing but the seams
// can still show that the simulation notices each of them. `tests/faults` plants others in the sources themselves.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "venue/fix/gateway.hpp"
#include "venue/journal/journal.hpp"

namespace venue::simulation {

enum class PlantedFault {
    none,
    acknowledges_before_the_commit,
    uses_a_number_again_after_a_crash,
    drops_the_last_event_of_a_group,
    tries_a_commit_in_doubt_again,
    skips_a_posting,
    forgets_to_release_a_hold,
    forgets_to_release_a_group,
    ignores_poss_dup,
    judges_a_command_twice,
    loses_a_command,
    loses_an_order_of_a_list,
    loses_a_list_cancel,
    resends_a_numbered_report_differently,
};

/// Nothing for a name that stands for no fault.
std::optional<PlantedFault> planted_fault(std::string_view name);
std::vector<std::string_view> planted_fault_names();

/// A journal between the venue and its own, which does to groups what the fault wants.
class PlantedJournal final : public journal::Journal {
  public:
    PlantedJournal(journal::Journal& inner, PlantedFault fault) : inner_(inner), fault_(fault) {}

    /// Where a fault may tell what isn't durable.
    std::function<void(const model::Group&)> tell_early = [](const auto&) {};

    void append(const model::Group& group) override;
    void watch() override { inner_.watch(); }
    void read(model::Sequence after, const std::function<void(const model::Event&)>& each) override {
        inner_.read(after, each);
    }
    std::vector<journal::SessionRecord> session_records() override;
    void note_state_hash(const journal::StateHash& noted) override { inner_.note_state_hash(noted); }

  private:
    [[nodiscard]] model::Group changed(model::Group group) const;

    journal::Journal& inner_;
    const PlantedFault fault_;
};

/// What the fault does to what the FIX room asks of the venue.
void plant(PlantedFault fault, fix::Wiring& wiring);

}  // namespace venue::simulation
