"""A little time stamp authority (RFC 3161) by openssl, on this machine; it may answer as it should not."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event
from typing import NamedTuple

from tests.http_servers import serving

REPLY = "application/timestamp-reply"
SILENCE, DRIPPING = "silence", "dripping"

_SETTINGS = """
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
[stamping]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
"""
EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
RSA = ("-newkey", "rsa:2048", "-nodes")
_DAYS = ("-days", "3650")


def openssl(*arguments: object) -> bytes:
    """What it says. Raises `CalledProcessError`."""
    done = subprocess.run(
        ["openssl", *map(str, arguments)],
        check=True,
        capture_output=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


class Keys:
    """The keys and certificates of an authority in a folder; `root` is that which its users trust."""

    def __init__(self, folder: Path, kind: tuple[str, ...] = EC) -> None:
        self._folder, self.root = folder, folder / "root.pem"
        self._settings, self._key, self._own = folder / "tsa.cnf", folder / "tsa.key", folder / "tsa.pem"
        self._settings.write_text(_SETTINGS.format(folder=folder))
        root_key, asked = folder / "root.key", folder / "tsa.csr"
        openssl("req", "-x509", *kind, *_DAYS, "-subj", "/CN=Root", "-keyout", root_key, "-out", self.root)
        openssl("req", *kind, "-subj", "/CN=Authority", "-keyout", self._key, "-out", asked)
        signing = ("-CA", self.root, "-CAkey", root_key, "-CAcreateserial", *_DAYS)
        openssl(
            "x509", "-req", "-in", asked, *signing, "-extfile", self._settings, "-extensions", "stamping",
            "-out", self._own,
        )  # fmt: skip

    def reply(self, request: bytes) -> bytes:
        """The answer to a request (DER)."""
        query, answer = self._folder / "query.tsq", self._folder / "answer.tsr"
        query.write_bytes(request)
        openssl(
            "ts", "-reply", "-config", self._settings, "-queryfile", query, "-signer", self._own,
            "-inkey", self._key, "-chain", self.root, "-out", answer,
        )  # fmt: skip
        return answer.read_bytes()

    def verifies(self, stamp: bytes, data: bytes) -> bool:
        """What who audits is told to type (docs/evidence.md)."""
        kept, of = self._folder / "stamp.tsr", self._folder / "data"
        kept.write_bytes(stamp)
        of.write_bytes(data)
        try:
            said = openssl("ts", "-verify", "-data", of, "-in", kept, "-CAfile", self.root)
        except subprocess.CalledProcessError:
            return False
        return b"Verification: OK" in said


class Answer(NamedTuple):
    """What is answered instead of a stamp."""

    body: bytes = b""
    status: int = 200
    media_type: str = REPLY


class Authority:
    """What was asked so far, and what is answered next: what stands in `next`, else a stamp."""

    def __init__(self, keys: Keys) -> None:
        self.keys, self.url = keys, ""
        self.asked: list[bytes] = []
        self.logins: list[str | None] = []
        self.next: list[Answer | str] = []
        self.over = Event()

    def answer(self, request: bytes) -> Answer | str:
        self.asked.append(request)
        return self.next.pop(0) if self.next else Answer(self.keys.reply(request))


@contextmanager
def listening(keys: Keys, kind: type[Authority] = Authority) -> Iterator[Authority]:
    """An authority that listens on a port of its own."""
    authority = kind(keys)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(authority))
    authority.url = f"http://127.0.0.1:{server.server_port}/tsr"
    with serving(server):
        try:
            yield authority
        finally:
            authority.over.set()


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            authority.logins.append(self.headers["Authorization"])
            answer = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            if answer == SILENCE:
                authority.over.wait()
            elif isinstance(answer, Answer):
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.media_type)
                self.end_headers()
                self.wfile.write(answer.body)
            else:
                self.drip()

        def drip(self) -> None:
            """Never ends, and never pauses for long."""
            try:
                self.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Type: {REPLY}\r\n\r\n".encode())
                while not authority.over.wait(0.01):
                    self.wfile.write(b"0")
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    return Handler
