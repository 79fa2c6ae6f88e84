// Reads each commit the moment it is durable and holds it against the invariants, with sums of its own; and answers
// what participants may have been told: nothing but what stands here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/simulation/findings.hpp"
#include "tests/simulation/prediction.hpp"
#include "tests/simulation/wire.hpp"
#include "venue/engine/engine.hpp"
#include "venue/model/request.hpp"

namespace venue::simulation {

class JournalAudit {
  public:
    explicit JournalAudit(Findings& findings);

    void committed(const model::Group& group);
    /// A venue whose last event is durable must be in the very state that folding the journal gives. False when its
    /// last event is another, and nothing could be compared.
    bool compare(const engine::Engine& live);
    /// What the journal folds to: what a snapshotter that follows it would store.
    [[nodiscard]] const engine::Engine& folded() const { return folded_; }
    [[nodiscard]] model::Sequence last() const { return folded_.last_sequence(); }
    /// That many trades before the newest one, with its orders as they are by now; none where there were fewer.
    [[nodiscard]] std::optional<model::ReviseTrade> trade(std::int64_t ago) const;
    /// Of the one instrument.
    [[nodiscard]] model::Phase phase() const;

    // What a participant was told, at the moment it is told.
    void check_report(const std::string& comp_id, const WireMessage& message);
    void check_change_rejected(const std::string& comp_id, const WireMessage& message);
    void check_status(const std::string& comp_id, const WireMessage& message);
    void check_book(const std::string& comp_id, const WireMessage& message);
    void check_mass_report(const std::string& comp_id, const WireMessage& message);
    void check_list_report(const std::string& comp_id, const WireMessage& message);
    void check_list_answer(const std::string& comp_id, const WireMessage& message);
    /// The operator is told that the transfer of that id is that event.
    void check_transfer(const std::string& id, std::int64_t event);

    // At rest.
    [[nodiscard]] std::vector<std::int64_t> reports_for(const std::string& comp_id) const;
    [[nodiscard]] std::vector<std::string> change_rejections_for(const std::string& comp_id) const;
    /// What their reports are known by.
    [[nodiscard]] std::vector<std::string> list_reports_for(const std::string& comp_id) const;
    /// Of the session's participant; of a list that was declined nothing is.
    [[nodiscard]] bool is_open(const std::string& comp_id, const std::string& list) const;
    void check_all_judged(const std::string& comp_id, std::int64_t last_sent);

    /// What was journaled, by kinds of events, of commands that go on with another, and of orders.
    [[nodiscard]] const Coverage& met() const { return met_; }
    /// The event of each transfer that was done, by its id.
    [[nodiscard]] const std::map<std::string, std::int64_t>& transfers() const { return transfers_; }

  private:
    using Session = model::SessionId;
    using ListName = std::pair<model::ParticipantId, std::string>;
    using NumberKey = std::tuple<Session, model::Incarnation, std::int64_t>;

    void take(const model::Event& event);
    void take_order(const model::Event& event, const model::Order& order);
    void take_transfer(const model::Event& event);
    void note_lists();
    [[nodiscard]] std::vector<model::Order> orders_of(const ListName& list) const;
    [[nodiscard]] bool goes_on() const;
    void begin_command(const model::Event& event);
    void end_command();
    void post(const std::vector<model::Posting>& postings);
    void check_balances();
    void check_levels();
    void take_numbers(const model::SessionNumbers& numbers);
    void take_run(const model::OutboundRun& run);
    [[nodiscard]] model::BookAnswer book() const;
    [[nodiscard]] std::string own_levels(model::Side side) const;
    [[nodiscard]] const model::Event* addressed(const std::string& comp_id, std::int64_t exec_id) const;
    [[nodiscard]] bool is_for(const model::Event& event, model::SessionId session) const;
    [[nodiscard]] model::SessionId session(const std::string& comp_id) const;
    [[nodiscard]] ListName list_name(const std::string& comp_id, const std::string& list) const;
    void complain(const std::string& what);

    Findings& findings_;
    engine::Engine folded_;
    Prediction prediction_;
    std::vector<model::Event> events_;
    std::vector<model::Event> command_;  ///< Events of the command that is being read.
    std::vector<model::Event> whole_;    ///< The same, with those before it that it goes on with.
    std::map<std::string, std::int64_t> transfers_;
    std::map<std::pair<model::AccountId, model::AssetId>, model::Amount> balances_;
    std::map<model::OrderId, model::Order> orders_;
    std::set<model::OrderId> resting_;
    std::map<std::string, std::set<std::string>> states_;  ///< By OrderID: each state it was in, as a status tells it.
    std::set<std::string> books_;                          ///< Each book that ever was, as an answer tells it.
    std::map<ListName, std::set<model::OrderId>> lists_;
    std::map<ListName, std::set<std::string>> list_states_;  ///< Each that ever was, as an answer tells it.
    std::set<ListName> changed_lists_;                       ///< By the command that is being read.
    std::set<NumberKey> asked_;                              ///< Inbound numbers that became commands.
    std::map<NumberKey, model::Sequence> numbered_;          ///< Outbound numbers.
    std::map<std::pair<Session, model::Incarnation>, model::SessionNumbers> numbers_;
    Coverage met_;
};

}  // namespace venue::simulation
