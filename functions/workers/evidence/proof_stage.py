"""The checkpoints since the period began, and the proofs of all that they hold of the chains of the pack and
of the letters of its cases that left.

Statements and their time stamps are copied as they are; of their leaves only the proofs are in the pack.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

import msgspec

from complaints.checkpoints.leaf import ChainLeaf, LetterLeaf, NotALeaf, read_leaf
from complaints.checkpoints.merkle_tree import MerkleTree
from complaints.checkpoints.places import (
    CHECKPOINTS,
    KEYS,
    checkpoint_name,
    kind_of,
    leaves_key,
    stamp_beside,
)
from complaints.checkpoints.statement import NotAStatement, Statement, from_stored, read_statement
from complaints.checkpoints.verification.chain_differences import CASE, Restore
from complaints.checkpoints.verification.restores import read_restores, restore_key
from complaints.delivery.delivery_state import SENT
from complaints.evidence.pack_work import Stage
from functions.workers.evidence.building import Building, trust_of

STEP = 500
"""How many checkpoints one step copies, or looks through for proofs."""


def step(building: Building) -> None:
    """Copies the next checkpoints; when all are there, looks through them for proofs, the newest first."""
    names = _names(building)
    kind, _, number = (building.work.place or "copy/0").partition("/")
    begin = int(number)
    if kind == "copy":
        for name in names[begin : begin + STEP]:
            content = building.deps.evidence.get(name)
            if content is not None:
                building.archive.add(name, content)
            if kind_of(name) == "day" and (stamp := building.deps.evidence.get(stamp_beside(name))):
                building.archive.add(stamp_beside(name), stamp)
        is_over = begin + STEP >= len(names)
        building.go_on(place="prove/0" if is_over else f"copy/{begin + STEP}", checkpoints=len(names))
        if is_over:
            _add_keys(building)
            _add_restores(building)
            building.go_on(unproven=tuple(sorted(building.work.heads)))
        return
    hours = [name for name in reversed(names) if "T" in name]
    restores = _restores(building)
    lines = [line for name in hours[begin : begin + STEP] for line in _proofs(building, name, restores)]
    building.lines(11, f"{begin:06d}.proofs.jsonl", lines)
    proven = {line["leaf"]["chain"] for line in lines if "chain" in line["leaf"]}
    is_over = begin + STEP >= len(hours)
    building.go_on(
        unproven=tuple(each for each in building.work.unproven if each not in proven),
        stage=Stage.END if is_over else Stage.PROOFS,
        place=None if is_over else f"prove/{begin + STEP}",
    )


def _names(building: Building) -> Sequence[str]:
    """The checkpoints since the period began, those of hours and of days, up to when the pack was ordered: so
    what is sealed in them was written before any chain of the pack was read. The one of hours before them may
    be of a run that came late, and reach into the period.

    Each step finds those that were there for the first one, also where others are sealed meanwhile.
    """
    first = datetime.combine(building.pack.since, time(), building.terms.zone).astimezone(UTC)
    hours, days = f"{CHECKPOINTS}{first:%Y/%m/%dT%H}", f"{CHECKPOINTS}{first:%Y/%m/%d}"
    ordered = building.pack.ordered_at.astimezone(UTC)
    last_hour, last_day = f"{CHECKPOINTS}{ordered:%Y/%m/%dT%H}", f"{CHECKPOINTS}{ordered:%Y/%m/%d}"
    before: str | None = None
    of_hours, of_days = [], []
    for name in building.deps.evidence.keys(CHECKPOINTS):
        stem = name.removesuffix(".json")
        if name.endswith(".json") and "T" in stem and stem < last_hour:
            before = name if stem < hours else before
            of_hours += [name] if stem >= hours else []
        elif name.endswith(".json") and "T" not in stem and days <= stem < last_day:
            of_days.append(name)
    of_hours = [before, *of_hours] if before else of_hours
    if building.work.newest is None:
        if of_hours and _is_late(building, of_hours[-1]):
            of_hours.pop()
        building.go_on(newest=(of_hours[-1:] or [""])[0], newest_day=(of_days[-1:] or [""])[0])
    newest, newest_day = building.work.newest or "", building.work.newest_day
    return sorted(
        [each for each in of_hours if each <= newest] + [each for each in of_days if each <= newest_day]
    )


def _is_late(building: Building, name: str) -> bool:
    """Whether a run that came late sealed in it what was written after the pack was ordered: only the last
    one can be such, as each begins where the one before it ends."""
    try:
        statement = read_statement(from_stored(building.deps.evidence.get(name) or b"")[0])
    except NotAStatement:
        return False
    return statement.until > building.pack.ordered_at


def _add_keys(building: Building) -> None:
    """The public halves of all keys that ever signed."""
    for name in building.deps.evidence.keys(KEYS):
        content = building.deps.evidence.get(name)
        if content is not None:
            building.archive.add(name, content)


def _add_restores(building: Building) -> None:
    """What was written in the hour before a restore has no proof: its leaves were taken back with it."""
    for each in _restores(building):
        key = restore_key(each.at)
        building.archive.add(key, building.deps.evidence.get(key) or b"")


def _proofs(building: Building, name: str, restores: Sequence[Restore]) -> Iterator[Mapping[str, Any]]:
    """The proofs for the chains of the pack that this checkpoint has: all that was ever sealed of a chain
    must be in it, for who rewrites or cuts one has its new end sealed an hour later."""
    lines = _leaves(building, name, restores)
    places = [(place, leaf) for place, line in enumerate(lines) if (leaf := _wanted(line)) is not None]
    wanted = [(place, leaf) for place, leaf in places if _chain(leaf) in building.work.heads]
    if not wanted:
        return
    tree = MerkleTree(lines)
    for place, leaf in wanted:
        yield {
            "leaf": msgspec.to_builtins(leaf),
            "checkpoint": name,
            "index": place,
            "size": tree.size,
            "path": [each.hex() for each in tree.proof(place)],
        }


def _leaves(building: Building, name: str, restores: Sequence[Restore]) -> Sequence[bytes]:
    """The leaves of a checkpoint; none where it cannot be read, which the verifier will say of it, none where
    they are not there or cannot be, which the pack says, and none of hours that a restore took back."""
    stored = building.deps.evidence.get(name)
    try:
        statement = read_statement(from_stored(stored or b"")[0])
    except NotAStatement:
        return []
    if any(_is_taken_back(statement, each) for each in restores):
        return []
    packed = building.deps.evidence.get(leaves_key(statement)) if statement.size else None
    called = checkpoint_name(statement.kind, statement.since)
    if packed is None:
        if statement.size:
            building.leave_out("checkpoint", called)
        return []
    with building.naming("checkpoint", called):
        return gzip.decompress(packed).splitlines()
    return []


def _wanted(line: bytes) -> ChainLeaf | LetterLeaf | None:
    """The end of a chain, or a letter that left."""
    try:
        leaf = read_leaf(line)
    except NotALeaf:
        return None
    if isinstance(leaf, LetterLeaf):
        return leaf if leaf.digest or leaf.state == SENT else None
    return leaf if isinstance(leaf, ChainLeaf) else None


def _chain(leaf: ChainLeaf | LetterLeaf) -> str:
    """The chain that a leaf is of; a letter is of its case."""
    return leaf.chain if isinstance(leaf, ChainLeaf) else CASE + leaf.letter.partition("/")[0]


def _restores(building: Building) -> Sequence[Restore]:
    """Those that the installation signed: anybody's word would excuse what is gone."""
    return read_restores(building.deps.evidence, trust_of(building.deps))[0]


def _is_taken_back(statement: Statement, restore: Restore) -> bool:
    return restore.to < statement.until and statement.since < restore.at
