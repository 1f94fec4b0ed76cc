"""What the product asks for beside the table: its secret keys (SSM), the provider's public ones, mail (SES),
files (S3), signatures (KMS).

A server of a few lines stands in for all of them, so that every step is gone that is gone on AWS.
"""

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from infrastructure.local.oidc import LocalProvider

KEYS = "/bench"
BUCKET = "bench"
PURPOSES = ("reference", "replay", "access", "proof", "cursor", "search", "session")


def put_file(key: str, content: bytes) -> None:
    """Puts a file into the bucket."""
    _Answers.files[f"/{BUCKET}/{key}"] = content


@contextmanager
def standing_in(folder: Path) -> Iterator[LocalProvider]:
    """Serves them until the block ends; the provider's issuer is the server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    provider = LocalProvider(folder, f"http://127.0.0.1:{server.server_port}", lambda: datetime.now(UTC))
    _Answers.jwks = provider.jwks()
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            server.shutdown()


class _Answers(BaseHTTPRequestHandler):
    jwks: dict[str, object]
    files: ClassVar[dict[str, bytes]] = {}
    key = ec.generate_private_key(ec.SECP256R1())

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if "list-type" in asked.query:
            self._list(asked.path, parse_qs(asked.query)["prefix"][0])
        elif asked.path.startswith(f"/{BUCKET}/"):
            self._give(self.files.get(asked.path))
        else:
            self._say(self.jwks)

    def do_PUT(self) -> None:
        self.files[self.path] = self._body()
        self._send(b"", "application/xml")

    def do_POST(self) -> None:
        body = self._body()
        operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
        if self.path.startswith("/v2/email"):
            self._say({"MessageId": "bench"})
        elif operation == "GetPublicKey":
            public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            self._say({"PublicKey": b64encode(public).decode()})
        elif operation == "Sign":
            signature = self.key.sign(b64decode(json.loads(body)["Message"]), ec.ECDSA(SHA256()))
            self._say({"Signature": b64encode(signature).decode()})
        else:
            self._say({"Parameters": [_parameter(each) for each in PURPOSES]})

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked is counted by the meter."""

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def _list(self, bucket: str, prefix: str) -> None:
        begins = f"{bucket.rstrip('/')}/"
        keys = sorted(path.removeprefix(begins) for path in self.files if path.startswith(begins + prefix))
        listed = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in keys)
        self._send(f"<ListBucketResult>{listed}</ListBucketResult>".encode(), "application/xml")

    def _give(self, file: bytes | None) -> None:
        missing = b"<Error><Code>NoSuchKey</Code></Error>"
        self._send(missing if file is None else file, "application/xml", 404 if file is None else 200)

    def _say(self, content: object) -> None:
        self._send(json.dumps(content).encode(), "application/x-amz-json-1.1")

    def _send(self, body: bytes, media_type: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _parameter(purpose: str) -> dict[str, str]:
    value = b64encode(sha256(purpose.encode()).digest()).decode()
    return {"Name": f"{KEYS}/{purpose}", "Type": "SecureString", "Value": value}
