"""The initiator's side of one FIX session: logon, numbers, gaps, resends, heartbeats.

A Session is driven by whoever owns it: nothing happens between two calls, there is no thread. Numbers
live in a `Numbers`, so that a later connection, or a later process, continues without a reset.
"""

import time
from collections import deque

from .capture import NoCapture
from .connection import Connection, Disconnected
from .message import BEGIN_STRINGS, Message, ProtocolError, encode, utc_now
from .numbers import Numbers

HEARTBEAT, TEST_REQUEST, RESEND_REQUEST, REJECT = "0", "1", "2", "3"
SEQUENCE_RESET, LOGOUT, LOGON = "4", "5", "A"
ADMIN_TYPES = {HEARTBEAT, TEST_REQUEST, RESEND_REQUEST, SEQUENCE_RESET, LOGOUT, LOGON}
# A resend that brings nothing for this long is asked for again.
RESEND_PATIENCE_S = 5


class LogonRefused(Disconnected):
    """The venue answered the Logon with a Logout; the text is the venue's."""


class Session:
    """One session. `receive` returns what is not session administration, in sequence, each once."""

    def __init__(self, host, port, sender, target, username=None, password=None, *,
                 heartbeat_s=30, numbers=None, capture=None, resend_orders=False, version="4.4",
                 wrap=None):
        """`resend_orders`: answer a ResendRequest with what was sent, marked 43=Y, instead of filling
        the gap. A person wants the gap filled, because an old order is not what is meant now."""
        self.sender, self.target = sender, target
        self.username, self.password = username, password
        self.heartbeat_s = heartbeat_s
        self.numbers = numbers or Numbers()
        self.capture = capture or NoCapture()
        self.connection = Connection((host, port), self.capture, sender, wrap)
        self.resend_orders = resend_orders
        self.begin_string = BEGIN_STRINGS[version]
        self._logon_answer = None
        self.logout_text = None
        self._inbox = deque()
        self._sent = {}

    # -- the connection ---------------------------------------------------------------------------

    def connect(self, timeout=5):
        self.connection.open(timeout)
        self._ahead = {}
        self._resend_until = 0
        self._resend_asked_at = 0.0
        self._test_request_pending = False
        self._logout_sent = False
        self._logon_answer = None
        self.logout_text = None

    def fileno(self):
        """For `select`, beside other sessions or a terminal."""
        return self.connection.fileno()

    @property
    def connected(self):
        return self.connection.is_open

    @property
    def logged_on(self):
        return self.connected and self._logon_answer is not None

    @property
    def closed_because(self):
        """The text of the venue's Logout where there was one, else what ended the connection."""
        return self.logout_text or self.connection.closed_because

    def close(self, why="closed by this side"):
        """Ends the connection without a Logout, as a crash of this side would."""
        self.connection.close(why)

    # -- logon and logout -------------------------------------------------------------------------

    def logon(self, timeout=10, reset=False, extra=()):
        """Connects where needed, logs on, and returns the venue's Logon. Raises LogonRefused with the
        venue's text, or Disconnected."""
        if not self.connected:
            self.connect(timeout)
        if reset:
            self.numbers.next_out = self.numbers.next_in = 1
        fields = [(98, 0), (108, self.heartbeat_s)] + ([(141, "Y")] if reset else [])
        if self.begin_string == "FIXT.1.1":
            fields += [(1137, 9)]
        if self.username is not None:
            fields += [(553, self.username), (554, self.password)]
        self.send(LOGON, fields + list(extra))
        self._wait(lambda: self._logon_answer, timeout, "no answer to the Logon")
        return self._logon_answer

    def logout(self, timeout=5, text=None):
        """Logs out, waits for the answer, closes. What arrives meanwhile is still kept for `receive`."""
        if not self.connected:
            return
        self._send_logout(text)
        try:
            self._wait(lambda: self.logout_text is not None, timeout, "no answer to the Logout")
        except Disconnected:
            pass
        self.close("logged out")

    # -- sending ----------------------------------------------------------------------------------

    def send(self, message_type, fields=()):
        """Sends one message under the next number and returns that number."""
        number = self.numbers.take_out()
        if self.resend_orders and message_type not in ADMIN_TYPES:
            self._sent[number] = (message_type, list(fields), utc_now())
        self.send_raw(self.encoded(message_type, number, fields))
        return number

    def lose(self, message_type, fields=(), sending_time=None):
        """Takes the next number for a message that never reaches the venue, as if the network had lost it: a gap,
        which a session with `resend_orders` fills when the venue asks. Returns the number."""
        number = self.numbers.take_out()
        self._sent[number] = (message_type, list(fields), sending_time or utc_now())
        return number

    def encoded(self, message_type, number, fields, sending_time=None, header=()):
        """The bytes of a message of this session with any number; for tests that break rules."""
        head = [(35, message_type), (49, self.sender), (56, self.target), (34, number)]
        head += [(52, sending_time or utc_now())] + list(header)
        return encode(head + list(fields), self.begin_string)

    def send_raw(self, data):
        """Writes bytes as they are."""
        self.connection.write(data)

    # -- receiving --------------------------------------------------------------------------------

    def receive(self, timeout=5):
        """The next message in sequence that is not administration, or None when none came in time.
        What arrived before a disconnect is returned first; then Disconnected is raised."""
        deadline = time.monotonic() + timeout
        while not self._inbox:
            remaining = deadline - time.monotonic()
            if not self.connected:
                raise Disconnected(self.closed_because)
            self._pump_for_inbox(max(0.0, remaining))
            if remaining <= 0 and not self._inbox:
                return None
        return self._inbox.popleft()

    def _pump_for_inbox(self, timeout):
        try:
            self.pump(timeout)
        except Disconnected:
            if not self._inbox:
                raise

    def receive_all(self, quiet_s=0.2):
        """Everything until nothing has come for `quiet_s`."""
        messages = []
        try:
            while (message := self.receive(quiet_s)) is not None:
                messages.append(message)
        except Disconnected:
            pass
        return messages

    def take_arrived(self):
        """The next message that `pump` has delivered already, or None."""
        return self._inbox.popleft() if self._inbox else None

    def pump(self, timeout=0.0):
        """Reads once, waiting at most `timeout`, answers what is administration, and runs the timers."""
        for message in self.connection.read(min(timeout, 1.0)):
            self._test_request_pending = False
            self._take(message)
        if self.logged_on:
            self._run_timers()

    def _wait(self, ready, timeout, complaint):
        deadline = time.monotonic() + timeout
        while not ready():
            if not self.connected:
                raise Disconnected(self.closed_because)
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                self.close(complaint)
                raise Disconnected(f"{complaint} within {timeout} s")
            self.pump(remaining)

    # -- sequence ---------------------------------------------------------------------------------

    def _take(self, message):
        self._judge_header(message)
        if message.type == SEQUENCE_RESET and message.get(123) != "Y":
            self._move_to(int(message[36]))
            return
        if message.type == LOGON and message.get(141) == "Y":
            self._move_to(message.number)
        if message.number > self.numbers.next_in:
            self._take_ahead(message)
        elif message.number == self.numbers.next_in:
            self._take_in_sequence(message)
        elif not message.possible_duplicate and message.type != SEQUENCE_RESET:
            self._fail(f"MsgSeqNum too low, expecting {self.numbers.next_in} but received {message.number}")

    def _judge_header(self, message):
        if (message[49], message[56]) != (self.target, self.sender):
            self._fail(f"CompIDs {message[49]} to {message[56]}")
        if not self.logged_on and message.type not in (LOGON, LOGOUT):
            self._fail(f"{message.type} before the Logon was answered")

    def _take_ahead(self, message):
        """A gap. A ResendRequest and the end of the session can't wait for it to be filled."""
        self._ahead[message.number] = message
        if message.type in (LOGON, LOGOUT, RESEND_REQUEST):
            self._answer(message)
        if message.type != LOGOUT:
            self._request_resend(message.number)

    def _take_in_sequence(self, message):
        while message:
            self._consume(message)
            message = self._ahead.pop(self.numbers.next_in, None)
            if message and message.type in (LOGON, LOGOUT, RESEND_REQUEST):
                # It was answered when it arrived; only its number was missing.
                message = Message([(35, HEARTBEAT), (34, message.number)])
        self._ahead = {number: kept for number, kept in self._ahead.items() if number > self.numbers.next_in}
        if self._ahead and self.connected:
            self._request_resend(min(self._ahead))

    def _consume(self, message):
        """Judges and delivers a message, then raises the number: a kill between the two asks for the
        message again, and whoever reads it knows its ExecID."""
        gap_fill = message.type == SEQUENCE_RESET and message.get(123) == "Y"
        following = int(message[36]) if gap_fill else message.number + 1
        if message.type in ADMIN_TYPES:
            self._answer(message)
        else:
            self._inbox.append(message)
        self._move_to(max(following, message.number + 1))

    def _move_to(self, number):
        self.numbers.next_in = number
        self.numbers.save()

    def _request_resend(self, seen):
        now = time.monotonic()
        waiting = self.numbers.next_in <= self._resend_until
        if waiting and now - self._resend_asked_at < RESEND_PATIENCE_S:
            return
        self._resend_until, self._resend_asked_at = seen - 1, now
        self.send(RESEND_REQUEST, [(7, self.numbers.next_in), (16, 0)])

    def _fail(self, text):
        """Tells the venue why, closes, and raises: a checker must never go on past a broken rule."""
        if self.logged_on:
            self._send_logout(text)
        self.close(text)
        raise ProtocolError(text)

    # -- administration ---------------------------------------------------------------------------

    def _answer(self, message):
        if message.type == LOGON:
            self._logon_answer = message
        elif message.type == TEST_REQUEST:
            self.send(HEARTBEAT, [(112, message[112])])
        elif message.type == RESEND_REQUEST:
            self._resend(int(message[7]), int(message[16]))
        elif message.type == LOGOUT:
            self._take_logout(message)

    def _take_logout(self, message):
        self.logout_text = message.get(58, "")
        refused = not self.logged_on
        if not refused and not self._logout_sent:
            self._send_logout(None)
        if refused:
            # The number is consumed by hand, because the exception leaves before `_consume` can.
            if message.number == self.numbers.next_in:
                self._move_to(message.number + 1)
            self.close("logon refused")
            raise LogonRefused(self.logout_text or "the venue refused the Logon and gave no reason")
        self.close("logged out by the venue" if not self._logout_sent else "logged out")

    def _send_logout(self, text):
        self._logout_sent = True
        self.send(LOGOUT, [(58, text)] if text else [])

    def _resend(self, first, last):
        """Answers a ResendRequest: runs of administration, or of everything, become gap fills."""
        end = self.numbers.next_out
        stop = end if last == 0 else min(last + 1, end)
        fill_from = None
        for number in range(first, stop):
            kept = self._sent.get(number)
            if kept is None:
                fill_from = number if fill_from is None else fill_from
                continue
            self._fill_gap(fill_from, number)
            fill_from = None
            message_type, fields, sent_at = kept
            self.send_raw(self.encoded(message_type, number, fields, header=[(43, "Y"), (122, sent_at)]))
        self._fill_gap(fill_from, stop)

    def _fill_gap(self, first, following):
        if first is None:
            return
        header = [(43, "Y"), (122, utc_now())]
        self.send_raw(self.encoded(SEQUENCE_RESET, first, [(123, "Y"), (36, following)], header=header))

    def _run_timers(self):
        now = time.monotonic()
        if self.heartbeat_s == 0:
            return
        if now - self.connection.last_sent_at >= self.heartbeat_s:
            self.send(HEARTBEAT)
        silence_s = now - self.connection.last_received_at
        if silence_s >= 2.4 * self.heartbeat_s:
            self.close("the venue is silent")
        elif silence_s >= 1.2 * self.heartbeat_s and not self._test_request_pending:
            self._test_request_pending = True
            self.send(TEST_REQUEST, [(112, f"silence-{int(silence_s)}s")])
