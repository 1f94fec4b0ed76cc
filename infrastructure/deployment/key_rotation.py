"""Rotation of the installation's keys: a new generation signs, and what the earlier ones signed stays good,
until a stolen one is ended."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from complaints.values.key_ring import KeyNotReadable, KeyRing
from infrastructure.deployment.secrets import SIZE
from infrastructure.errors import CannotDeploy
from infrastructure.template.permissions.secrets import PURPOSES

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient

MOST = {"access": 60, "cursor": 2, "proof": 2, "session": 2, "webhook": 2}
"""How many generations of a key are valid at once. What `access` signed lives as long as a case does: links,
and addresses of answers. Sixty take some 2,900 of the 4,096 signs of a parameter. The others sign for a day
at most, but for `webhook`, by which receivers hold a secret of their own."""

SIGNS_FOR = {
    "cursor": timedelta(days=1),
    "proof": timedelta(days=1),
    "session": timedelta(hours=8),
    "webhook": timedelta(days=1),
}
"""How long what a key signed is in use: a rotation that would end such a generation sooner is refused."""

STORED = {
    "reference": "a complaint that is sent or imported again is taken a second time",
    "replay": "a request of the last 48 hours that is repeated is done twice",
    "search": "no case is found by its words until `make index` has run",
}
"""Keys that sign nothing: what they are made of is stored, in one generation. What follows from a new one."""

ALL = "all"


def rotate(ssm: "SSMClient", prefix: str, purpose: str, end: str = "") -> str:
    """Give the key of `purpose` a new generation, or end some, and say what holds now.

    `end` is the number of a generation that somebody else has: what it signed is not good any more. `all`
    ends every one. Where the newest one is ended, a new one is made first. Raises `CannotDeploy`.
    """
    ring, made_at = _read(ssm, f"{prefix}/{purpose}", purpose)
    if not end:
        refuse_haste(purpose, ring, made_at, datetime.now(UTC))
    ring = rotated(purpose, ring, end, secrets.token_bytes(SIZE))
    ssm.put_parameter(Name=f"{prefix}/{purpose}", Value=ring.text(), Type="SecureString", Overwrite=True)
    return _said(purpose, ring)


def refuse_haste(purpose: str, ring: KeyRing, made_at: datetime, now: datetime) -> None:
    """Raises `CannotDeploy` where a rotation would end a generation whose signatures are still in use."""
    again_from = made_at + SIGNS_FOR.get(purpose, timedelta())
    if len(ring.generations) == MOST.get(purpose) and now < again_from:
        raise CannotDeploy(
            f"`{purpose}` was rotated at {made_at:%Y-%m-%dT%H:%M:%SZ}: what generation"
            f" {ring.generations[-1].number} signed is good until {again_from:%Y-%m-%dT%H:%M:%SZ}. Rotate"
            " then; END=<number> ends one that somebody else has."
        )


def rotated(purpose: str, ring: KeyRing, end: str, key: bytes) -> KeyRing:
    """The ring after a rotation, whose new generation, if there is one, is `key`. Raises `CannotDeploy`."""
    if purpose in STORED:
        if end != ALL:
            raise CannotDeploy(
                f"`{purpose}` has one generation: with a new key {STORED[purpose]}. END={ALL} does it."
            )
        return ring.rotated(key, 1)
    if end == ALL:
        return ring.rotated(key, 1)
    most = MOST[purpose]
    if not end:
        return ring.rotated(key, most)
    # The ended one takes no place: a good one must not be left out for it.
    after = ring.rotated(key, most + 1) if end == str(ring.newest.number) else ring
    try:
        return after.without(int(end))
    except ValueError as error:
        raise CannotDeploy(f"`{purpose}` has no generation {end}: {_numbers(ring)} are valid.") from error


def _read(ssm: "SSMClient", name: str, purpose: str) -> tuple[KeyRing, datetime]:
    """The ring of a key, and when it was last changed."""
    if purpose not in PURPOSES:
        raise CannotDeploy(f"There is no key `{purpose}`; there are {', '.join(PURPOSES)}.")
    try:
        found = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]
        return KeyRing.read(str(found["Value"])), found["LastModifiedDate"].astimezone(UTC)
    except ssm.exceptions.ParameterNotFound as error:
        raise CannotDeploy(f"{name} is not made yet: `make deploy` makes it.") from error
    except KeyNotReadable as error:
        raise CannotDeploy(f"{name} holds no key that can be read.") from error


def _said(purpose: str, ring: KeyRing) -> str:
    follows = f" From now on {STORED[purpose]}." if purpose in STORED else ""
    return (
        f"`{purpose}`: generation {ring.newest.number} signs, valid are {_numbers(ring)}; everywhere within"
        f" five minutes.{follows}"
    )


def _numbers(ring: KeyRing) -> str:
    return ", ".join(str(each.number) for each in ring.generations)
