// Everything that passes the sequencer in order: commands, questions, refusals, and numbers that were merely judged.
// And what comes back when its time has come: groups of events and answers that are committed together.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "venue/model/command.hpp"
#include "venue/model/event.hpp"
#include "venue/model/posting.hpp"

namespace venue::model {

// Questions read trading state and change none.

struct OrderStatusQuestion {
    ClOrdId cl_ord_id;
    OrderId order;  ///< Zero when the question names none.
    std::string symbol;
    Side side{Side::buy};
    std::string request_id;  ///< 790, echoed.
};
/// Which open orders the participant has, of all that is named here.
struct MassStatusQuestion {
    std::string request_id;  ///< 584, echoed.
    std::string account;     ///< Empty for all.
    std::string symbol;      ///< Empty for all.
    std::optional<Side> side;
};
struct BookQuestion {
    std::string request_id;  ///< 262, echoed.
    std::string symbol;
    int depth = 0;  ///< Levels per side; 0 for all.
    bool bids = true;
    bool offers = true;
};
struct InstrumentsQuestion {
    std::string request_id;  ///< 320, echoed.
    std::string symbol;      ///< Empty for all.
    bool supported = true;   ///< False: the venue offers no list of the kind asked for, and the answer says so.
};
/// Whether a transfer was done. Asked behind the command itself, it is answered when that one's outcome is durable.
struct TransferQuestion {
    std::string from;  ///< The account's name, as the command had it.
    std::string id;
};
/// In which phase an instrument is. Asked behind a change of it, it is answered when that one's outcome is durable.
struct PhaseQuestion {
    std::int64_t call = 0;  ///< Whoever asks knows the answer by it.
    std::string symbol;
};
/// Whether CancelOrders meant anything. Asked behind it, it is answered when the last cancel is durable.
struct CancelledQuestion {
    std::int64_t call = 0;
    std::string symbol;
    std::string participant;
};
/// Asked behind a command of the operator's, it is answered when that one's outcome is durable.
struct OutcomeQuestion {
    std::int64_t call = 0;  ///< The command's.
};
/// How the participant's list of that name stands. Asked behind a CancelList, it is answered when that one's outcome is
/// durable.
struct ListQuestion {
    ClOrdId name;
    char message_type = 'M';  ///< What asks: a status request, a cancel (K), or the list itself (E) once more.
};
using QuestionBody = std::variant<OrderStatusQuestion, MassStatusQuestion, BookQuestion, InstrumentsQuestion,
                                  TransferQuestion, PhaseQuestion, CancelledQuestion, OutcomeQuestion, ListQuestion>;

/// Not admitted: judged before the engine, answered with a BusinessMessageReject (35=j).
struct Refusal {
    RejectReason reason{RejectReason::none};
    std::string message_type;  ///< 372
    std::string reference_id;  ///< 379; may be empty.
    std::int32_t tag = 0;
    std::string text;
};
/// A MarketDataRequest that can't be served (35=Y); `code` is MDReqRejReason (281).
struct MarketDataRefusal {
    std::string request_id;
    char code = '0';
    std::string text;
};
/// The session has judged this number and nothing more is to be done: administrative messages, syntax rejects.
struct Judged {};

/// What may come in at the moment.
enum class Admission : std::uint8_t {
    open,  ///< Everything.
    slow,  ///< Nothing: whoever reads from outside pauses.
    busy,  ///< Cancels, and what asks for nothing; all else is refused.
};

struct Request {
    Origin origin;
    std::variant<CommandBody, QuestionBody, Refusal, MarketDataRefusal, Judged> body;
    std::int64_t submitted_at = 0;  ///< See Passage.
    std::int64_t read_at = 0;       ///< See Passage.
    bool may_be_known = false;  ///< Sent again under a new number (97=Y): what is known already is told as it stands.
};

// Answers carry no sequence number of their own: they leave after the events that they may have read.

struct OrderStatusAnswer {
    OrderStatusQuestion question;
    ParticipantId participant;
    Order order;     ///< id zero: unknown order.
    Timestamp time;  ///< Of the answer.
};
struct MassStatusAnswer {
    MassStatusQuestion question;
    std::shared_ptr<const std::vector<Order>> orders;  ///< By their ids, as they were at one moment. Shared: many.
    Timestamp time;                                    ///< Of the answer.
};
struct BookLevel {
    Price price;
    Quantity size;
    std::int32_t order_count = 0;
};
struct BookAnswer {
    std::string request_id;
    InstrumentId instrument;
    bool wants_bids = true;
    bool wants_offers = true;
    std::vector<BookLevel> bids;    ///< Best first.
    std::vector<BookLevel> offers;  ///< Best first.
};
struct InstrumentsAnswer {
    std::string request_id;
    std::vector<InstrumentId> instruments;
    bool known = true;      ///< False: no instrument matches.
    bool supported = true;  ///< As in the question.
};
struct TransferAnswer {
    std::string id;
    Sequence event;  ///< Zero: none of that id is remembered.
};
struct PhaseAnswer {
    std::int64_t call = 0;
    std::string symbol;
    std::optional<Phase> phase;  ///< Empty: no such instrument is listed.
};
struct CancelledAnswer {
    std::int64_t call = 0;
    std::string fault;  ///< Why nothing was done; empty when it was.
};
struct OutcomeAnswer {
    std::int64_t call = 0;
};
struct ListAnswer {
    ClOrdId name;
    std::vector<Order> orders;  ///< In the order of their ids; none that is forgotten.
    Timestamp time;             ///< Of the answer.
};
using AnswerBody =
    std::variant<OrderStatusAnswer, MassStatusAnswer, BookAnswer, InstrumentsAnswer, Refusal, MarketDataRefusal,
                 TransferAnswer, PhaseAnswer, CancelledAnswer, OutcomeAnswer, ListAnswer>;

struct Answer {
    SessionId session;
    Incarnation incarnation;
    Sequence after;           ///< The last event before it: it leaves only when that one is committed.
    std::int64_t number = 0;  ///< MsgSeqNum (34) of what is answered (45 in a BusinessMessageReject).
    AnswerBody body;
};

/// What is durable about a session's numbers. Every field only grows within an incarnation; zero says nothing new.
struct SessionNumbers {
    SessionId session;
    Incarnation incarnation;
    std::int64_t inbound_judged = 0;     ///< Last number of the participant's that was judged.
    std::int64_t outbound_reserved = 0;  ///< Numbers up to here may be used.
    Sequence last_written;               ///< Last event written to a live connection.
    bool operator==(const SessionNumbers&) const = default;
};

/// One report that was given a number.
struct OutboundNumber {
    std::int64_t number = 0;  ///< 34
    Sequence event;
    Timestamp sending_time;  ///< 52, whole milliseconds.
    bool poss_resend = false;
    bool operator==(const OutboundNumber&) const = default;
};
/// Numbers of one session that were given since the last commit, ascending.
struct OutboundRun {
    SessionId session;
    Incarnation incarnation;
    std::vector<OutboundNumber> numbers;
};

/// A request's way through the venue. Moments are nanoseconds of the monotonic clock, taken for measuring alone: they
/// are never journaled and the engine doesn't see them. Admission alone looks at one: a request that waited too long
/// makes the venue busy.
struct Passage {
    Origin origin;
    Sequence first;  ///< The events that it caused, up to and with `last`; none where `last` is before `first`.
    Sequence last;
    std::int64_t submitted_at = 0;
    std::int64_t taken_at = 0;   ///< Its batch left the inbox.
    std::int64_t judged_at = 0;  ///< What was judged with it was handed to the committer.
    std::int64_t read_at = 0;  ///< Its last byte was read; zero for what nobody is told of, or didn't come by a socket.
};

/// What a command asked, kept until its first event is told what it was.
struct Asked {
    Sequence first;
    Command command;
};

/// Everything that one transaction makes durable, and what is released after it.
struct Group {
    std::vector<Event> events;
    std::vector<Asked> asked;  ///< In the events' order.
    std::vector<Posting> postings;
    std::vector<Answer> answers;
    std::vector<SessionNumbers> numbers;  ///< As add_numbers gathers them.
    std::vector<OutboundRun> outbound;
    Sequence last;  ///< Last sequence number that is durable once this group is.
    std::vector<Passage> passages;
    std::int64_t appending_at = 0;  ///< As in Passage: around the append.
    std::int64_t durable_at = 0;
};

/// An event that was sent, as the resend reader finds it.
struct SentEvent {
    OutboundNumber as;
    Event event;
};

}  // namespace venue::model
