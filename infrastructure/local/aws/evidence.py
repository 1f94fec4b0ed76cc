"""The evidence of a local run: a bucket below a folder that refuses to overwrite, and a key that signs, made
on first use.
"""

import os
import threading
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile

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

_READ_ONLY = 0o444


class LocalEvidenceFiles:
    """Files below `folder`. Who removes one by hand does what an attacker does who got around object lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: bytes, media_type: str) -> bool:
        path = self._folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(prefix=f".{path.name}.", dir=path.parent) as draft:
            draft.write(content)
            draft.flush()
            Path(draft.name).chmod(_READ_ONLY)
            try:
                # A link comes into being whole, and never in place of a file.
                os.link(draft.name, path)
            except FileExistsError:
                return False
        return True

    def get(self, key: str) -> bytes | None:
        try:
            return (self._folder / key).read_bytes()
        except FileNotFoundError:
            return None

    def keys(self, prefix: str) -> Iterator[str]:
        below = self._folder / prefix.rpartition("/")[0]
        found = (path for path in below.rglob("*") if path.is_file() and not path.name.startswith("."))
        names = sorted(path.relative_to(self._folder).as_posix() for path in found)
        return (name for name in names if name.startswith(prefix))


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
