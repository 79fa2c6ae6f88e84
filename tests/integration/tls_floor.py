"""A venue with an encrypted port and a certificate of its own, and sessions that come to it that way."""

import ssl
import subprocess

from fix_peer.capture import Capture
from fix_peer.session import Session
from integration.floor import VenueTest
from integration.orders import BUY, SELL, limit, market
from integration.venue_process import SOURCE, own_port

NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def openssl(*words, **options):
    return subprocess.run(("openssl", *words), check=True, capture_output=True, **options).stdout


class TlsVenueTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.tls_port = own_port()
        self.chain, self.key = self.folder / "chain.pem", self.folder / "key.pem"
        self.access_file = self.folder / "access.toml"
        self.access_file.write_text("", encoding="ascii")
        self.certify("first.example")
        self.config = self.folder / "venue.toml"
        self.configure()
        self.venue.settings.append(f"fix.access_file={self.access_file}")

    def configure(self, fix=(), tls=()):
        """The example's configuration with these lines more."""
        text = (SOURCE / "cfg/venue.toml").read_text(encoding="utf-8")
        text = text.replace("[fix]\n", "\n".join(("[fix]", *fix, "")))
        more = (f'certificate = "{self.chain}"', f'key = "{self.key}"', *tls)
        text = text.replace("[tls]\n", "\n".join(("[tls]", *more, "")))
        self.config.write_text(text, encoding="utf-8")
        self.venue.config_file = self.config
        self.venue.settings.append(f"tls.port={self.tls_port}")

    def certify(self, name, chain=None, key=None):
        """A certificate of its own authority; returns its fingerprint."""
        chain, key = chain or self.chain, key or self.key
        openssl("req", "-x509", *NEW_KEY, "-subj", f"/CN={name}", "-days", "2", "-keyout", key, "-out", chain)
        return openssl("x509", "-noout", "-fingerprint", "-sha256", "-in", chain).decode().strip().partition("=")[2]

    def tls(self, version=None, identity=None):
        """What a client wraps its socket in."""
        return self.context(version, identity).wrap_socket

    def context(self, version=None, identity=None):
        """It trusts nobody but the venue's present certificate."""
        context = ssl.create_default_context(cafile=str(self.chain))
        context.check_hostname = False
        if version:
            context.minimum_version = context.maximum_version = version
        if identity:
            context.load_cert_chain(*identity)
        return context

    def over_tls(self, sender, wrap=None, **options):
        username, password = self.venue.credentials()[sender]
        session = Session("127.0.0.1", self.tls_port, sender, "VENUE", username, password,
                          capture=Capture(self.capture_path(sender)), wrap=wrap or self.tls(), **options)
        self.addCleanup(session.capture.close)
        self.addCleanup(session.close)
        return session

    def trade(self, buyer, seller, name="a1"):
        buyer.send("D", limit(name, BUY, "1", "20000"))
        self.expect_report(buyer, "0", {11: name})
        seller.send("D", market(name, SELL, "1"))
        self.expect_report(seller, "0", {11: name})
        self.expect_report(seller, "F")
        self.expect_report(buyer, "F", {11: name})
