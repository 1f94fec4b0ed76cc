"""The evidence bucket, the key and the notes in memory."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from complaints.checkpoints.leaf import Leaf
from complaints.checkpoints.ports import EvidenceFiles, Last, Notes, Signer
from complaints.checkpoints.signature import to_raw


class HeldEvidence(EvidenceFiles):
    """Files in memory; `files` may be changed as by an attacker who got around object lock."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, key: str, content: bytes, media_type: str) -> bool:
        return self.files.setdefault(key, content) is content

    def get(self, key: str) -> bytes | None:
        return self.files.get(key)

    def keys(self, prefix: str) -> Iterator[str]:
        return iter(sorted(key for key in self.files if key.startswith(prefix)))


class HeldSigner(Signer):
    """A key in memory, by the number it is made of: the same key for the same number."""

    def __init__(self, number: int = 1) -> None:
        self._key = ec.derive_private_key(number, ec.SECP256R1())

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message: bytes) -> bytes:
        return to_raw(self._key.sign(message, ec.ECDSA(SHA256())))


class HeldNotes(Notes):
    """Notes in memory, with the moment of each."""

    def __init__(self) -> None:
        self.noted: list[tuple[datetime, Leaf]] = []
        self.last: Last | None = None
        self.mailed: date | None = None

    def leaf_in(self, image: Mapping[str, Any]) -> Leaf | None:
        return None

    def chain_in(self, key: Mapping[str, Any]) -> str | None:
        return None

    def note(self, at: datetime, leaves: Iterable[Leaf]) -> None:
        self.noted += ((at, leaf) for leaf in leaves)

    def between(self, since: datetime | None, until: datetime) -> Iterator[Leaf]:
        return iter([leaf for at, leaf in self.noted if (since is None or since <= at) and at < until])

    def last_checkpoint(self) -> Last | None:
        return self.last

    def keep_last_checkpoint(self, last: Last) -> None:
        self.last = last

    def last_mailed(self) -> date | None:
        return self.mailed

    def keep_last_mailed(self, day: date) -> None:
        self.mailed = day
