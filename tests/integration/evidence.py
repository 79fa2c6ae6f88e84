"""What the clients saw, read back from their captures: one record per session, in the order of the wire."""

from fix_peer.capture import NOTE, RECEIVED, SENT, read_capture
from fix_peer.message import Framer

# What may differ between a message and its copy with PossDup: 9, 10, 43, 52 and 122.
COPY_TAGS = {9, 10, 43, 52, 122}
# What may differ between two tellings of one event: the header as well.
HEADER_TAGS = COPY_TAGS | {34, 97}


def without_tags(message, tags):
    return tuple(field for field in message.fields if field[0] not in tags)


def is_gap_fill(message):
    return message.type == "4" and message.get(123) == "Y"


class SessionEvidence:
    """Everything that one session sent and received. `incarnations` holds the received messages, a list for each
    stretch between two resets of the numbers."""

    def __init__(self, sender, path):
        self.sender = sender
        self.sent = []
        self.received = []
        self.incarnations = [[]]
        framers = {SENT: Framer(), RECEIVED: Framer()}
        for _, direction, data in read_capture(path):
            if direction != NOTE:
                self._add(direction, framers[direction].feed(data))
            elif data.startswith(b"connect"):
                # A kill may have cut a message in two; its client never had it.
                framers = {SENT: Framer(), RECEIVED: Framer()}

    def _add(self, direction, messages):
        for message in messages:
            if direction == RECEIVED:
                self.received.append(message)
                self.incarnations[-1].append(message)
                continue
            self.sent.append(message)
            if message.type == "A" and message.get(141) == "Y":
                self.incarnations.append([])

    def reports(self):
        """Execution reports of events, without the answers to status requests."""
        return [message for message in self.received if message.type == "8" and message[150] != "I"]

    def status_answers(self):
        return [message for message in self.received if message.type == "8" and message[150] == "I"]

    def change_rejects(self):
        return [message for message in self.received if message.type == "9"]

    def mass_cancel_reports(self):
        return [message for message in self.received if message.type == "r"]

    def list_reports(self):
        """What was told of lists as they were entered, without the answers to list cancels and status requests."""
        return [message for message in self.received if message.type == "N" and message[429] == "1"]

    def exec_ids(self):
        return {int(report[17]) for report in self.reports()}

    def sent_names(self, *message_types):
        """ClOrdIDs of the requests of these types; a copy with PossDup counts as the same request."""
        return {message[11] for message in self.sent if message.type in message_types}

    def sent_orders(self):
        """ClOrdIDs of all orders, single ones and those of lists."""
        return {name for message in self.sent if message.type in ("D", "E") for name in message.all(11)}

    def refused_names(self):
        """ClOrdIDs of the requests that got a business reject, and of the orders of such lists."""
        names = {message.get(379, "") for message in self.received if message.type == "j"}
        lists = (message for message in self.sent if message.type == "E" and message[66] in names)
        return names | {name for message in lists for name in message.all(11)}

    def misspelt_names(self):
        """ClOrdIDs of the orders whose price is no number. The Reject of one goes with the connection that a kill cuts."""
        return {message[11] for message in self.sent if "e" in message.get(44, "")}

    def malformed_names(self):
        """ClOrdIDs of the requests that got a session reject."""
        numbers = {int(message[45]) for message in self.received if message.type == "3"}
        return {name for message in self.sent if message.number in numbers for name in message.all(11)}
