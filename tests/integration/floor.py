"""What every test of the whole venue stands on: a cluster per class, a database and a venue per test, and sessions
whose every byte is captured."""

import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from fix_peer.capture import Capture
from fix_peer.session import Session
from integration import cluster
from integration.venue_process import PATIENCE_S, SOURCE, VenueProcess

REFERENCE = SOURCE / "tests/integration/reference.toml"


class VenueTest(unittest.TestCase):
    """`self.venue` has an empty, migrated journal and is not started yet."""

    settings = ()

    @classmethod
    def setUpClass(cls):
        cls.cluster = cluster.Cluster()
        cls.addClassCleanup(cls.cluster.close)

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="venue-test-", dir="/tmp"))
        self.database = self.cluster.new_database()
        self.venue = self.new_venue("venue")
        self.venue.migrate()

    def run(self, result=None):
        """Keeps the folder, with the log and the captures, of a test that failed."""
        faults = len(result.failures) + len(result.errors)
        super().run(result)
        if not hasattr(self, "folder"):
            return  # It was skipped.
        if len(result.failures) + len(result.errors) == faults:
            shutil.rmtree(self.folder)
        else:
            print(f"kept for {self.id()}: {self.folder}", file=sys.stderr)

    # -- venues -----------------------------------------------------------------------------------

    def new_venue(self, name, reference=REFERENCE, settings=()):
        """A venue on this test's database, with a folder and a port of its own."""
        venue = VenueProcess(self.folder / name, self.database, reference, (*self.settings, *settings))
        self.addCleanup(lambda: venue.alive() and venue.kill())
        return venue

    def venue_where_alice_speaks(self, version):
        """A venue whose session ALICE has that version of FIX."""
        reference = self.folder / "reference.toml"
        line = '  sender = "ALICE"\n'
        text = REFERENCE.read_text(encoding="utf-8").replace(line, f'{line}  version = "{version}"\n')
        reference.write_text(text, encoding="utf-8")
        return self.new_venue("of-" + version.replace(".", ""), reference)

    def sql(self, statement):
        return cluster.rows(self.database, statement)

    def force(self, statement):
        """Runs SQL as the superuser, whom nothing is forbidden."""
        cluster.execute(cluster.url_as("postgres", self.database), statement)

    def sql_value(self, statement):
        return cluster.value(self.database, statement)

    # -- sessions ---------------------------------------------------------------------------------

    def capture_path(self, sender):
        return self.folder / f"{sender}.capture"

    def session(self, sender, **options):
        """A session that is not connected yet."""
        username, password = self.venue.credentials().get(sender, (sender.lower(), "no such secret"))
        options.setdefault("capture", Capture(self.capture_path(sender)))
        session = Session("127.0.0.1", self.venue.port, sender, "VENUE", username, password, **options)
        self.addCleanup(session.capture.close)
        self.addCleanup(session.close)
        return session

    def logged_on(self, sender, **options):
        session = self.session(sender, **options)
        session.logon(PATIENCE_S)
        return session

    # -- messages ---------------------------------------------------------------------------------

    def expect(self, session, message_type, fields=None):
        """The session's next message, which must be of this type and have these fields."""
        message = session.receive(PATIENCE_S)
        self.assertIsNotNone(message, f"nothing came where {message_type} {fields} was due")
        self.assert_fields(message, {35: message_type, **(fields or {})})
        return message

    def expect_report(self, session, exec_type, fields=None):
        return self.expect(session, "8", {150: exec_type, **(fields or {})})

    def assert_fields(self, message, fields):
        """Those that are None must not be there."""
        actual = {tag: message.get(tag) for tag in fields}
        expected = {tag: None if field is None else str(field) for tag, field in fields.items()}
        self.assertEqual(actual, expected, str(message))

    def assert_nothing_else_comes(self, session):
        """The next message is the answer to a question that is asked now."""
        session.send("H", [(11, "no-such-order"), (55, "BTC-USD"), (54, 1)])
        self.expect(session, "8", {11: "no-such-order", 17: 0})
