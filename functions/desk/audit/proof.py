"""The proof of the record: how far it is sealed outside the table, and what the verifications of it found."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.checkpoints.checkpoint_chain import Trust
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.places import (
    CHECKPOINTS,
    KEYS,
    checkpoint_key,
    checkpoint_name,
    kind_of,
    stamp_key,
)
from complaints.checkpoints.ports import NotStamped
from complaints.checkpoints.signature import trusted_keys
from complaints.checkpoints.stamps.stamped_days import stamped_days
from complaints.checkpoints.statement import NotAStatement, Statement, from_stored, hash_of, read_statement
from complaints.checkpoints.verification.restores import read_restores
from complaints.checkpoints.verification.rounds import rounds
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.checkpoints.ports import EvidenceFiles


READ = "read_proof"
SHOWN = 14
"""How many verifications are shown: as many days."""

LATE = timedelta(hours=2)
"""How long after an hour its checkpoint must be there."""


class ShownCheckpoint(Struct, frozen=True, kw_only=True):
    """The last checkpoint: what changed until then is sealed. `statement` is the hash of what was signed."""

    name: str
    until: datetime
    leaves: int
    statement: str


class ShownVerification(Struct, frozen=True, kw_only=True):
    """What a verification looked at, how much does not fit, and the first of that."""

    at: datetime
    checkpoints: int
    chains: int
    letters: int
    files: int
    count: int
    differences: tuple[Difference, ...]


class ShownRestore(Struct, frozen=True, kw_only=True):
    """A restore on record: to which moment, and when that was said. What was sealed between is excused."""

    to: datetime
    at: datetime


class ShownStamp(Struct, frozen=True, kw_only=True):
    """The last time stamp (RFC 3161): an authority outside saw this checkpoint not later than then. It is
    signed as it should be; whom to trust, who audits says (`make verify`, `verify.py`; docs/evidence.md)."""

    checkpoint: str
    at: datetime


class Proof(Struct, frozen=True, kw_only=True):
    """`keys` are the ids of the keys that signed: write them down. `is_late` says that a checkpoint is
    missing by now. Where an authority stamps checkpoints, `stamp` is its last one of a month, and
    `is_unstamped` says that one is missing for more than a day."""

    keys: tuple[str, ...]
    checkpoint: ShownCheckpoint | None
    is_late: bool
    verifications: tuple[ShownVerification, ...]
    restores: tuple[ShownRestore, ...] = ()
    stamp: ShownStamp | None = None
    is_unstamped: bool = False


def show(visit: Visit) -> Response:
    """How far the record is sealed, and what the last verifications found."""
    auth.authenticate(visit, auth.claims(visit, READ), READ)
    return json_response(proof_of(visit.deps))


def proof_of(deps: Container) -> Proof:
    """What the evidence bucket says. Raises `Unavailable`."""
    files, now = deps.evidence, deps.now()
    ids = [key.removeprefix(KEYS).removesuffix(".pem") for key in files.keys(KEYS)]
    trust = Trust(trusted_keys(files, None, ids))
    last = _last(deps, now)
    days = stamped_days(files, now) if deps.settings.time_stamps else None
    return Proof(
        keys=tuple(sorted(trust.keys)),
        checkpoint=last,
        is_late=last is None or now - last.until > LATE,
        verifications=tuple(
            ShownVerification(
                at=each.at,
                checkpoints=each.new.checkpoints + each.old.checkpoints,
                chains=each.new.chains + each.old.chains,
                letters=each.new.letters + each.old.letters,
                files=each.new.files + each.old.files,
                count=each.count,
                differences=each.differences,
            )
            for each in rounds(files, trust, SHOWN)
        ),
        restores=tuple(
            ShownRestore(to=each.to, at=each.at) for each in reversed(read_restores(files, trust)[0])
        ),
        stamp=_stamp(files, days.last) if days and days.last else None,
        is_unstamped=days is not None and days.is_late(now),
    )


def _last(deps: Container, now: datetime) -> ShownCheckpoint | None:
    """The last checkpoint, of these two days or else of these three months: one that came late seals all that
    changed until then, and is called as the hour in which it begins."""
    days = [f"{now:%Y/%m/%d}T", f"{now - timedelta(days=1):%Y/%m/%d}T"]
    months = [f"{now - timedelta(days=ago):%Y/%m}/" for ago in (0, now.day, now.day + 31)]
    for begin in (*days, *months):
        keys = [key for key in deps.evidence.keys(f"{CHECKPOINTS}{begin}") if kind_of(key) == "hour"]
        for key in reversed(keys):
            found = _read(deps.evidence.get(key) or b"")
            if found:
                statement, data = found
                return ShownCheckpoint(
                    name=key.removeprefix(CHECKPOINTS).removesuffix(".json"),
                    until=statement.until,
                    leaves=statement.size,
                    statement=hash_of(data),
                )
    return None


def _stamp(files: "EvidenceFiles", day: datetime) -> ShownStamp | None:
    """The time stamp of the checkpoint of a day, if it is one."""
    # cryptography is imported where it is used: auditors alone need it (gate "cold start").
    from complaints.checkpoints.stamps.time_stamp import read_time_stamp

    try:
        stamp = read_time_stamp(files.get(stamp_key(day)) or b"")
    except NotStamped:
        return None
    if stamp.imprint != sha256(files.get(checkpoint_key("day", day)) or b"").digest():
        return None
    return ShownStamp(checkpoint=checkpoint_name("day", day), at=stamp.at)


def _read(stored: bytes) -> tuple[Statement, bytes] | None:
    try:
        data = from_stored(stored)[0]
        return read_statement(data), data
    except NotAStatement:
        return None
