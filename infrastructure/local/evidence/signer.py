"""The key that signs the evidence of a local run: made on first use, and kept with the data."""

import threading
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from complaints.checkpoints.signature import to_raw
from infrastructure.local.atomic_files import write_whole


class LocalSigner:
    """A key on P-256 in a file (port `Signer`)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._making = threading.Lock()

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message: bytes) -> bytes:
        return to_raw(self._key.sign(message, ec.ECDSA(SHA256())))

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        with self._making:
            if not self._path.exists():
                made = ec.generate_private_key(ec.SECP256R1())
                pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
                write_whole(self._path, pem, mode=0o600)
        key = load_pem_private_key(self._path.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey), "the file holds the key that was made here"
        return key
