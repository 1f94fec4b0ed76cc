"""Rounds of verification: each day what is new is verified, and some of what is older.

    new    from where the last round ended, to the last checkpoint, a fortnight at most
    old    a fortnight of checkpoints from where the last round stopped; after the end, from the beginning

What a round found is a signed file in the bucket, and says where the next one goes on: who can only write to
the table cannot lead it past anything.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from complaints.checkpoints.checkpoint_chain import Trust, names
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.places import VERIFICATIONS, checkpoint_name
from complaints.checkpoints.ports import EvidenceFiles, Signer
from complaints.checkpoints.signature import is_signed, key_id
from complaints.checkpoints.statement import FORMAT, NotAStatement, from_stored, statement_bytes, to_stored
from complaints.checkpoints.verification.ledger import Ledger
from complaints.checkpoints.verification.stored_files import FilesRead
from complaints.checkpoints.verification.verify import Scope, Verified, verify

FORTNIGHT = 24 * 14
"""How many checkpoints each part of a round looks at, at most."""

MOST_READ = 10
"""Of how many files of a case a round reads the bytes, where the store does not tell their SHA-256."""

MOST_NAMED = 50
"""How many differences a round names; it counts all."""

JSON = "application/json"
NOTHING = Scope(since="~", until="~")
"""No checkpoint has such a name."""


class Part(Struct, frozen=True, kw_only=True):
    """What a round looked at: the checkpoints behind `since` up to `until`. `after` is the chain behind which
    the next round goes on, if there was no time for all, and `partly` the chain behind that, of which there
    was time up to `place`."""

    since: str
    until: str
    after: str = ""
    partly: str = ""
    place: str = ""
    checkpoints: int = 0
    chains: int = 0
    letters: int = 0
    files: int = 0


class Round(Struct, frozen=True, kw_only=True):
    """What is signed of a round: what was looked at, how much does not fit, and the first of that."""

    format: int = FORMAT
    kind: Literal["verification"] = "verification"
    installation: str
    at: datetime
    new: Part
    old: Part
    count: int
    differences: tuple[Difference, ...]
    key: str


_decode = msgspec.json.Decoder(Round).decode


def go_round(
    files: EvidenceFiles,
    ledger: Ledger,
    signer: Signer,
    trust: Trust,
    installation: str,
    now: datetime,
    goes_on: Callable[[], bool],
) -> Round:
    """Verifies what is due, and puts it on record. May raise `Unavailable`."""
    last = next(iter(rounds(files, trust, 1)), None)
    past = checkpoint_name("hour", now)
    found = [name for name in names(files) if name <= past]
    reads = FilesRead(MOST_READ, f"{now:%Y-%m-%d}", now)
    new, seen = _part(files, ledger, trust, replace(_new(last, found), reads=reads), goes_on)
    # What was found of the new is put on record, whether or not there is time for the old.
    if goes_on():
        old, older = _part(files, ledger, trust, replace(_old(last, found), reads=reads), goes_on)
    else:
        old, older = _none_of(last), ()
    differences = tuple(dict.fromkeys((*seen, *older)))
    made = Round(
        installation=installation,
        at=now,
        new=new,
        old=old,
        count=len(differences),
        differences=differences[:MOST_NAMED],
        key=key_id(signer.public_key),
    )
    data = statement_bytes(made)
    files.put(_key(now), to_stored(data, signer.sign(data)), JSON)
    return made


def rounds(files: EvidenceFiles, trust: Trust, most: int, *, before: datetime | None = None) -> list[Round]:
    """The last rounds on record that are signed and stand where they say, the latest first; those from
    `before` an instant, if one is named."""
    found: list[Round] = []
    last = _key(before.astimezone(UTC)) if before else None
    for key in reversed([each for each in files.keys(VERIFICATIONS) if last is None or each < last]):
        if len(found) == most:
            break
        try:
            data, signature = from_stored(files.get(key) or b"")
            read = _decode(data)
        except (NotAStatement, ValueError):
            continue
        public = trust.keys.get(read.key)
        if public and is_signed(data, signature, public) and key == _key(read.at):
            found.append(read)
    return found


def _key(at: datetime) -> str:
    return f"{VERIFICATIONS}{at:%Y-%m-%dT%H-%M-%S}.json"


def _none_of(last: Round | None) -> Part:
    """Where the old part of the round before stopped, for a round that had no time for it."""
    if last is None:
        return Part(since=NOTHING.since, until=NOTHING.until)
    return replace(last.old, checkpoints=0, chains=0, letters=0, files=0)


def _part(
    files: EvidenceFiles, ledger: Ledger, trust: Trust, scope: Scope, goes_on: Callable[[], bool]
) -> tuple[Part, tuple[Difference, ...]]:
    """What was looked at of a scope. It ends with the last checkpoint that held, so that none which nobody of
    ours signed leads the next round past others; where none held, with the scope."""
    seen: Verified = verify(files, ledger, trust, scope, goes_on)
    part = Part(
        since=scope.since,
        until=seen.last if seen.checkpoints else scope.until,
        after=seen.stopped_after,
        partly=seen.partly,
        place=seen.place,
        checkpoints=seen.checkpoints,
        chains=seen.chains,
        letters=seen.letters,
        files=seen.files,
    )
    return part, seen.differences


def _new(last: Round | None, found: list[str]) -> Scope:
    if last and last.new.after:
        return _rest_of(last.new)
    since = last.new.until if last else ""
    chosen = [name for name in found if name > since][:FORTNIGHT]
    return Scope(since=since, until=chosen[-1]) if chosen else Scope(since=since, until=since)


def _rest_of(part: Part) -> Scope:
    """What there was no time for."""
    return Scope(since=part.since, until=part.until, after=part.after, partly=part.partly, place=part.place)


def _old(last: Round | None, found: list[str]) -> Scope:
    if last is None:
        return NOTHING
    if last.old.after:
        return _rest_of(last.old)
    begun = last.old.until if last.old.until < last.new.until else ""
    chosen = [name for name in found if begun < name <= last.new.until][:FORTNIGHT]
    return Scope(since=begun, until=chosen[-1]) if chosen else NOTHING
