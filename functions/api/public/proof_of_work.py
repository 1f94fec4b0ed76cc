"""Proof of work (ALTCHA, version 1): whether what was sent solves a challenge of ours."""

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from complaints.context.case import Guard
from complaints.values.errors import ProofRefused
from complaints.values.key_ring import KeyRing

EXPIRES = timedelta(minutes=10)
MOST_LENGTH = 2_000
ALGORITHM: Literal["SHA-256"] = "SHA-256"


def check(proof: str | None, keys: KeyRing, site: str, now: datetime) -> Guard:
    """The guard that spends a good proof. Raises `ProofRefused`."""
    from altcha.v1 import extract_params, verify_solution

    payload = _payload(proof)
    try:
        params = extract_params(payload)
        key = keys.find(params.get("key", [""])[0])
        good = key is not None and verify_solution(payload, key.hex(), check_expires=False)[0]
        expires = datetime.fromtimestamp(int(params["expires"][0]), UTC)
    except (KeyError, ValueError, TypeError, OverflowError, AttributeError) as error:
        raise ProofRefused from error
    if not good or expires < now or params.get("site", [site])[0] != site:
        raise ProofRefused
    spent = sha256(f"proof|{payload['challenge']}".encode()).hexdigest()
    return Guard(id=spent, at=now, expires=expires + EXPIRES)


def _payload(proof: str | None) -> Any:
    """What the proof says (base64 of JSON). Raises `ProofRefused`."""
    if not proof or len(proof) > MOST_LENGTH:
        raise ProofRefused
    try:
        payload = json.loads(base64.b64decode(proof, validate=True))
    except (ValueError, RecursionError) as error:
        raise ProofRefused from error
    if not isinstance(payload, dict) or payload.get("algorithm") != ALGORITHM:
        raise ProofRefused
    # As a text the number could take over the end of the salt, and so the site that it is bound to.
    if type(payload.get("number")) is not int:
        raise ProofRefused
    return payload
