// What is asked of the venue. A command is admitted, stamped and judged by the engine; its outcome is events.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "venue/model/ids.hpp"
#include "venue/model/limits.hpp"
#include "venue/model/mass_cancel.hpp"
#include "venue/model/number.hpp"
#include "venue/model/order.hpp"
#include "venue/model/reference.hpp"
#include "venue/model/reject_reason.hpp"
#include "venue/model/revision.hpp"
#include "venue/model/time.hpp"

namespace venue::model {

/// Something decode saw that makes the engine decline the request whatever its state. `tag` is the FIX field meant, 0
/// for none.
struct Flaw {
    RejectReason reason{RejectReason::none};
    std::int32_t tag = 0;
    [[nodiscard]] explicit operator bool() const { return reason != RejectReason::none; }
    bool operator==(const Flaw&) const = default;
};

// Trading. Symbols, accounts and numbers are as the participant wrote them: the engine knows what they mean.

/// What only some requests ask for, as it was written. In a replace, what isn't said stays as it is.
struct AskedTerms {
    PostOnly post_only{PostOnly::no};
    std::optional<Decimal> min_quantity;
    std::optional<Decimal> cash;           ///< In the quote asset, in place of the quantity.
    std::optional<Decimal> display;        ///< Iceberg: the size of a tranche.
    std::optional<Timestamp> expires;      ///< Good till then.
    std::optional<Timestamp> valid_until;  ///< Stamped later, the request is declined untouched.
    SelfTrade self_trade{SelfTrade::allowed};
    std::int64_t self_trade_group = 0;
    std::optional<Decimal> trigger;
    WaitsFor waits_for{WaitsFor::nothing};  ///< `nothing`: as its type and side say.
    std::optional<Decimal> trail{};         ///< How far a trailing stop lies behind the price;
    bool trail_in_bp = false;               ///< in basis points of it, or else as a price.
    Peg peg{Peg::none};                     ///< What `trail` is added to, as a price that may be below zero.
    bool outlives_session = false;          ///< It stays when a session is lost.
    bool operator==(const AskedTerms&) const = default;
};

struct PlaceOrder {
    ClOrdId cl_ord_id;
    std::string account;  ///< Empty: the session's own.
    std::string symbol;
    Side side{Side::buy};
    OrderType type{OrderType::limit};
    TimeInForce time_in_force{TimeInForce::day};
    Decimal quantity;
    std::optional<Decimal> price;
    Flaw flaw;
    Box<AskedTerms> special{};
};

struct CancelOrder {
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    OrderId order;  ///< Zero when the request names none; otherwise it decides, and orig_cl_ord_id must agree if given.
    std::string symbol;
    Side side{Side::buy};
    Flaw flaw;
};

struct ReplaceOrder {
    ClOrdId cl_ord_id;
    ClOrdId orig_cl_ord_id;
    OrderId order;
    std::string symbol;
    Side side{Side::buy};
    OrderType type{OrderType::limit};
    Decimal quantity;  ///< The new total, fills included, or what shall be open: as the session's rule says.
    std::optional<Decimal> price;
    Flaw flaw;
    std::string account{};                       ///< Must be the order's; empty says nothing.
    std::optional<TimeInForce> time_in_force{};  ///< Must be the order's; empty says nothing.
    Box<AskedTerms> special{};
};

/// Two orders or more, all accepted or none. The first of `one_triggers_others` is the one that triggers.
struct PlaceList {
    ClOrdId
        id{};  ///< The participant's name of the list (66); empty for one that nobody names, and that isn't reported.
    ListKind kind{ListKind::one_cancels_others};
    std::vector<PlaceOrder> legs{};
};

/// Cancels what is open of the list that the participant calls so; of an unknown one there is nothing.
struct CancelList {
    ClOrdId id{};
};

/// A dormant order whose list's first order was filled comes alive, before anything else happens.
struct ActivateLeg {
    OrderId order;
};

/// Cancels the asking participant's open orders to which everything applies that is named.
struct MassCancel {
    ClOrdId cl_ord_id{};
    std::string account{};  ///< Empty: of all its accounts.
    std::string symbol{};   ///< Empty: of all instruments.
    std::optional<Side> side{};
    KillSwitch kill_switch{KillSwitch::as_it_is};
    Flaw flaw{};
};

/// A mass cancel that reached the limit per command goes on, before anything else happens.
struct ContinueMassCancel {};

/// Everything due at or before `until` happens now, at most `due_per_command_max` things a command.
struct AdvanceTime {
    Timestamp until;
};

/// An order whose sweep reached the limit of fills per command goes on, before anything else happens.
struct ContinueSweep {
    OrderId order;
};

/// An order whose trigger price was reached enters the book or trades, before anything else happens.
struct TriggerOrder {
    OrderId order;
};

/// Pegged orders follow the best prices, at most `due_per_command_max` of them a command.
struct MovePegs {
    InstrumentId instrument;
};

/// Trailing stops follow the last trade's price, at most `due_per_command_max` of them a command.
struct MoveTrails {
    InstrumentId instrument;
};

// Sessions.

/// A session's logon, authenticated. `reset` starts a new incarnation (141=Y).
struct LogOnSession {
    SessionId session;
    bool reset = false;
    std::optional<CancelOnDisconnect> cancels{};  ///< When it ends; empty: as it is configured.
};

enum class DisconnectReason : std::uint8_t { logout = 1, dropped = 2, declined = 3, restart = 4 };
std::string_view name(DisconnectReason reason);

struct DisconnectSession {
    SessionId session;
    DisconnectReason reason{DisconnectReason::dropped};
};

// Configuration. Names refer to what was configured before; ids are given by the engine.

struct AddAsset {
    Asset asset;            ///< Without id.
    std::int64_t call = 0;  ///< As in ChangeInstrument.
};
struct ListInstrument {
    std::string symbol;
    std::string base;
    std::string quote;
    Decimal tick;
    Decimal lot;
    FeeRate maker_rate{};
    FeeRate taker_rate{};
    FeeSource fee_source{FeeSource::received};
    std::int32_t display_min_bp = 0;  ///< What an iceberg shows at least, in basis points of its quantity.
    Phase phase{Phase::continuous};   ///< It begins with, where no schedule says it.
    std::vector<ScheduledPhase> schedule{};
    std::int32_t day_end = 0;  ///< Seconds after midnight, UTC.
    std::optional<FeeRate> auction_rate{};
    std::optional<Decimal> reference_price{};
    std::int32_t static_band_bp = 0;
    std::int32_t dynamic_band_bp = 0;
    std::int32_t volatility_seconds = 0;
    std::int32_t protection_bp = 0;
    AskedLimits limits{};
    std::int64_t call = 0;  ///< As in ChangeInstrument.
};
struct AddParticipant {
    std::string name;
    SelfTrade self_trade{SelfTrade::allowed};
    Remembered remembered{};
    std::int64_t call = 0;
};
struct OpenAccount {
    std::string participant;
    std::string name;
    std::int64_t call = 0;
};
struct AddSession {
    std::string participant;
    std::string account;
    std::string comp_id;
    std::string username;
    std::string salt;
    std::string secret_hash;
    DisconnectRule on_disconnect{};
    ReplaceQuantity replace_quantity{ReplaceQuantity::total};
    FixVersion version{FixVersion::fix44};
    bool extensions = false;
    bool disabled = false;
    std::int64_t call = 0;
};
/// Money comes in from outside. The amount must be a whole number of the asset's ledger units.
struct DepositFunds {
    std::string account;
    std::string asset;
    Decimal amount;
};
/// Available funds move between two accounts of one participant, in whole ledger units.
struct TransferFunds {
    /// The caller's name of this transfer: asking again under the same one has no further effect.
    std::string id;
    std::string from;  ///< The accounts' names.
    std::string to;
    std::string asset;
    Decimal amount;
    bool even_suspended = false;  ///< The operator's own way round a suspension.
};

// What the operator asks of an instrument.

/// Asking for the phase that is has no effect.
struct ChangePhase {
    std::string symbol;
    std::optional<Phase> phase{};  ///< Empty: what the instrument's day says, which ends a halt.
    bool cancel_orders = false;    ///< Of a halt alone: all of the instrument's open orders are cancelled, too.
};
/// Cancels the open orders of an instrument, or of a participant, or of the participant in the instrument.
struct CancelOrders {
    std::string symbol;       ///< Empty: of all instruments.
    std::string participant;  ///< Empty: of all participants. One of both is said.
};
/// An uncross goes on, or comes to its end, before anything else happens.
struct ContinueUncross {
    InstrumentId instrument;
};
/// Orders that waited unseen for the auction that began join it, at most `due_per_command_max` of them a command.
struct JoinAuction {
    InstrumentId instrument;
};

/// What isn't said stays as it is. Tick and lot never change, because reports of long ago are told in them: an
/// instrument with others is listed in place of one that is delisted.
struct ChangeInstrument {
    std::string symbol;
    std::optional<FeeRate> maker_rate{};
    std::optional<FeeRate> taker_rate{};
    std::optional<FeeRate> auction_rate{};
    std::optional<std::int32_t> display_min_bp{};
    std::optional<std::int32_t> static_band_bp{};
    std::optional<std::int32_t> dynamic_band_bp{};
    std::optional<std::int32_t> volatility_seconds{};
    std::optional<std::int32_t> protection_bp{};
    std::optional<Decimal> reference_price{};
    std::optional<std::vector<ScheduledPhase>> schedule{};  ///< The phase that is goes on until the next change.
    std::optional<std::int32_t> day_end{};                  ///< Of orders that are accepted from now on.
    AskedLimits limits{};
    std::int64_t call = 0;  ///< Whoever asks knows the outcome by it; zero for who doesn't.
};
/// Its open orders are cancelled, and its symbol is free.
struct DelistInstrument {
    std::string symbol;
    std::int64_t call = 0;
};
/// What isn't said stays as it is.
struct ChangeParticipant {
    std::string name;
    std::optional<SelfTrade> self_trade{};  ///< Of orders that are accepted or replaced from now on.
    /// Of closed orders, as in Remembered; zero stands for the usual. What is too many goes as further ones are closed.
    std::optional<std::int32_t> remembered_orders{};
    std::optional<std::int32_t> remembered_seconds{};
    std::int64_t call = 0;
};
struct HashedSecret {
    std::string salt;  ///< Hexadecimal, like the hash, which is `Session::secret_hash`.
    std::string hash;
};
/// What isn't said stays as it is. A session that speaks otherwise from now on begins its numbers anew.
struct ChangeSession {
    std::string comp_id;
    std::optional<std::string> account{};  ///< Of its participant, for orders that are entered from now on.
    // When it is disconnected from now on: a time that runs goes on as it began.
    std::optional<CancelOnDisconnect> cancels{};
    std::optional<std::int32_t> grace_ms{};
    std::optional<bool> spares_good_till{};
    std::optional<ReplaceQuantity> replace_quantity{};
    std::optional<FixVersion> version{};
    std::optional<bool> extensions{};
    std::optional<bool> disabled{};
    std::optional<HashedSecret> secret{};  ///< What Logons show from now on.
    std::int64_t call = 0;
};
/// A participant's own limits in one instrument; what isn't said stays as it is.
struct LimitParticipant {
    std::string participant;
    std::string symbol;
    AskedLimits limits{};
    std::int64_t call = 0;
};
/// Limits how many requests a participant's sessions send together, or one of them.
struct LimitRate {
    std::string participant;
    std::string session{};  ///< Its CompID; empty: all of the participant's together.
    AskedRate rate{};
    std::int64_t call = 0;
};
/// Nothing but cancels is taken from the participant, or for the account if one is named, and its open orders are
/// cancelled; or all is taken again.
struct Suspend {
    std::string participant;
    std::string account{};
    bool suspended = true;
    std::int64_t call = 0;
};

/// Takes a trade back, or corrects its price. It comes with the command, because the engine doesn't remember all that
/// there ever were; of an order that the engine knows, it knows better.
struct ReviseTrade {
    MatchId match;
    std::optional<Decimal> price{};   ///< Empty: it is taken back.
    std::vector<TradeHalf> halves{};  ///< The incoming side's first; none when there is no such trade.
    std::int64_t call = 0;
    bool forced = false;  ///< Also to a price beyond the limit of one of its orders.
};
/// What an account owes is taken from what it has available.
struct SettleReceivable {
    std::string account;
    std::string asset;
    std::int64_t call = 0;
};

/// The schedule of fees by volume, whole; no tiers for none. New orders pay by it at once.
struct SetFees {
    std::string currency{};
    std::vector<AskedFeeTier> tiers{};
    std::vector<std::string> priced_by{};  ///< Symbols, as in FeeSchedule.
    std::int64_t call = 0;
};

using CommandBody =
    std::variant<PlaceOrder, CancelOrder, ReplaceOrder, AdvanceTime, ContinueSweep, LogOnSession, DisconnectSession,
                 AddAsset, ListInstrument, AddParticipant, OpenAccount, AddSession, DepositFunds, TransferFunds,
                 TriggerOrder, MoveTrails, MassCancel, ContinueMassCancel, ChangePhase, ContinueUncross, JoinAuction,
                 MovePegs, PlaceList, ActivateLeg, ChangeInstrument, DelistInstrument, LimitParticipant, Suspend,
                 CancelOrders, ReviseTrade, SettleReceivable, SetFees, CancelList, ChangeParticipant, LimitRate,
                 ChangeSession>;

/// Where a request came from. All zero for what the venue or its operator asks.
struct Origin {
    SessionId session;
    Incarnation incarnation;
    std::int64_t number = 0;  ///< MsgSeqNum (34) of the message that asked.
    bool operator==(const Origin&) const = default;
};

struct Command {
    Origin origin;
    CommandBody body;
};

/// One line for the record: "PlaceOrder session=3 number=17 cl_ord_id=a1 symbol=BTC-USD side=buy …". Secrets and their
/// hashes are left out. It is kept for people and never read back by the venue.
std::string describe(const Command& command);

}  // namespace venue::model
