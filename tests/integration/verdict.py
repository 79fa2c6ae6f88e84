"""Judges a run by two witnesses only: the clients' captures and SQL. Each check returns the faults it found, as
sentences; none of them uses the venue's code."""

from collections import Counter, defaultdict
from decimal import Decimal

from integration import cluster, journal_rows
from integration.evidence import COPY_TAGS, HEADER_TAGS, is_gap_fill, without_tags
from integration.venue_process import SOURCE



class Verdict:
    def __init__(self, url, sessions):
        """`sessions` are SessionEvidence of every session that was ever connected."""
        self.url = url
        self.sessions = sessions
        self.journal = journal_rows.reports(url)

    def faults(self):
        checks = (self.reports_that_are_not_journaled, self.change_rejects_that_are_not_journaled,
                  self.mass_cancels_that_are_not_journaled, self.lists_that_are_not_journaled,
                  self.lists_accepted_in_part, self.lists_that_outlive_their_cancel,
                  self.events_that_did_not_arrive, self.events_told_in_two_ways, self.numbers_used_twice,
                  self.requests_judged_twice, self.orders_swallowed, self.changes_swallowed,
                  self.malformed_orders_that_live, self.status_answers_not_in_the_journal, self.rows_of_sql_checks,
                  self.postings_that_do_not_balance, self.balances_unlike_the_fills)
        return [f"{check.__name__}: {fault}" for check in checks for fault in check()]

    def of_kind(self, kind):
        return [event for event in self.journal.values() if event.kind == kind]

    # -- what was told is journaled ---------------------------------------------------------------

    def reports_that_are_not_journaled(self):
        for session in self.sessions:
            for report in session.reports():
                event = self.journal.get(int(report[17]))
                if event is None or session.sender not in event.sessions:
                    yield f"{session.sender} was told what the journal doesn't hold for it: {report}"
                    continue
                yield from (f"{tag} is {told}, journaled {journaled}: {report}"
                            for tag, told, journaled in differences(report, event.fields()))

    def change_rejects_that_are_not_journaled(self):
        journaled = {(sender, *event.names) for event in self.journal.values()
                     if event.kind == journal_rows.CHANGE_REJECTED for sender in event.sessions}
        for session in self.sessions:
            for reject in session.change_rejects():
                if (session.sender, reject[11], reject[41]) not in journaled:
                    yield f"{session.sender} was told a reject that isn't journaled: {reject}"

    def mass_cancels_that_are_not_journaled(self):
        for session in self.sessions:
            for report in session.mass_cancel_reports():
                event = self.journal.get(int(report[37]))
                if event is None or event.kind != journal_rows.MASS_CANCEL_REPORTED:
                    yield f"{session.sender} was told a mass cancel that isn't journaled: {report}"

    def lists_that_are_not_journaled(self):
        journaled = {(sender, event.list_told) for event in self.of_kind(journal_rows.LIST_REPORTED)
                     for sender in event.sessions}
        for session in self.sessions:
            for report in session.list_reports():
                if (session.sender, list_told(report)) not in journaled:
                    yield f"{session.sender} was told of a list what isn't journaled: {report}"

    def status_answers_not_in_the_journal(self):
        """An answer may tell an older state than the last, but none that never was durable."""
        known = {(event.row["order_id"], event.row["cum"] and Decimal(event.row["cum"]),
                  event.row["leaves"] and Decimal(event.row["leaves"])) for event in self.journal.values()}
        for session in self.sessions:
            for answer in session.status_answers():
                if answer[37] != "NONE" and (answer[37], Decimal(answer[14]), Decimal(answer[151])) not in known:
                    yield f"{session.sender} was told a state that the journal doesn't know: {answer}"

    # -- what is journaled arrived, once ----------------------------------------------------------

    def events_that_did_not_arrive(self):
        for session in self.sessions:
            for event in self.missing(session):
                yield f"{session.sender} never got event {event.sequence}: {event.row}"

    def missing(self, session):
        """Events for the session that it has not received. What has no ExecID is known by names."""
        got, declined = session.exec_ids(), {(reject[11], reject[41]) for reject in session.change_rejects()}
        got |= {int(report[37]) for report in session.mass_cancel_reports()}
        lists = {list_told(report) for report in session.list_reports()}
        for event in self.journal.values():
            if event.kind == journal_rows.CHANGE_REJECTED:
                arrived = event.names in declined
            elif event.kind == journal_rows.LIST_REPORTED:
                arrived = event.list_told in lists
            else:
                arrived = event.sequence in got
            if session.sender in event.sessions and not arrived:
                yield event

    def events_told_in_two_ways(self):
        told = {}
        for session in self.sessions:
            for report in session.reports():
                content = without_tags(report, HEADER_TAGS | {49, 56})
                if told.setdefault(report[17], content) != content:
                    yield f"ExecID {report[17]} was told as {told[report[17]]} and as {content}"

    # -- numbers ----------------------------------------------------------------------------------

    def numbers_used_twice(self):
        for session in self.sessions:
            for received in session.incarnations:
                yield from (f"{session.sender}: {fault}" for fault in twice_used_numbers(received))

    # -- requests ---------------------------------------------------------------------------------

    def requests_judged_twice(self):
        judged = Counter()
        for event in self.journal.values():
            name, _ = event.names
            # A fill, an expiry and a cancel by the venue itself repeat the order's name; they answer no request.
            if event.kind in (journal_rows.ACCEPTED, journal_rows.REJECTED, journal_rows.REPLACED,
                              journal_rows.CHANGE_REJECTED) or event.row["other_cl_ord_id"]:
                judged[name] += 1
        yield from (f"{name} was judged {count} times" for name, count in judged.items() if count > 1)

    def orders_swallowed(self):
        """Sessions send their orders again until their numbers were judged, and withdraw none: each has an outcome in
        the journal, or was refused."""
        journaled = {event.row["cl_ord_id"] for event in self.journal.values()}
        for session in self.sessions:
            told = journaled | session.malformed_names() | session.misspelt_names() | session.refused_names()
            for name in sorted(session.sent_orders() - told):
                yield f"{session.sender} never heard of {name}"

    def changes_swallowed(self):
        """The same of cancels, mass cancels and replaces: the event that answers one names it, be it as the order's new name or as the
        cancel's own."""
        answered = {name for event in self.journal.values() for name in event.names}
        for session in self.sessions:
            told = answered | session.malformed_names() | session.refused_names()
            told |= {report[11] for report in session.mass_cancel_reports()}
            for name in sorted(session.sent_names("F", "G", "q") - told):
                yield f"{session.sender} never heard of {name}"

    def lists_accepted_in_part(self):
        accepted = {event.row["cl_ord_id"] for event in self.of_kind(journal_rows.ACCEPTED)}
        for session in self.sessions:
            for message in session.sent:
                legs = set(message.all(11)) if message.type == "E" else set()
                if legs & accepted and legs - accepted:
                    yield f"{session.sender}'s list {message[66]} lacks {sorted(legs - accepted)}"

    def lists_that_outlive_their_cancel(self):
        """A session cancels lists of its own, each behind the list itself."""
        latest = {event.row["order_id"]: event for event in self.journal.values() if event.row["list_name"]}
        is_open = {event.row["list_name"] for event in latest.values() if int(event.row["state"]) == journal_rows.OPEN}
        for session in self.sessions:
            cancelled = {message[66] for message in session.sent if message.type == "K"}
            yield from (f"{session.sender} cancelled {name}, and some of it is open" for name in cancelled & is_open)

    def malformed_orders_that_live(self):
        """A refused order never comes alive; nor does a rejected one, or it would have been judged twice."""
        alive = {event.row["cl_ord_id"] for event in self.journal.values() if event.kind != journal_rows.REJECTED}
        for session in self.sessions:
            yield from (f"{name} was refused and lives" for name in session.malformed_names() & alive)

    # -- money ------------------------------------------------------------------------------------

    def rows_of_sql_checks(self):
        checks = sorted((SOURCE / "sql/checks").glob("*.sql"))
        if not checks:
            yield "there are no SQL checks"
        for check in checks:
            found = cluster.rows(self.url, check.read_text(encoding="utf-8"))
            yield from (f"{check.name}: {row}" for row in found[:3])

    def postings_that_do_not_balance(self):
        unbalanced = cluster.rows(self.url, """
            select e.command, p.asset, sum(p.amount) from venue.postings p join venue.events e on e.sequence = p.sequence
            group by 1, 2 having sum(p.amount) <> 0""")
        negative = cluster.rows(self.url, """
            select * from venue.balances where account > 100 and (ledger < 0 or available < 0 or held < 0)""")
        yield from (f"does not sum to zero: {row}" for row in unbalanced)
        yield from (f"negative: {row}" for row in negative)

    def balances_unlike_the_fills(self):
        """First balances, transfers and the fills that clients were told give what the ledger says."""
        expected = deposits(self.url)
        for account, asset, amount in transfers(self.url):
            expected[account, asset] += amount
        for report in self.fills():
            for asset, amount in movements(report):
                expected[report[1], asset] += amount
        for row in cluster.rows(self.url, """
                select b.account_name, b.code, b.ledger * power(10::numeric, -a.ledger_digits) as ledger
                from venue.balances b join venue.assets a on a.asset = b.asset where b.account > 100"""):
            of_fills = expected[row["account_name"], row["code"]]
            if of_fills != Decimal(row["ledger"]):
                yield f"{row['account_name']} {row['code']}: fills give {of_fills}, the ledger {row['ledger']}"

    def fills(self):
        """Every fill that a client was told of, once."""
        return {report[17]: report for session in self.sessions for report in session.reports()
                if report[150] == "F"}.values()


def list_told(report):
    """What a ListStatus says, as `Report.list_told` says it."""
    return report[66], tuple((order[11], order[39], Decimal(order[151])) for order in report.groups(11))


def differences(message, expected):
    for tag, value in expected.items():
        told = message.get(tag)
        if isinstance(value, Decimal) and told is not None:
            told = Decimal(told)
        if told != value:
            yield tag, told, value


def twice_used_numbers(received):
    """Within one incarnation a number stands for one message; its copies and gap fills are no second one."""
    contents = defaultdict(list)
    for message in received:
        if not is_gap_fill(message):
            content = without_tags(message, COPY_TAGS)
            if contents[message.number] and contents[message.number][0] != content:
                yield f"number {message.number} stands for {contents[message.number][0]} and {content}"
            if contents[message.number] and not message.possible_duplicate:
                yield f"number {message.number} was used again without PossDup: {message}"
            contents[message.number].append(content)


def transfers(url):
    """What each account gave or got; whoever asked for them knows whether each is as it was told."""
    for row in cluster.rows(url, """
            select f.name as giver, g.name as getter, s.code, t.amount * power(10::numeric, -s.ledger_digits) as amount
            from venue.transfers t join venue.accounts f on f.account = t.from_account
            join venue.accounts g on g.account = t.to_account join venue.assets s on s.asset = t.asset"""):
        yield row["giver"], row["code"], -Decimal(row["amount"])
        yield row["getter"], row["code"], Decimal(row["amount"])


def deposits(url):
    first = defaultdict(Decimal)
    for row in cluster.rows(url, """
            select a.name, t.code, sum(p.amount) * power(10::numeric, -t.ledger_digits) as amount
            from venue.postings p join venue.events e on e.sequence = p.sequence
            join venue.accounts a on a.account = p.account join venue.assets t on t.asset = p.asset
            where e.kind = 15 and p.account > 100 group by 1, 2, t.ledger_digits"""):
        first[row["name"], row["code"]] = Decimal(row["amount"])
    return first


def movements(fill):
    """What a fill did to its account, by the report alone."""
    base, quote = fill[55].split("-")
    sign = 1 if fill[54] == "1" else -1
    quantity, price = Decimal(fill[32]), Decimal(fill[31])
    return (base, sign * quantity), (quote, -sign * quantity * price), (fill[479], -Decimal(fill[12]))
