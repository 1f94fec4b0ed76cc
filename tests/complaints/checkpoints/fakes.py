"""The evidence bucket and the key in memory."""

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from complaints.checkpoints.ports import EvidenceFiles, Signer
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
