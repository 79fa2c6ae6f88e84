// What stands behind the gateway in these tests: it accepts every order, keeps every event, and commits at once, or
// when the test says so.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "venue/fix/gateway.hpp"

namespace venue::fix {

class StubVenue {
  public:
    explicit StubVenue(Settings settings = {}, decltype(Wiring::recorded) recorded = {});
    ~StubVenue();

    /// Settings for a gateway on a free port, with short waits.
    static Settings quick();
    [[nodiscard]] std::uint16_t port() const { return settings_.port; }
    /// The secret that alice and bob share; their usernames are "alice" and "bob".
    static const std::string& secret();

    /// Ends the gateway as a crash would, and starts one that restores what was committed.
    void restart();
    Gateway& gateway() { return *gateway_; }
    /// Until when the venue was there before it is restarted; empty: until then.
    std::optional<model::Timestamp> lived_until;

    /// How many orders a mass status request is told of.
    std::atomic<std::size_t> open_orders = 0;

    /// While commits are held nothing is released.
    void hold_commits();
    void let_commits_go();
    /// While numbers are held no block is reserved.
    void hold_numbers(bool hold);
    /// While the map of outbound numbers is held, the journal doesn't know which event has which number.
    void hold_outbound(bool hold);
    void set_admission(model::Admission admission);
    /// From now on no outbound numbers are committed, as when a crash comes first.
    void lose_outbound(bool lose);
    /// An event for the session, from nobody's command.
    void make_event(model::SessionId session);
    /// The sessions' participant is limited, all together and alice's alone, and the gateway knows.
    void limit_rate(model::RateLimit of_all, model::RateLimit of_alice);
    /// Sessions that were ended because they sent too much.
    std::int64_t rate_logouts() const { return traffic_->rate_logouts_total; }
    /// Another session is added while the gateway runs.
    void add_session(const std::string& comp_id, model::FixVersion version = model::FixVersion::fix44);

    /// The operator changes how a session speaks, and whether its numbers begin anew by it.
    void change_session(const std::string& comp_id, model::FixVersion version, bool extensions = false);
    /// The operator lets nobody on to it, or somebody again.
    void disable_session(const std::string& comp_id, bool disabled);

    /// Waits until the requests that arrived satisfy `enough`; false when they don't in time.
    bool wait_for(const std::function<bool(const std::vector<model::Request>&)>& enough);
    /// Waits until something that commits change is true.
    bool wait_until(const std::function<bool()>& true_at_last);
    std::vector<model::Request> requests();
    /// When requests were read whose outcome was written since.
    std::vector<std::int64_t> told();
    bool wait_for_told(std::size_t count);
    model::SessionNumbers numbers(model::SessionId session);
    /// The last event that arose, and the last one that has a number for the session.
    model::Sequence last_event();
    model::Sequence last_numbered(model::SessionId session);

    static constexpr model::SessionId alice{1};
    static constexpr model::SessionId bob{2};

  private:
    Wiring wiring();
    void start(bool restored);
    void submit(model::Request request);
    void judge(const model::Request& request);
    void answer(const model::Origin& asked, model::AnswerBody body);
    void emit(model::SessionId session, model::EventBody body);
    void commit_if_free();
    void commit();
    std::vector<RestoredSession> restored();
    [[nodiscard]] model::Sequence last_numbered_since(model::Incarnation first, model::SessionId session) const;

    Settings settings_;
    decltype(Wiring::recorded) recorded_;
    std::shared_ptr<Traffic> traffic_ = std::make_shared<Traffic>();
    model::Reference reference_;
    std::unique_ptr<Gateway> gateway_;

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<model::Request> requests_;
    std::vector<std::int64_t> told_;
    std::vector<model::Event> events_;
    std::map<std::int32_t, model::SessionNumbers> numbers_;
    std::vector<model::OutboundRun> runs_;
    std::map<std::int32_t, model::Sequence> logged_numbers_;
    model::Group forming_;
    std::size_t commit_count_ = 0;
    bool holding_ = false;
    bool holding_numbers_ = false;
    bool holding_outbound_ = false;
    bool losing_outbound_ = false;
    model::Admission admission_{model::Admission::open};
    bool alive_ = true;
};

/// Whether a request is a command of this kind.
template <class Command>
bool is_command(const model::Request& request) {
    const auto* body = std::get_if<model::CommandBody>(&request.body);
    return body != nullptr && std::holds_alternative<Command>(*body);
}
template <class Command>
const Command& command_of(const model::Request& request) {
    return std::get<Command>(std::get<model::CommandBody>(request.body));
}

/// The body of a good order.
std::string order(const std::string& cl_ord_id);

}  // namespace venue::fix
