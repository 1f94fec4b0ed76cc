"""Signatures of statements: ECDSA on P-256 over SHA-256, raw (r and s of 32 bytes each).

cryptography is imported where it is used: a submission signs nothing (gate "cold start").

Which keys a reader of checkpoints trusts: that of the installation, and those that the operator names.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from complaints.checkpoints.places import public_key_key
from complaints.checkpoints.ports import EvidenceFiles

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey


_HALF = 32
KEY_ID_LENGTH = 32
"""Hex digits."""


def to_raw(der: bytes) -> bytes:
    """A signature as KMS and cryptography give it (DER), as it is stored."""
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    return b"".join(number.to_bytes(_HALF, "big") for number in decode_dss_signature(der))


def key_id(public_key: bytes) -> str:
    """The name of a key: how the hash of its public half begins."""
    return hash_of_key(public_key)[:KEY_ID_LENGTH]


def hash_of_key(public_key: bytes) -> str:
    """The hash (hex) of the public half of a key (DER, SubjectPublicKeyInfo)."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    der = _loaded(public_key).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(der).hexdigest()


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether the key (PEM) signed these bytes. Raises `ValueError` for a key that is none on P-256."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    if len(signature) != 2 * _HALF:
        return False
    numbers = (int.from_bytes(half, "big") for half in (signature[:_HALF], signature[_HALF:]))
    try:
        _loaded(public_key).verify(encode_dss_signature(*numbers), message, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _loaded(public_key: bytes) -> "EllipticCurvePublicKey":
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    key = load_pem_public_key(public_key)
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise ValueError("not a key on P-256")
    return key


def trusted_keys(files: EvidenceFiles, own: bytes | None, named: Iterable[str]) -> dict[str, bytes]:
    """Public keys (PEM) by their ids. Those that are `named` lie in the bucket, where others might lie, too:
    only the one with that id counts."""
    keys = {key_id(own): own} if own else {}
    for name in named:
        pem = files.get(public_key_key(name))
        if pem is not None and _is(pem, name):
            keys[name] = pem
    return keys


def _is(pem: bytes, name: str) -> bool:
    try:
        return key_id(pem) == name
    except ValueError:
        return False
