"""Encryption of what is private, with the data key of its case: AES-256-GCM (NIST SP 800-38D).

What is stored is a byte that says so, a random nonce of 96 bits, and the encrypted bytes with their tag. The
key of the item is authenticated with them: what was moved to another item is as unreadable as what was
changed. Items of before, and those of no case, begin with another byte, and are read as they are.
"""

import os
from typing import TYPE_CHECKING

from complaints.adapters.dynamodb.key_schema import Key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_AES_GCM = b"\x01"
"""How what is encrypted begins: neither JSON, nor a mail, nor a zlib stream does (`compression.py`)."""
_NONCE_BYTES = 12


def is_encrypted(data: bytes) -> bool:
    return data.startswith(_AES_GCM)


def encrypted(data: bytes, data_key: bytes, place: Key) -> bytes:
    """The data as it is stored at a place; as it is where the case has no key."""
    if not data_key:
        return data
    nonce = os.urandom(_NONCE_BYTES)
    return _AES_GCM + nonce + _cipher(data_key).encrypt(nonce, data, _place(place))


def decrypted(data: bytes, data_key: bytes | None, place: Key) -> bytes | None:
    """The data that is stored at a place; nothing where the key was destroyed, or where it is not as it was
    written there."""
    if not is_encrypted(data):
        return data
    if not data_key:
        return None
    # Imported here: so a start pays for it only where something is encrypted.
    from cryptography.exceptions import InvalidTag

    nonce, sealed = data[1 : 1 + _NONCE_BYTES], data[1 + _NONCE_BYTES :]
    try:
        return _cipher(data_key).decrypt(nonce, sealed, _place(place))
    except (InvalidTag, ValueError):  # too short to hold a nonce
        return None


def _cipher(data_key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(data_key)


def _place(place: Key) -> bytes:
    return "\n".join(place).encode()
