"""What makes a submission the same one again: who sent it, under which key, and what it says."""

import hmac
from typing import Any

import msgspec

from complaints.casework import Submission
from complaints.world.assemble import world

_canonical = msgspec.json.Encoder(order="sorted").encode


def submission(site: str, key: str, body: dict[str, Any], by: str = "") -> Submission:
    """The submission of a body under a key; `by` is the member of staff who took it down."""
    scope = f"{by}|{site}|{key}" if by else f"{site}|{key}"
    return Submission(site=site, key=_hash(scope.encode()), body=_keyed(body))


def _keyed(body: dict[str, Any]) -> str:
    """The body without its proof: a fresh proof makes no other body."""
    return _hash(_canonical({name: value for name, value in body.items() if name != "proof"}))


def _hash(said: bytes) -> str:
    return hmac.digest(world().keys.key("replay"), said, "sha256").hex()
