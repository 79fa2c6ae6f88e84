// What leaves for one session: events become numbered reports in the order of their sequence, answers follow the events
// they may have read, and resend requests are answered from the journal. Nothing piles up here: when numbers, room or
// a resend make reports wait, the outbox forgets them and reads them from the journal later.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "venue/fix/connection.hpp"
#include "venue/fix/port_context.hpp"
#include "venue/fix/session_engine.hpp"
#include "venue/fix/session_watch.hpp"

namespace venue::fix {

/// Where a session's reports go on.
struct OutboxStart {
    model::Incarnation incarnation;
    std::int64_t reserved = 0;      ///< Numbers up to here are durable as used.
    model::Sequence last_numbered;  ///< Events up to here have their numbers.
    model::Sequence last_written;
    model::Sequence released;           ///< The last event that is.
    model::Sequence poss_resend_until;  ///< Those up to it may have been sent before.
};

class Outbox {
  public:
    Outbox(PortContext& context, SessionEngine& engine, SessionWatch& watch, model::SessionId session,
           std::string participant);

    /// Begins, or begins anew: a new incarnation starts with number 1.
    void start(const OutboxStart& start);
    [[nodiscard]] model::Incarnation incarnation() const { return incarnation_; }
    [[nodiscard]] model::Sequence last_written() const { return last_written_; }
    /// The last event that may have been sent, whoever did it.
    [[nodiscard]] model::Sequence last_sent() const { return std::max(cursor_, poss_resend_until_); }

    /// What arises while nobody is there gets no number before somebody is.
    void wait_while_away(bool wait) { waits_while_away_ = wait; }

    void attach(Connection& connection);
    /// What the connection still writes counts until `closed`.
    void detach();
    void closed(const Connection& connection);

    /// An OrderMassStatusRequest was asked: until all of its answer has left, another one has to wait.
    void owe_orders() { owes_orders_ = true; }
    [[nodiscard]] bool owes_orders() const { return owes_orders_; }

    // Released, in order.
    void event(const model::Event& event);
    void answer(const model::Answer& answer);
    void numbers(const model::SessionNumbers& numbers);
    void outbound(const model::OutboundRun& run);

    /// After a release, and whenever something that was waited for may have come.
    void advance();

    /// The participant wants numbers `first` to `last` again; zero stands for all that follow.
    void resend(std::int64_t first, std::int64_t last);
    /// Everything up to the mark was written to the connection.
    void written(const Connection& by, model::Sequence mark);
    /// The participant says that it has everything that has a number.
    void arrived() { settle(away_.event); }

    /// Whether a number is left for an administrative message.
    [[nodiscard]] bool has_number() const { return engine_.next_sender() <= reserved_; }
    /// No number beyond this one may be used.
    [[nodiscard]] std::int64_t last_number() const { return reserved_; }
    /// Reserves the next block in time.
    void reserve();

  private:
    /// The last report that was numbered while nobody was there to write it to, or for a connection that ended before
    /// it was written; number zero for none.
    struct Away {
        std::int64_t number = 0;
        model::Sequence event;
        int writes_left = 0;  ///< Until a resend on this connection that went as far is written; zero: none.
        model::Sequence written_behind{};  ///< The last event that was written since.
    };
    struct Range {
        std::int64_t first = 0;
        std::int64_t last = 0;
    };

    [[nodiscard]] std::int64_t numbers_left() const;
    [[nodiscard]] bool may_number() const;
    [[nodiscard]] bool has_room() const;
    [[nodiscard]] bool may_read() const;
    [[nodiscard]] bool number_in_turn(const model::Event& event);
    void number(const model::Event& event);
    void deliver_answers();
    bool deliver_front();
    void deliver(const model::Answer& answer, std::size_t place);
    void forget_answers();
    void hand_over_run();

    void settle(model::Sequence mark);
    void note_trace(const model::Event& event, std::int64_t number);
    void log_written(model::Sequence mark);

    void keep(const model::Event& event);
    void catch_up();
    void number_all(const std::vector<model::Event>& events, model::Sequence until);
    void number_recent();
    void read_resend();
    template <class Read, class Use>
    void ask(Read read, Use use);

    PortContext& context_;
    SessionEngine& engine_;
    SessionWatch& watch_;
    const model::SessionId session_;
    const std::string participant_;

    model::Incarnation incarnation_;
    std::int64_t reserved_ = 0;   ///< Numbers up to here may be used.
    std::int64_t requested_ = 0;  ///< Numbers up to here are on their way to being reserved.
    std::int64_t recorded_ = 0;   ///< The last number given to an event.
    model::Sequence recorded_event_;
    std::int64_t durable_ = 0;  ///< Which events have the numbers up to here is in the journal.
    model::OutboundRun run_;    ///< Numbers given since the last hand-over.

    model::Sequence cursor_;  ///< Events up to here have their numbers.
    model::Sequence poss_resend_until_;
    model::Sequence last_written_;
    Away away_;
    bool live_ = false;                ///< Every released event has its number: the next one follows at once.
    std::deque<model::Event> recent_;  ///< While not live: every event after `recent_after_`, and only a few.
    model::Sequence recent_after_;

    Connection* connection_ = nullptr;
    const Connection* leaving_ = nullptr;  ///< Writes its last; nothing was away before.
    bool waits_while_away_ = false;
    std::deque<Range> resends_;
    std::deque<model::Answer> answers_;
    std::size_t front_told_ = 0;  ///< Messages of the first one that have left.
    bool owes_orders_ = false;
    std::string answer_bytes_;
    std::deque<std::pair<model::Sequence, std::string>> traces_;  ///< Not written yet; only while lines tell of them.
    bool reading_ = false;
    std::int64_t generation_ = 0;  ///< Tells what was asked of the journal for an earlier connection or incarnation.
};

}  // namespace venue::fix
