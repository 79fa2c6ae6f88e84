"""The language of the session scripts, tests/conformance/session/*.txt. One file is one clause of the specification:

    case TEXT            a case begins, on a session whose numbers begin anew
    versions 4.2 4.4     it is of these versions alone; without the line, of all
    dictionary standard  it is of this dictionary alone, the standard's or the published one; without the line, of both
    differs NAME         QuickFIX and the venue may part here, for the reason that docs/fix-session.md has under NAME
    connect              a connection; the first one of a case is there as soon as something is sent
    logon FIELDS         sends a good Logon with these fields changed, and expects its answer
    > FIELDS             sends a message
    bytes FIELDS         sends bytes as they stand, but for @words; 9=*, 10=* and 9=0* are worked out
    < FIELDS             the next message that comes has these fields
    closed               the connection is closed by the other side, and nothing came before
    pause SECONDS        nothing is sent for so long

FIELDS are tag=value pairs joined by "|". In what is sent, 8, 9 and 10 are worked out unless given, and 49, 52 and 56
are put behind 34. A field that stands there already is replaced; "+tag=value" puts a second one at the end, "-tag" takes
one out. In what is expected, "-tag" must be missing. @order is a good order; @id is a new name; @now, @now+10 and @now-9
are times; @sender, @target and @begin are the session's, and @app is what a Logon of FIXT must have besides. Before a
line, "2 " is the case's second connection, "stock " and "venue " hold it back from the other one."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from fix_peer.message import BEGIN_STRINGS, SOH, checksum

VERSIONS = ("4.2", "4.4", "5.0SP2")
LINE = re.compile(r"(?:(stock|venue) )?(?:([1-9]) )?"
                  r"(case|versions|dictionary|differs|connect|logon|bytes|closed|pause|>|<)(?: (.*))?$")
ORDER = "11=@id|21=1|55=BTC-USD|54=1|60=@now|38=0.01|40=2|44=100"


@dataclass(frozen=True)
class Step:
    number: int
    peer: str  # "stock", "venue", or "" for both
    connection: int
    verb: str
    text: str


@dataclass
class Case:
    name: str
    number: int
    versions: tuple = VERSIONS
    dictionary: str = ""
    differs: str = ""
    steps: list = field(default_factory=list)

    def is_for(self, version, dictionary):
        return version in self.versions and self.dictionary in ("", dictionary)


class ScriptFault(Exception):
    """A script that can't be read."""


def parse(text):
    """The cases of a script."""
    cases = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.match(line)
        if not found:
            raise ScriptFault(f"line {number} is no line of a script: {line}")
        peer, connection, verb, rest = found.groups(default="")
        if verb == "case":
            cases.append(Case(rest, number))
        elif verb == "versions":
            cases[-1].versions = tuple(rest.split())
        elif verb in ("dictionary", "differs"):
            setattr(cases[-1], verb, rest)
        else:
            cases[-1].steps.append(Step(number, peer, int(connection or 1), verb, rest))
    return cases


def sending_time(seconds=0):
    return (datetime.now(timezone.utc) + timedelta(seconds=seconds)).strftime("%Y%m%d-%H:%M:%S.%f")[:-3]


class Words:
    """What the @words of one session stand for."""

    _ids = itertools.count(1)

    def __init__(self, sender, target, version):
        self.sender, self.target, self.version = sender, target, version
        self.begin = BEGIN_STRINGS[version]

    def spoken(self, text):
        text = text.replace("@order", ORDER).replace("|@app", "|1137=9" if self.begin == "FIXT.1.1" else "")
        text = re.sub(r"@id", lambda _: f"id-{next(self._ids)}", text)
        text = re.sub(r"@now([+-]\d+)?", lambda found: sending_time(int(found[1] or 0)), text)
        return text.replace("@sender", self.sender).replace("@target", self.target).replace("@begin", self.begin)

    def message(self, text):
        """The bytes of a message with its header."""
        fields = changed([], self.spoken(text))
        given = {tag for tag, _ in fields} | {part[1:] for part in text.split("|") if part.startswith("-")}
        header = [(tag, value) for tag, value in (("49", self.sender), ("52", sending_time()), ("56", self.target))
                  if tag not in given]
        place = next((at for at, (tag, _) in enumerate(fields) if tag == "34"), 0) + 1
        fields[place:place] = header
        whole = dict(fields)
        head = [("8", whole.get("8", self.begin)), ("9", whole.get("9", "*"))]
        rest = [part for part in fields if part[0] not in ("8", "9", "10")]
        return framed([*head, *rest, ("10", whole.get("10", "*"))])

    def bytes(self, text):
        parts = (part.partition("=") for part in self.spoken(text).split("|"))
        return framed([(tag, value if equals else None) for tag, equals, value in parts])


def changed(fields, text):
    """The fields with those of the text put in, replaced and taken out."""
    for part in filter(None, text.split("|")):
        tag, _, value = part.lstrip("+").partition("=")
        place = next((at for at, (known, _) in enumerate(fields) if known == tag), None)
        if part.startswith("-") and "=" not in part:
            fields = [known for known in fields if known[0] != tag[1:]]
        elif place is None or part.startswith("+"):
            fields = [*fields, (tag, value)]
        else:
            fields = [*fields[:place], (tag, value), *fields[place + 1:]]
    return fields


def framed(fields):
    """Bytes, with 9=* and 10=* worked out."""
    def joined(some):
        texts = (tag if value is None else f"{tag}={value}" for tag, value in some)
        return b"".join(text.encode("latin-1") + SOH for text in texts)
    at = {tag: place for place, (tag, value) in enumerate(fields) if tag in ("9", "10") and value in ("*", "0*")}
    if "9" in at:
        end = next((place for place, (tag, _) in enumerate(fields) if tag == "10"), len(fields))
        zeros = "000" if fields[at["9"]][1] == "0*" else ""
        fields[at["9"]] = ("9", zeros + str(len(joined(fields[at["9"] + 1:end]))))
    if "10" in at:
        fields[at["10"]] = ("10", f"{checksum(joined(fields[:at['10']])):03d}")
    return joined(fields)


def difference(text, message):
    """What the message lacks of what is expected; None when nothing."""
    for part in filter(None, text.split("|")):
        tag, _, value = part.partition("=")
        if part.startswith("-"):
            if message.get(int(tag[1:])) is not None:
                return f"{tag[1:]} is there"
        elif message.get(int(tag)) != value:
            return f"{tag} is {message.get(int(tag), 'missing')}, not {value}"
    return None
