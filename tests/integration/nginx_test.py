"""A real nginx in front: its stream module passes FIX on, and names whom it speaks for."""

import contextlib
import socket
import subprocess
import time
import unittest

from fix_peer.connection import Disconnected
from fix_peer.session import LogonRefused
from integration.tls_floor import TlsVenueTest
from integration.venue_process import PATIENCE_S, own_port

# An address of this machine that is the proxy's alone: who comes by way of it has another one.
PROXY = "127.0.0.9"
CONFIGURATION = """load_module /usr/lib/nginx/modules/ngx_stream_module.so;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
stream {{
    proxy_bind {proxy};
    proxy_protocol on;
    server {{
        listen 127.0.0.1:{ends} ssl;
        ssl_certificate {folder}/chain.pem;
        ssl_certificate_key {folder}/key.pem;
        proxy_pass 127.0.0.1:{plain};
    }}
    server {{
        listen 127.0.0.1:{passes};
        proxy_pass 127.0.0.1:{encrypted};
    }}
}}
"""


class NginxTest(TlsVenueTest):
    def setUp(self):
        super().setUp()
        self.configure(fix=(f'proxies = ["{PROXY}"]',))
        self.access_file.write_text('[every_session]\naddresses = ["127.0.0.1"]\n', encoding="ascii")
        self.ends_tls, self.passes_tls = own_port(), own_port()

    def start_nginx(self):
        file = self.folder / "nginx.conf"
        file.write_text(CONFIGURATION.format(folder=self.folder, proxy=PROXY, plain=self.venue.port, encrypted=self.tls_port,
                                             ends=self.ends_tls, passes=self.passes_tls), encoding="ascii")
        nginx = subprocess.Popen(("/usr/sbin/nginx", "-p", self.folder, "-c", file), stderr=subprocess.DEVNULL)
        self.addCleanup(nginx.wait)
        self.addCleanup(nginx.terminate)
        until = time.monotonic() + PATIENCE_S
        while nginx.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.passes_tls)):
                return
            time.sleep(0.02)
        self.fail((self.folder / "nginx.log").read_text(encoding="utf-8"))

    def behind(self, port, sender):
        session = self.over_tls(sender)
        session.connection.address = ("127.0.0.1", port)
        return session

    def test_sessions_trade_whether_it_ends_their_encryption_or_passes_it_on(self):
        self.venue.start_and_listen()
        self.start_nginx()
        ended, passed = self.behind(self.ends_tls, "ALICE"), self.behind(self.passes_tls, "BOB")
        for session in (ended, passed):
            session.logon(PATIENCE_S)
        for sender in ("ALICE", "BOB"):
            self.assertRegex(self.venue.log(), f"{sender} logged on from 127.0.0.1:[0-9]+ by way of {PROXY}")
        self.trade(ended, passed)
        ended.logout()
        again = self.behind(self.passes_tls, "ALICE")
        again.numbers = ended.numbers
        again.logon(PATIENCE_S)
        self.trade(again, passed, "a2")

    def test_who_may_not_come_from_its_address_may_not_by_way_of_it(self):
        self.access_file.write_text(f'[every_session]\naddresses = ["{PROXY}"]\n', encoding="ascii")
        self.venue.start_and_listen()
        self.start_nginx()
        for port in (self.ends_tls, self.passes_tls):
            with self.assertRaises((OSError, Disconnected)) as end:
                self.behind(port, "ALICE").logon(PATIENCE_S)
            self.assertNotIsInstance(end.exception, LogonRefused)
        self.assertEqual(self.venue.log().count("its session may not log on from there"), 2)


if __name__ == "__main__":
    unittest.main()
