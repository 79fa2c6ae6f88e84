"""One TCP connection to the venue: whole messages in, bytes out, everything captured."""

import select
import socket
import time

from .message import Framer


class Disconnected(Exception):
    """The connection is gone; the text says what is known about why."""


class Connection:
    """Raises Disconnected where it is needed and gone. `closed_because` tells why afterwards."""

    def __init__(self, address, capture, label, wrap=None):
        """`wrap` makes the socket that is talked through from the one that is connected: TLS, for example."""
        self.address = address
        self.closed_because = "not connected"
        self._capture, self._label = capture, label
        self._socket, self._wrap = None, wrap

    def open(self, timeout):
        try:
            self._socket = socket.create_connection(self.address, timeout)
        except OSError as fault:
            raise Disconnected(f"no connection to {self.address[0]}:{self.address[1]}: {fault}") from fault
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._wrap:
            self._socket = self._wrap(self._socket)
        self._capture.note(f"connect {self._label}")
        self._framer = Framer()
        self.last_sent_at = self.last_received_at = time.monotonic()

    @property
    def is_open(self):
        return self._socket is not None

    def fileno(self):
        return self._socket.fileno()

    def close(self, why):
        if not self._socket:
            return
        self._socket.close()
        self._socket = None
        self.closed_because = why
        self._capture.note(f"close {why}")

    def finish(self):
        """Nothing more is sent; what the venue still says arrives, and then it closes."""
        self.require()
        self._socket.shutdown(socket.SHUT_WR)

    def write(self, data):
        self.require()
        self._capture.sent(data)
        self.last_sent_at = time.monotonic()
        try:
            self._socket.sendall(data)
        except OSError as fault:
            self.close(str(fault))
            raise Disconnected(f"could not send: {fault}") from fault

    def read(self, timeout):
        """The whole messages of one read, after at most `timeout`; none when nothing came or the other
        side has closed."""
        self.require()
        if not self._has_decrypted() and not select.select([self._socket], [], [], timeout)[0]:
            return []
        try:
            data = self._socket.recv(1 << 18)
        except OSError as fault:
            self.close(str(fault))
            return []
        if not data:
            self.close("closed by the venue")
            return []
        self._capture.received(data)
        self.last_received_at = time.monotonic()
        return self._framer.feed(data)

    def _has_decrypted(self):
        """What TLS has read already the system doesn't tell of."""
        return hasattr(self._socket, "pending") and self._socket.pending() > 0

    def require(self):
        if not self._socket:
            raise Disconnected(self.closed_because)
