"""FIX messages as tag=value text: encoding, strict framing, and the one error for broken rules."""

from datetime import datetime, timezone

SOH = b"\x01"
BEGIN_STRINGS = {"4.2": "FIX.4.2", "4.4": "FIX.4.4", "5.0SP2": "FIXT.1.1"}
# The trailer is always "10=nnn" and one SOH.
TRAILER_SIZE = 7
# No message that a venue may send comes near this; a longer one is a framing fault, not a wait.
MESSAGE_BYTES_MAX = 4 << 20


class ProtocolError(Exception):
    """The other side broke a rule of FIX. The connection can't be trusted any further."""


class Message:
    """The fields of one message in their order on the wire, with the bytes they came from."""

    def __init__(self, fields, raw=b""):
        self.fields = fields
        self.raw = raw

    def get(self, tag, default=None):
        """The value of the first field with this tag."""
        return next((value for name, value in self.fields if name == tag), default)

    def __getitem__(self, tag):
        value = self.get(tag)
        if value is None:
            raise ProtocolError(f"tag {tag} is missing in {self}")
        return value

    def __contains__(self, tag):
        return self.get(tag) is not None

    def all(self, tag):
        """Every value of a tag that repeats, as in a group."""
        return [value for name, value in self.fields if name == tag]

    def groups(self, first_tag):
        """The entries of a repeating group, each starting at `first_tag`, as lists of fields. The last
        entry also holds what follows the group."""
        entries = []
        for tag, value in self.fields:
            if tag == first_tag:
                entries.append(Message([]))
            if entries:
                entries[-1].fields.append((tag, value))
        return entries

    @property
    def type(self):
        return self[35]

    @property
    def number(self):
        return int(self[34])

    @property
    def possible_duplicate(self):
        return self.get(43) == "Y"

    def __str__(self):
        return "|".join(f"{tag}={value}" for tag, value in self.fields)


def utc_now():
    """UTCTimestamp with milliseconds, as SendingTime and TransactTime want it."""
    return datetime.now(timezone.utc).strftime("%Y%m%d-%H:%M:%S.%f")[:-3]


def checksum(data):
    return sum(data) % 256


def encode(fields, begin_string=BEGIN_STRINGS["4.4"]):
    """The bytes of a message, given its fields from MsgType (35) on; 8, 9 and 10 are added."""
    body = b"".join(f"{tag}={value}".encode("latin-1") + SOH for tag, value in fields)
    data = f"8={begin_string}".encode() + SOH + f"9={len(body)}".encode() + SOH + body
    return data + f"10={checksum(data):03d}".encode() + SOH


def decode(raw):
    """One whole message. Length and checksum have been judged by the framer."""
    fields = []
    for part in raw.split(SOH)[:-1]:
        tag, equals, value = part.partition(b"=")
        if not equals or not tag.isdigit():
            raise ProtocolError(f"not tag=value: {part!r}")
        fields.append((int(tag), value.decode("latin-1")))
    return Message(fields, raw)


class Framer:
    """Cuts a stream of bytes into messages; whatever is not exactly FIX raises a ProtocolError."""

    def __init__(self):
        self._bytes = bytearray()

    def feed(self, data):
        """The messages that these bytes complete."""
        self._bytes += data
        messages = []
        while (size := self._message_size()) is not None:
            raw = bytes(self._bytes[:size])
            del self._bytes[:size]
            self._judge_trailer(raw)
            messages.append(decode(raw))
        return messages

    def _message_size(self):
        """Bytes of the first message, or None until all of it is here."""
        head = bytes(self._bytes[:64])
        if not head.startswith(b"8=FIX"[: len(head)]):
            raise ProtocolError(f"not the start of a message: {head!r}")
        parts = head.split(SOH, 2)
        if len(parts) < 3:
            return None
        if not parts[1].startswith(b"9=") or not parts[1][2:].isdigit():
            raise ProtocolError(f"the second field is not a BodyLength: {head!r}")
        size = len(parts[0]) + len(parts[1]) + 2 + int(parts[1][2:]) + TRAILER_SIZE
        if size > MESSAGE_BYTES_MAX:
            raise ProtocolError(f"a message of {size} bytes")
        return size if len(self._bytes) >= size else None

    @staticmethod
    def _judge_trailer(raw):
        trailer = raw[-TRAILER_SIZE:]
        expected = f"10={checksum(raw[:-TRAILER_SIZE]):03d}".encode() + SOH
        if trailer != expected:
            raise ProtocolError(f"trailer {trailer!r} where {expected!r} is due: {raw!r}")
