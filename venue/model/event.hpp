// A change of state that is durable before anyone hears of it. Folding all events in order gives the state.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "venue/model/command.hpp"
#include "venue/model/ids.hpp"
#include "venue/model/order.hpp"
#include "venue/model/reference.hpp"
#include "venue/model/reject_reason.hpp"
#include "venue/model/time.hpp"

namespace venue::model {

// Orders. Each carries the order as it is afterwards: these events are the execution reports.

struct OrderAccepted {
    Order order;
    bool rests = false;  ///< It joins the book, at the back of its level, before it matches.
    bool operator==(const OrderAccepted&) const = default;
};

/// Between which prices an order would have been allowed.
struct PriceLimits {
    Decimal lower;
    Decimal upper;
    bool operator==(const PriceLimits&) const = default;
};

/// The new order was declined; nothing of it exists. What was asked stands here as it was written.
struct OrderRejected {
    ParticipantId participant;
    AccountId account;  ///< Zero when the account asked for is not known.
    ClOrdId cl_ord_id;
    std::string symbol;
    Side side{Side::buy};
    OrderType type{OrderType::limit};
    TimeInForce time_in_force{TimeInForce::day};
    Decimal quantity;
    std::optional<Decimal> price;
    Flaw flaw;
    std::optional<Decimal> cash{};  ///< Asked for in place of the quantity.
    Box<PriceLimits> limits{};      ///< Where they are why.
    bool operator==(const OrderRejected&) const = default;
};

/// One order's half of a trade.
struct OrderTraded {
    Order order;
    MatchId match;
    bool incoming = false;       ///< The arriving side (taker); the other half is the resting side's (maker).
    bool sweep_goes_on = false;  ///< Incoming side: the limit of fills was reached and the sweep goes on.
    bool refreshed = false;      ///< Resting side: an iceberg shows its next tranche, at the back of its level.
    Price last_price;
    Quantity last_quantity;
    Amount last_base;   ///< Base that changed owner.
    Amount last_quote;  ///< Quote that changed owner.
    AssetId fee_asset;
    Amount fee;               ///< Taken with this fill; negative is a rebate.
    bool in_auction = false;  ///< Both sides rested; the one that buys is told as the incoming one.
    bool operator==(const OrderTraded&) const = default;
};

struct OrderCancelled {
    Order order;
    RejectReason reason{RejectReason::none};  ///< by_request, or why the venue did it.
    ClOrdId request;                          ///< ClOrdID of the cancel request; empty when nobody asked.
    bool operator==(const OrderCancelled&) const = default;
};

struct OrderExpired {
    Order order;
    bool operator==(const OrderExpired&) const = default;
};

struct OrderReplaced {
    Order order;
    ClOrdId previous;  ///< The name it had before (41).
    bool kept_place = false;
    bool operator==(const OrderReplaced&) const = default;
};

/// The venue changed an open order by its rules. `kept_place` says that its place in the book is as before.
struct OrderRestated {
    Order order;
    RejectReason reason{RejectReason::none};
    bool kept_place = false;
    bool operator==(const OrderRestated&) const = default;
};

/// The last trade reached the order's trigger price, or the first order of its list was filled: from here on it trades
/// or waits like any other.
struct OrderTriggered {
    Order order;
    bool rests = false;  ///< As in OrderAccepted.
    RejectReason reason{RejectReason::triggered};
    bool operator==(const OrderTriggered&) const = default;
};

/// Whose sweep must go on before anything else; zero when none must any more. Told where no trade tells it.
struct SweepMarked {
    OrderId order;
    bool operator==(const SweepMarked&) const = default;
};

/// A cancel or replace was declined; the order stands as it was.
struct ChangeRejected {
    ParticipantId participant;
    bool is_replace = false;
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    OrderId order;                       ///< Zero when no such order is known.
    OrderState state{OrderState::open};  ///< Of that order, with `cum` telling new from partially filled.
    Quantity cum;
    Flaw flaw;
    Box<PriceLimits> limits{};  ///< Where they are why.
    bool operator==(const ChangeRejected&) const = default;
};

/// What became of one order of a list when it was entered.
struct ListedOrder {
    ClOrdId cl_ord_id;
    Quantity leaves;  ///< Zero where it was declined.
    Flaw flaw;        ///< Why it was; none where it was accepted.
    bool operator==(const ListedOrder&) const = default;
};

/// A list that has a name was accepted, whole, or declined, and then nothing of it exists.
struct ListReported {
    ClOrdId name;
    InstrumentId instrument;  ///< Zero where it was declined.
    std::vector<ListedOrder> orders;
    bool operator==(const ListReported&) const = default;
};

/// A mass cancel reached the limit per command and goes on before anything else happens.
struct MassCancelMarked {
    MassCancelling going_on;
    bool operator==(const MassCancelMarked&) const = default;
};

/// A mass cancel is done, or was declined and did nothing.
struct MassCancelReported {
    MassCancelling done;
    Flaw flaw;
    bool operator==(const MassCancelReported&) const = default;
};

/// Pegged orders were priced by these best prices, all of them or those before `next`.
struct PegsMoved {
    InstrumentId instrument;
    Price bid;  ///< Of orders that aren't pegged; zero where there are none.
    Price offer;
    OrderId next;
    bool operator==(const PegsMoved&) const = default;
};

/// From here on no new order of the participant is taken, or is taken again.
struct KillSwitchTurned {
    ParticipantId participant;
    bool on = false;
    bool operator==(const KillSwitchTurned&) const = default;
};

// Sessions.

struct SessionLoggedOn {
    SessionId session;
    Incarnation incarnation;  ///< The one the logon begins or goes on with.
    bool reset = false;
    std::optional<CancelOnDisconnect> cancels{};  ///< What it has chosen until its end; empty: as it is configured.
    bool operator==(const SessionLoggedOn&) const = default;
};
struct SessionDisconnected {
    SessionId session;
    DisconnectReason reason{DisconnectReason::dropped};
    Timestamp cancels_at{};  ///< When open orders are cancelled if it isn't back; zero for never.
    CancelOnDisconnect cancels{CancelOnDisconnect::off};  ///< Whose; `off`: as it is configured, or there is no time.
    std::optional<bool> spares_good_till{};  ///< Which of them stay, as in DisconnectRule; empty: as it is configured.
    bool operator==(const SessionDisconnected&) const = default;
};

// Configuration and money from outside.

struct AssetAdded {
    Asset asset;
    bool operator==(const AssetAdded&) const = default;
};
struct InstrumentListed {
    Instrument instrument;
    bool operator==(const InstrumentListed&) const = default;
};
struct ParticipantAdded {
    Participant participant;
    bool operator==(const ParticipantAdded&) const = default;
};
struct AccountOpened {
    Account account;
    bool operator==(const AccountOpened&) const = default;
};
struct SessionAdded {
    Session session;
    bool operator==(const SessionAdded&) const = default;
};
struct FundsDeposited {
    AccountId account;
    AssetId asset;
    Amount amount;
    bool operator==(const FundsDeposited&) const = default;
};
/// A configuration command was declined; the sentence says why.
struct ConfigurationRejected {
    std::string sentence;
    std::int64_t call = 0;  ///< The command's.
    bool operator==(const ConfigurationRejected&) const = default;
};

// Money between a participant's own accounts.

struct FundsTransferred {
    ParticipantId participant;
    std::string id;  ///< Whoever asked gave it; unique among the participant's transfers that are remembered.
    AccountId from;
    AccountId to;
    AssetId asset;
    Amount amount;
    bool operator==(const FundsTransferred&) const = default;
};
/// The transfer was declined and moved nothing. Its id stays free.
struct TransferRejected {
    std::string id;
    RejectReason reason{RejectReason::none};
    bool operator==(const TransferRejected&) const = default;
};

// What everybody may hear of an instrument.

struct PhaseChanged {
    InstrumentId instrument;
    Phase phase{Phase::continuous};
    Timestamp until;  ///< When it ends by itself; zero: not before somebody asks.
    bool operator==(const PhaseChanged&) const = default;
};
/// An auction ends: what follows, up to its next PhaseChanged, trades at this price.
struct UncrossBegun {
    InstrumentId instrument;
    Price price;      ///< Zero when nothing trades, and only what was for this auction ends.
    Quantity volume;  ///< What trades at that price; the largest that there is for any.
    Phase next{Phase::continuous};
    Timestamp until;  ///< Of the next phase.
    bool operator==(const UncrossBegun&) const = default;
};
/// At which price and volume the orders that gather would trade if their auction ended now.
struct IndicationChanged {
    InstrumentId instrument;
    Price price;  ///< Zero when nothing would trade.
    Quantity volume;
    Quantity surplus;  ///< What buyers want more at that price; negative where sellers do.
    bool operator==(const IndicationChanged&) const = default;
};

// What the operator changes: each tells the whole thing as it is from here on.

struct InstrumentChanged {
    Instrument changed;
    bool operator==(const InstrumentChanged&) const = default;
};
/// Nothing is taken for it any more, and its symbol is free.
struct InstrumentDelisted {
    InstrumentId instrument;
    bool operator==(const InstrumentDelisted&) const = default;
};
struct ParticipantChanged {
    Participant changed;
    bool operator==(const ParticipantChanged&) const = default;
};
struct AccountChanged {
    Account changed;
    bool operator==(const AccountChanged&) const = default;
};
struct SessionChanged {
    Session session;
    Incarnation incarnation;  ///< The one it goes on with: a new one where it speaks otherwise from here on.
    bool operator==(const SessionChanged&) const = default;
};

// One side of a trade that is told anew.

struct TradeBusted : TradeRevision {
    bool operator==(const TradeBusted&) const = default;
};
struct TradeCorrected : TradeRevision {
    bool operator==(const TradeCorrected&) const = default;
};
/// An account had again what it owed.
struct ReceivableSettled {
    AccountId account;
    AssetId asset;
    Amount amount;
    bool operator==(const ReceivableSettled&) const = default;
};

struct FeesSet {
    FeeSchedule schedule;
    Timestamp rolls_at;  ///< Zero where there is no schedule.
    std::vector<TierChange> changes;
    bool operator==(const FeesSet&) const = default;
};
/// A day of fees ended.
struct FeesRolled {
    Timestamp rolls_at;  ///< The next.
    std::vector<TierChange> changes;
    bool operator==(const FeesRolled&) const = default;
};

/// The alternatives' order is the event's kind in the journal, counted from 1: add at the end, never reorder.
using EventBody =
    std::variant<OrderAccepted, OrderRejected, OrderTraded, OrderCancelled, OrderExpired, OrderReplaced, ChangeRejected,
                 SessionLoggedOn, SessionDisconnected, AssetAdded, InstrumentListed, ParticipantAdded, AccountOpened,
                 SessionAdded, FundsDeposited, ConfigurationRejected, FundsTransferred, TransferRejected, OrderRestated,
                 SweepMarked, OrderTriggered, MassCancelMarked, MassCancelReported, KillSwitchTurned, PhaseChanged,
                 UncrossBegun, IndicationChanged, PegsMoved, InstrumentChanged, InstrumentDelisted, ParticipantChanged,
                 AccountChanged, TradeBusted, TradeCorrected, ReceivableSettled, FeesSet, FeesRolled, ListReported,
                 SessionChanged>;

struct Event {
    Sequence sequence;
    Sequence command;         ///< Sequence of the first event of the command that caused it.
    bool last = false;        ///< Last of its command: the events of a command stand or fall together.
    Timestamp time;           ///< The command's stamp.
    SessionId session;        ///< A report for this session; zero when it is no report.
    SessionId other_session;  ///< A second session that hears of it with the same ExecID; zero for none.
    std::string asked;        ///< describe(command), on the first event of a command; empty on the others, and until
                              ///< the walk has said it.
    EventBody body;
    bool operator==(const Event&) const = default;
};

/// Kind number in the journal.
inline int kind(const EventBody& body) { return static_cast<int>(body.index()) + 1; }
/// "OrderAccepted", …
std::string_view name(const EventBody& body);

/// Whether it is an order event: one that carries the order as it is afterwards, and tells of nothing else.
bool is_of_order(const EventBody& body);
/// The order that an order event carries; null for the others.
const Order* order_of(const EventBody& body);

/// As what takes a trade back or corrects it brings it, with the order as it was then.
TradeHalf half_of(const OrderTraded& traded, Timestamp time);

}  // namespace venue::model
