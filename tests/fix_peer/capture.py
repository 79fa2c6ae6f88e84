"""A record of every byte that crossed a connection, with its time, that outlives both ends.

One line for each send or receive: nanoseconds since 1970, `>` for sent or `<` for received, and the
bytes with everything unprintable escaped. `=` lines are notes, such as connects and closes.
"""

import time

from .message import Framer, ProtocolError

SENT, RECEIVED, NOTE = ">", "<", "="


class Capture:
    """Appends to one file. Each line is written at once, so a killed test keeps what it saw."""

    def __init__(self, path):
        self._file = open(path, "a", buffering=1, encoding="ascii")

    def sent(self, data):
        self._write(SENT, data)

    def received(self, data):
        self._write(RECEIVED, data)

    def note(self, text):
        self._write(NOTE, text.encode())

    def close(self):
        self._file.close()

    def _write(self, direction, data):
        text = data.decode("latin-1").encode("unicode_escape").decode("ascii")
        self._file.write(f"{time.time_ns()} {direction} {text}\n")


class NoCapture:
    """Stands in where nobody asked for a record."""

    def sent(self, data):
        pass

    def received(self, data):
        pass

    def note(self, text):
        pass

    def close(self):
        pass


def read_capture(path):
    """Yields (time_ns, direction, bytes) in the order of the file."""
    with open(path, encoding="ascii") as lines:
        for line in lines:
            time_ns, direction, text = line.rstrip("\n").split(" ", 2)
            yield int(time_ns), direction, text.encode("ascii").decode("unicode_escape").encode("latin-1")


def captured_messages(path, direction):
    """Yields (time_ns, Message) for one direction. Each connection starts a framer of its own, because
    a kill may cut a message in two; a cut tail is dropped, as a client would drop it."""
    framer = Framer()
    for time_ns, line_direction, data in read_capture(path):
        if line_direction == NOTE and data.startswith(b"connect"):
            framer = Framer()
        elif line_direction == direction:
            try:
                messages = framer.feed(data)
            except ProtocolError as fault:
                raise ProtocolError(f"{path} at {time_ns}: {fault}") from fault
            for message in messages:
                yield time_ns, message
