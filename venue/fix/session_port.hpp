// One FIX session: its engine, its outbox, and the connection it has at present. Everything with a number that arrives
// is given to the sequencer in order. It belongs to the worker's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "venue/fix/ahead_queue.hpp"
#include "venue/fix/connection.hpp"
#include "venue/fix/fields.hpp"
#include "venue/fix/logon.hpp"
#include "venue/fix/outbox.hpp"
#include "venue/fix/port_context.hpp"
#include "venue/fix/rate_gate.hpp"
#include "venue/fix/session_engine.hpp"
#include "venue/fix/session_watch.hpp"
#include "venue/fix/sparse_count.hpp"

namespace venue::fix {

inline constexpr std::string_view disabled_text = "This session is disabled.";

class SessionPort {
  public:
    SessionPort(PortContext& context, const model::Session& session);

    /// Before anything else: where its numbers go on.
    void start(const OutboxStart& start, std::int64_t inbound_judged);

    [[nodiscard]] const model::Session& session() const { return session_; }
    [[nodiscard]] const Dialect& dialect() const { return engine_.dialect(); }
    [[nodiscard]] const FIX::DataDictionaryProvider& dictionaries() const {
        return context_.dictionaries.of(session_.comp_id, dialect());
    }
    /// Somebody is logged on, or about to be; or it begins anew.
    [[nodiscard]] bool is_taken() const { return held_.has_value() || connection_ != nullptr || begins_anew_; }

    // The logon: refused, or held until it is durable.
    /// Why its numbers can't be ours; empty when they can.
    [[nodiscard]] LogonRefusal number_fault(const LogonTerms& terms) const;
    /// False when who is logged on stays; else that one is logged out.
    bool give_way();
    void refuse(Connection& connection, const std::string& text, SessionStatus status = SessionStatus::unsaid);
    void hold(Connection& connection, std::string_view logon, const LogonTerms& terms);
    /// The held logon is durable.
    void logged_on(const model::SessionLoggedOn& event, model::Sequence sequence);
    /// Who is on is logged out where the session is disabled or speaks otherwise from here on.
    void changed(const model::SessionChanged& event, model::Sequence sequence);

    // From the connection.
    /// False: it is a Logon by which the session's numbers are to begin anew, and has to be judged as the first one
    /// was.
    [[nodiscard]] bool receive(std::string_view message);
    /// That Logon was good: it goes the way of the first one, on the same connection.
    void log_on_again(std::string_view logon, const LogonTerms& terms);
    void written(const Connection& by, model::Sequence mark);
    void closed(const Connection& connection);
    /// Once a second.
    void tick();
    /// The terms of access may be others from here on.
    void use_access();
    [[nodiscard]] bool is_disabled() const { return session_.disabled; }
    /// Ends the session with a Logout, if one is on.
    void log_out(const std::string& text);

    // For an operator.
    [[nodiscard]] model::SessionLook look() const;
    /// Why it can't be done; empty when it is, and what it changes was submitted.
    std::string carry_out(const model::SessionWish& wish);
    /// What came of requests that were read at these moments is in the kernel's hands.
    void answered(std::span<const std::int64_t> read_at);

    [[nodiscard]] Outbox& outbox() { return outbox_; }
    /// What came of a request was told with the present release.
    void note_outcome(const model::Passage& passage);
    /// After a release, or when something came that was waited for.
    void advance();

  private:
    struct Held {
        std::shared_ptr<Connection> connection;  ///< Null once it is gone.
        std::string logon;
        LogonTerms terms;
        bool durable = false;
    };
    struct ResendWish {
        std::int64_t first = 0;
        std::int64_t last = 0;
    };

    [[nodiscard]] model::SessionState state() const;
    void reset_numbers();
    void let_go(const std::string& text);
    void note_arrived(std::int64_t number);

    void admit();
    void change_secret(const std::string& secret);
    void begin(const Held& held);
    [[nodiscard]] const model::SessionAccess& access() const { return context_.settings.access.of(session_.comp_id); }
    [[nodiscard]] bool resets(const LogonTerms& terms) const;
    [[nodiscard]] bool reset_is_due() const;
    void reset_when_due();
    void begin_anew();
    void begin_incarnation(model::Incarnation incarnation, model::Sequence sequence);
    void warn_of_dictionary() const;
    void send(const std::string& message);
    void submit_decoded();
    [[nodiscard]] Decoded decode_admitted();
    [[nodiscard]] bool is_stale() const;
    [[nodiscard]] bool receive_logon(std::string_view message);
    void note_refusal();
    [[nodiscard]] bool waits_for_its_turn(std::int64_t number) const;
    [[nodiscard]] bool is_rejected_at_once(std::string_view message) const;
    [[nodiscard]] bool is_shown_in_short(std::string_view type) const;
    void keep(std::int64_t number, std::string_view message);
    void take(std::string_view message);
    void take_what_waited();
    [[nodiscard]] std::optional<RateExcess> count_request();
    [[nodiscard]] bool count_only();
    void take_early_logout(std::string_view message);
    void count_refusal();
    [[nodiscard]] std::string heartbeat_now() const;
    [[nodiscard]] std::optional<ResendWish> resend_wish() const;
    void heed(const ResendWish& wish);

    void submit(std::int64_t number, decltype(model::Request::body) body);
    void log_arrived(const model::Origin& origin) const;
    void submit_disconnect(model::DisconnectReason reason);
    void after_engine();
    void log_out_and_end(const std::string& text);
    [[nodiscard]] std::shared_ptr<Connection> detach();
    void end(model::DisconnectReason reason);

    PortContext& context_;
    model::Session session_;
    SessionEngine engine_;
    SessionWatch watch_;
    Outbox outbox_;
    std::shared_ptr<Connection> connection_;
    std::optional<Held> held_;
    Fields fields_;               ///< Of the message that is being received.
    std::int64_t submitted_ = 0;  ///< The last number that the sequencer was told of.
    AheadQueue ahead_;
    bool waited_ = false;           ///< The message in `fields_` waited there.
    std::int64_t asked_until_ = 0;  ///< Up to this number what is missing was asked for on this connection.
    SparseCount dropped_;           ///< Messages too far beyond a gap.
    SparseCount garbled_;
    SparseCount refusals_;  ///< Of what the venue said.
    int ticks_after_logout_ = 0;
    bool begins_anew_ = false;   ///< A reset that nobody logs on with isn't durable yet.
    model::Timestamp reset_at_;  ///< The numbers last began anew; zero: before the venue did.
    RateGate rate_;
    std::optional<RateExcess> excess_;  ///< Of the message in `fields_`, once it is its turn.
    std::string logout_;                ///< Why the session ends behind the present message; mostly empty.
};

}  // namespace venue::fix
