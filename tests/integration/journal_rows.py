"""The journal as SQL tells it, in the words of FIX, so that it can be held against what clients saw."""

import json
from decimal import Decimal

from integration import cluster

ACCEPTED, REJECTED, TRADED, CANCELLED, EXPIRED, REPLACED, CHANGE_REJECTED = range(1, 8)
RESTATED, TRIGGERED, MASS_CANCEL_REPORTED, LIST_REPORTED = 19, 21, 23, 38
REPORT_KINDS = (*range(ACCEPTED, CHANGE_REJECTED + 1), RESTATED, TRIGGERED, MASS_CANCEL_REPORTED, LIST_REPORTED)
PEGGED = 64
OPEN, FILLED, STATE_CANCELLED, STATE_EXPIRED = 1, 2, 3, 4

SELECT_REPORTS = f"""
select e.sequence, e.kind, e.type, e.order_id, e.match_id, e.state, e.side, e.incoming, e.is_replace, e.cl_ord_id,
       e.other_cl_ord_id, s.comp_id as session, o.comp_id as other_session, i.symbol, a.name as account,
       e.price * i.tick as price, e.quantity * i.lot as quantity, e.cum * i.lot as cum, e.leaves * i.lot as leaves,
       e.last_price * i.tick as last_price, e.last_quantity * i.lot as last_quantity,
       e.fee * power(10::numeric, -f.ledger_digits) as fee, f.code as fee_asset,
       e.body ->> 'list_name' as list_name, e.body ->> 'name' as reported_list, e.body ->> 'orders' as listed, i.lot
from venue.events e
left join venue.sessions s on s.session = e.session
left join venue.sessions o on o.session = e.other_session
left join venue.instruments i on i.instrument = e.instrument
left join venue.accounts a on a.account = e.account
left join venue.assets f on f.asset = e.fee_asset
where e.kind in {REPORT_KINDS} order by e.sequence
"""
EXEC_TYPES = {ACCEPTED: "0", REJECTED: "8", TRADED: "F", CANCELLED: "4", EXPIRED: "C", REPLACED: "5",
              RESTATED: "D", TRIGGERED: "D"}


class Report:
    """One event that is told to a session or two."""

    def __init__(self, row):
        self.row = row
        self.sequence, self.kind = int(row["sequence"]), int(row["kind"])
        self.sessions = {row["session"], row["other_session"]} - {""}

    @property
    def names(self):
        """ClOrdID (11) and OrigClOrdID (41) as the report has them."""
        own, other = self.row["cl_ord_id"], self.row["other_cl_ord_id"] or None
        if self.kind == CANCELLED:
            return (other, own) if other else (own, None)
        return own, other

    @property
    def status(self):
        """OrdStatus (39)."""
        if self.kind == REJECTED:
            return "8"
        if int(self.row["state"]) == OPEN:
            return "1" if Decimal(self.row["cum"]) else "0"
        return {FILLED: "2", STATE_CANCELLED: "4", STATE_EXPIRED: "C"}[int(self.row["state"])]

    @property
    def list_told(self):
        """The name of a list, and of each of its orders the name, OrdStatus (39) and LeavesQty (151)."""
        orders = json.loads(self.row["listed"])
        return self.row["reported_list"], tuple(
            (name, "8", Decimal(0)) if reason else (name, "0", leaves * Decimal(self.row["lot"]))
            for name, leaves, reason, _ in orders)

    def fields(self):
        """What the execution report must say: text as it is, numbers as decimals, None for absent."""
        name, previous = self.names
        if self.kind == REJECTED:
            return {150: "8", 39: "8", 37: "NONE", 11: name, 151: Decimal(0), 14: Decimal(0), 31: None, 32: None}
        fields = {150: EXEC_TYPES[self.kind], 39: self.status, 37: self.row["order_id"], 11: name, 41: previous,
                  54: self.row["side"], 55: self.row["symbol"], 1: self.row["account"],
                  38: Decimal(self.row["quantity"]), 14: Decimal(self.row["cum"]), 151: Decimal(self.row["leaves"]),
                  44: Decimal(self.row["price"]) or None, 66: self.row["list_name"] or None, 31: None, 32: None, 527: None, 851: None}
        if int(self.row["type"]) == PEGGED:  # Its limit is no column.
            fields[839] = fields.pop(44)
        if self.kind == TRADED:
            fields.update({31: Decimal(self.row["last_price"]), 32: Decimal(self.row["last_quantity"]),
                           12: Decimal(self.row["fee"]), 479: self.row["fee_asset"], 527: self.row["match_id"],
                           851: "2" if self.row["incoming"] == "t" else "1"})
        return fields


def reports(url):
    """All reports of the journal, by sequence."""
    return {report.sequence: report for report in map(Report, cluster.rows(url, SELECT_REPORTS))}
