"""Signatures by a key in AWS KMS (port `Signer`), which never leaves it."""

from functools import cached_property
from hashlib import sha256
from typing import Any

import botocore.session
from botocore.config import Config

from complaints.adapters.aws_errors import answering
from complaints.checkpoints.signature import to_raw

_PATIENT = Config(retries={"total_max_attempts": 3, "mode": "standard"}, connect_timeout=2, read_timeout=8)

_MOST_HASHED = 4096
"""Bytes that KMS hashes itself before it signs (API reference, `Sign`); of more it takes the hash."""


class KmsSigner:
    """One key of the type ECC_NIST_P256, by its id. The client is made on first use, unless one is passed."""

    def __init__(self, key: str, client: Any = None) -> None:
        self._key, self._own_client = key, client

    @cached_property
    def public_key(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

        with answering():
            der = self._client.get_public_key(KeyId=self._key)["PublicKey"]
        return load_der_public_key(der).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message: bytes) -> bytes:
        is_long = len(message) > _MOST_HASHED
        with answering():
            signed = self._client.sign(
                KeyId=self._key,
                Message=sha256(message).digest() if is_long else message,
                MessageType="DIGEST" if is_long else "RAW",
                SigningAlgorithm="ECDSA_SHA_256",
            )
        return to_raw(signed["Signature"])

    @cached_property
    def _client(self) -> Any:
        return self._own_client or botocore.session.get_session().create_client("kms", config=_PATIENT)
