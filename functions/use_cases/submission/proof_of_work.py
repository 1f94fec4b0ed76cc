"""Proof of work (ALTCHA, version 1): whether what was sent solves a challenge of ours.

A challenge (ALTCHA, version 1): a proof of work that costs a robot something and a person nothing.
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

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


MOST_NUMBER = 50_000
"""Some 25,000 hashes on average: a few tenths of a second on a telephone."""

HARDEST = 3
"""How many times as many it may be while a site is flooded: at most 7.5 seconds on a slow telephone, which
makes 20,000 hashes a second, and half of that on average."""


class Challenge(Struct, frozen=True, kw_only=True):
    """A challenge of ALTCHA, version 1."""

    algorithm: Literal["SHA-256"]
    challenge: str
    salt: str
    signature: str
    maxnumber: int


def most_number(pressure: float) -> int:
    """How far the number may have to be looked for, where so many times the usual number of complaints comes.

    >>> most_number(0.9), most_number(1.5), most_number(40)
    (50000, 100000, 150000)
    """
    return MOST_NUMBER * min(HARDEST, 1 + int(pressure))


def new_challenge(keys: KeyRing, site: str, now: datetime, most: int = MOST_NUMBER) -> Challenge:
    """A new challenge, bound to a site when one is named; nothing is stored.

    Its salt names the generation of the key, unless it is the first.
    """
    from altcha.v1 import ChallengeOptions, create_challenge

    named = {"site": site, "key": keys.newest.id}
    made = create_challenge(
        ChallengeOptions(
            algorithm=ALGORITHM,
            max_number=most,
            hmac_key=keys.newest.key.hex(),
            expires=now + EXPIRES,
            params={name: value for name, value in named.items() if value} or None,
        )
    )
    return Challenge(
        algorithm=ALGORITHM,
        challenge=made.challenge,
        salt=made.salt,
        signature=made.signature,
        maxnumber=made.max_number,
    )
