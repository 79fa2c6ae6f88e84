#include "tests/simulation/findings.hpp"

#include <cstdio>

namespace venue::simulation {
namespace {

/// A suite that never met one of these would prove less than it says.
const std::vector<std::string> wanted = {
    "crash: idle",
    "crash: taken",
    "crash: appending",
    "crash: durable",
    "crash: released",
    "crash: while it starts",
    "crash: while it recovers",
    "crash: in the middle of writing to a client",
    "commit: refused",
    "commit: in doubt, kept",
    "commit: in doubt, lost",
    "commit: in doubt, kept in part",
    "commit: slow",
    "fence: lost to a second venue",
    "fence: found lost by looking",
    "admission: slow",
    "admission: an order is refused as busy",
    "admission: a request is refused because of its rate",
    "orders of a lost session are cancelled",
    "goes on: ContinueSweep",
    "goes on: ContinueUncross",
    "goes on: ContinueMassCancel",
    "goes on: JoinAuction",
    "goes on: MovePegs",
    "goes on: MoveTrails",
    "goes on: TriggerOrder",
    "transfer asked for again: it was done before",
    "transfer asked for again: it was not done before",
    "state compared with the journal's",
    "start: from a snapshot",
    "start: a damaged snapshot is passed over",
    "clock: set forwards",
    "clock: set backwards",
    "connection drops",
    "connection drops in the middle of a message",
    "messages arrive in another order",
    "a message arrives twice, unmarked",
    "a message arrives twice, marked",
    "client asks for a resend",
    "client receives a duplicate",
    "gap in what the client receives",
    "client answers a resend request",
    "client fills its orders as a gap",
    "report sent again under another number",
    "sequence reset",
    "logon with too high a number",
    "logon with too low a number",
    "logon refused",
    "logon chooses whose orders are cancelled",
    "client logs out",
    "orders right behind the logon",
    "status request",
    "book request",
    "nonsense",
    "accepted: market",
    "accepted: limit",
    "accepted: stop",
    "accepted: stop_limit",
    "accepted: market_if_touched",
    "accepted: trailing_stop",
    "accepted: pegged",
    "accepted: day",
    "accepted: gtc",
    "accepted: ioc",
    "accepted: fok",
    "accepted: gtd",
    "accepted: at_open",
    "accepted: at_close",
    "accepted: post only, reject",
    "accepted: post only, reprice",
    "accepted: outlives its session",
    "accepted: minimum quantity",
    "accepted: by cash",
    "accepted: iceberg",
    "accepted: self-trade, cancel_newest",
    "accepted: self-trade, cancel_oldest",
    "accepted: self-trade, cancel_both",
    "accepted: self-trade, decrement",
    "accepted: peg, primary",
    "accepted: peg, market",
    "event: OrderAccepted",
    "event: OrderRejected",
    "event: OrderTraded",
    "event: OrderCancelled",
    "event: OrderExpired",
    "event: OrderReplaced",
    "event: ChangeRejected",
    "event: OrderRestated",
    "event: OrderTriggered",
    "event: SweepMarked",
    "event: MassCancelMarked",
    "event: MassCancelReported",
    "event: KillSwitchTurned",
    "event: PegsMoved",
    "event: SessionLoggedOn",
    "event: SessionDisconnected",
    "event: FundsTransferred",
    "event: TransferRejected",
    "event: TradeBusted",
    "event: TradeCorrected",
    "event: ReceivableSettled",
    "event: FeesRolled",
    "event: PhaseChanged",
    "event: UncrossBegun",
    "event: IndicationChanged",
    "event: InstrumentChanged",
    "event: InstrumentDelisted",
    "event: ParticipantChanged",
    "event: AccountChanged",
    "event: ConfigurationRejected",
};

}  // namespace

void Trace::step(const std::string& line) {
    for (const char c : line) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    if (prints_) std::printf("%s\n", line.c_str());
    lines_.push_back(line);
}

std::vector<std::string> Coverage::missed() const {
    std::vector<std::string> missed;
    for (const auto& what : wanted) {
        if (!counts_.contains(what)) missed.push_back(what);
    }
    return missed;
}

}  // namespace venue::simulation
