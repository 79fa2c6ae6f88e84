// The whole walk inside a test: bytes are decoded, judged, posted, committed to a journal in memory, and encoded. Only
// the sockets and the session engine are left out, and with them what the dictionary alone would reject.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "tests/scenario/script.hpp"
#include "tests/scenario/venue_under_test.hpp"
#include "tests/support/ledger_journal.hpp"
#include "venue/fix/decode.hpp"
#include "venue/pipeline.hpp"
#include "venue/sequencer/clock.hpp"

namespace scenario {

class InProcessVenue final : public VenueUnderTest {
  public:
    /// Configured as the script gives, every session logged on, the clock at 2026-01-01T12:00:00Z.
    explicit InProcessVenue(const Script& script);

    void send(const std::string& session, const Message& message) override;
    std::optional<Message> receive(const std::string& session) override;
    std::optional<Message> left_over(const std::string& session) override { return receive(session); }
    std::string ledger(const std::string& account, const std::string& asset) override;
    std::string held(const std::string& account, const std::string& asset) override;
    /// halt, resume and phase; limits, suspend, resume-participant and delist; bust and correct.
    void operate(const std::vector<std::string>& words) override;
    void set_time(std::int64_t nanoseconds) override;
    [[nodiscard]] std::int64_t time() const override { return clock_.now().nanoseconds; }

  private:
    void revise(const std::vector<std::string>& words);
    void remember(const venue::model::Event& event);
    void configure(const Script& script);
    void log_on(const std::string& session);
    void submit(const std::string& session, const venue::fix::Decoded& decoded, bool may_be_known);
    void tell_reject(const std::string& session, const venue::fix::SyntaxReject& reject);
    void release(const venue::model::Group& group);
    void tell(venue::model::SessionId session, const venue::model::Event& event);
    void deliver(venue::model::SessionId session, const std::string& bytes);
    /// Whose messages are taken and told in this way.
    [[nodiscard]] const venue::fix::Dialect& dialect(venue::model::SessionId session) const;
    [[nodiscard]] const venue::model::Reference& reference() const { return pipeline_.engine().reference(); }
    [[nodiscard]] bool is_stale(const venue::fix::Fields& fields) const;

    struct Session {
        venue::model::SessionId id;
        std::string comp_id;
        int number_sent = 0;
        std::deque<Message> received;
    };

    venue::sequencer::ManualClock clock_;
    LedgerJournal journal_;
    venue::FlightRecorder recorder_;
    venue::Pipeline pipeline_;
    std::map<std::string, Session> sessions_;
    std::map<venue::model::MatchId, std::vector<venue::model::TradeHalf>> trades_;
};

}  // namespace scenario
