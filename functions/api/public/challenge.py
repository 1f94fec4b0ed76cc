"""A challenge (ALTCHA, version 1): a proof of work that costs a robot something and a person nothing."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from complaints.values.key_ring import KeyRing
from functions.api.public.proof_of_work import ALGORITHM, EXPIRES

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
