"""The encrypted port and the proxies in front: handshakes by Python's and openssl's own clients, certificates that change
while sessions are on, client certificates, deadlines, and addresses that only a proxy may name."""

import re
import socket
import ssl
import struct
import subprocess
import unittest

from fix_peer.connection import Disconnected
from fix_peer.message import encode, utc_now
from fix_peer.session import LogonRefused
from integration.tls_floor import NEW_KEY, TlsVenueTest, openssl
from integration.venue_process import PATIENCE_S

PROXY_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"


def proxy_header(address):
    """Version 2, TCP over IPv4, from this address to some port of this machine."""
    ends = socket.inet_aton(address) + socket.inet_aton("127.0.0.1") + struct.pack("!HH", 50000, 9878)
    return PROXY_SIGNATURE + b"\x21\x11" + struct.pack("!H", len(ends)) + ends


class TlsTest(TlsVenueTest):
    # -- the handshake ----------------------------------------------------------------------------

    def test_sessions_trade_by_either_version_and_beside_the_plain_port(self):
        self.venue.start_and_listen()
        newer = self.over_tls("ALICE", self.tls(ssl.TLSVersion.TLSv1_3))
        older = self.over_tls("BOB", self.tls(ssl.TLSVersion.TLSv1_2))
        for session in (newer, older):
            session.logon(PATIENCE_S)
        self.trade(newer, older)
        newer.logout()
        plain = self.session("ALICE", numbers=newer.numbers)
        plain.logon(PATIENCE_S)
        self.trade(plain, older, "a2")

    def test_only_1_3_is_spoken_where_that_is_the_least(self):
        self.configure(tls=())
        self.config.write_text(self.config.read_text(encoding="utf-8").replace('least = "1.2"', 'least = "1.3"'),
                               encoding="utf-8")
        self.venue.start_and_listen()
        with self.assertRaises(ssl.SSLError):
            self.over_tls("ALICE", self.tls(ssl.TLSVersion.TLSv1_2)).logon(PATIENCE_S)
        self.over_tls("ALICE", self.tls(ssl.TLSVersion.TLSv1_3)).logon(PATIENCE_S)

    def test_the_end_is_told_by_tls_and_not_only_by_the_socket(self):
        self.venue.start_and_listen()
        self.over_tls("BOB").logon(PATIENCE_S)
        heard = b""
        with socket.create_connection(("127.0.0.1", self.tls_port), PATIENCE_S) as connection:
            with self.context().wrap_socket(connection, suppress_ragged_eofs=False) as client:
                client.sendall(encode([(35, "A"), (49, "ALICE"), (56, "VENUE"), (34, 1), (52, utc_now()), (98, 0),
                                       (108, 30), (553, "alice"), (554, "wrong")]))
                while data := client.recv(4096):
                    heard += data
        self.assertIn(b"\x0135=5\x01", heard)

    def test_openssl_sees_the_certificate_and_strong_ciphers(self):
        self.venue.start_and_listen()
        shown = subprocess.run(("openssl", "s_client", "-connect", f"127.0.0.1:{self.tls_port}", "-CAfile", self.chain,
                                "-tls1_2", "-ign_eof"), input=b"no FIX at all\r\n", capture_output=True,
                               timeout=PATIENCE_S, check=False)
        text = shown.stdout.decode()
        self.assertIn("CN = first.example", text)
        self.assertIn("Verify return code: 0", text)
        self.assertRegex(text, r"Cipher is ECDHE-ECDSA-(AES\d+-GCM|CHACHA20)")
        self.assertIn("Secure Renegotiation IS supported", text)

    def test_what_is_no_handshake_or_none_at_all_is_closed(self):
        self.venue.settings.append("fix.handshake_timeout_ms=300")
        self.venue.start_and_listen()
        for sent in (b"8=FIX.4.4\x019=5\x0135=A\x0110=000\x01", b""):
            self.assertNotIn(b"35=", self.heard_after(sent, self.tls_port))
        self.assertIn("no handshake in time", self.venue.log())
        self.over_tls("ALICE").logon(PATIENCE_S)

    # -- certificates -----------------------------------------------------------------------------

    def test_another_certificate_is_shown_after_a_hangup_and_who_is_on_stays(self):
        self.venue.start_and_listen()
        bob = self.over_tls("BOB")
        bob.logon(PATIENCE_S)
        self.certify("second.example")
        with self.assertRaises(ssl.SSLError):
            self.over_tls("ALICE").logon(PATIENCE_S)
        self.assertIn("the certificate was read again", self.hang_up("the certificate"))
        alice = self.over_tls("ALICE")
        alice.logon(PATIENCE_S)
        self.trade(alice, bob)

    def test_a_certificate_that_is_none_is_told_of_and_changes_nothing(self):
        self.venue.start_and_listen()
        kept = self.tls()
        self.key.write_text("no key", encoding="ascii")
        self.assertIn(f"the certificate stays as it was: {self.key} can't be used", self.hang_up("the certificate"))
        self.over_tls("ALICE", kept).logon(PATIENCE_S)
        self.venue.stop()
        code, text = self.venue.run_to_end("run")
        self.assertEqual(code, 78)
        self.assertIn(str(self.key), text)

    def hang_up(self, word):
        self.venue.hang_up()
        while not (told := re.search(f"{word}.*", self.venue.log())):
            pass
        return told[0]

    def expired(self, name):
        """A certificate and its key whose time was in 2020."""
        (self.folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\n"
            "[p]\ncommonName=supplied\n", encoding="ascii")
        (self.folder / "index.txt").touch()
        (self.folder / "serial").write_text("01\n", encoding="ascii")
        openssl("req", "-new", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", "old.key", "-out", "old.csr", cwd=self.folder)
        openssl("ca", "-batch", "-selfsign", "-notext", "-config", "ca.cnf", "-keyfile", "old.key", "-in", "old.csr", "-out",
                "old.pem", "-startdate", "20200101000000Z", "-enddate", "20200102000000Z", cwd=self.folder)
        return self.folder / "old.pem", self.folder / "old.key"

    def test_a_participant_may_have_to_show_its_own_certificate(self):
        own, own_key, other, other_key = (self.folder / name for name in ("own", "own.key", "other", "other.key"))
        fingerprint = self.certify("alice", own, own_key)
        self.certify("mallory", other, other_key)
        self.configure()
        self.config.write_text(self.config.read_text(encoding="utf-8").replace(
            'client_certificates = "none"', 'client_certificates = "asked"'), encoding="utf-8")
        self.access_file.write_text(f'[[participant]]\nname = "alice"\ncertificates = ["{fingerprint}"]\n',
                                    encoding="ascii")
        self.venue.start_and_listen()
        # Before somebody has logged on, a Logout may have no number yet.
        self.over_tls("BOB").logon(PATIENCE_S)
        for wrap, word in ((self.tls(), "must show a certificate"),
                           (self.tls(identity=(other, other_key)), "has another certificate")):
            with self.assertRaises(LogonRefused) as refused:
                self.over_tls("ALICE", wrap).logon(PATIENCE_S)
            self.assertIn(word, str(refused.exception))
        with self.assertRaises(LogonRefused):
            self.session("ALICE").logon(PATIENCE_S)
        with self.assertRaises((ssl.SSLError, Disconnected)):
            self.over_tls("ALICE", self.tls(identity=self.expired("late"))).logon(PATIENCE_S)
        self.over_tls("ALICE", self.tls(identity=(own, own_key))).logon(PATIENCE_S, reset=True)

    # -- proxies ----------------------------------------------------------------------------------

    def behind_proxy(self, address, then=None):
        def wrap(connection):
            connection.sendall(proxy_header(address))
            return then(connection) if then else connection
        return wrap

    def test_a_session_behind_a_proxy_comes_from_where_that_says(self):
        self.configure(fix=('proxies = ["127.0.0.1"]',))
        self.access_file.write_text('[[session]]\nsender = "ALICE"\naddresses = ["192.0.2.0/24"]\n', encoding="ascii")
        self.venue.start_and_listen()
        with self.assertRaises((OSError, Disconnected)):
            self.over_tls("ALICE").logon(PATIENCE_S)
        with self.assertRaises(Disconnected) as end:
            self.over_tls("ALICE", self.behind_proxy("198.51.100.1", self.tls())).logon(PATIENCE_S)
        self.assertNotIsInstance(end.exception, LogonRefused)
        self.over_tls("ALICE", self.behind_proxy("192.0.2.7", self.tls())).logon(PATIENCE_S)
        self.assertIn("ALICE logged on from 192.0.2.7:50000 by way of 127.0.0.1", self.venue.log())

    def test_nobody_but_a_proxy_is_believed(self):
        self.configure(fix=('proxies = ["192.0.2.1"]',))
        self.access_file.write_text('[[session]]\nsender = "ALICE"\naddresses = ["192.0.2.0/24"]\n', encoding="ascii")
        self.venue.start_and_listen()
        with self.assertRaises((ssl.SSLError, Disconnected, OSError)):
            self.over_tls("ALICE", self.behind_proxy("192.0.2.7", self.tls())).logon(PATIENCE_S)
        self.assertEqual(self.heard_after(proxy_header("192.0.2.7"), self.venue.port), b"")

    def heard_after(self, sent, port):
        """Everything until the venue closes."""
        heard = b""
        with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as connection:
            connection.sendall(sent)
            try:
                while data := connection.recv(4096):
                    heard += data
            except ConnectionError:
                pass
        return heard


if __name__ == "__main__":
    unittest.main()
