"""The checkpoints since the period began, and for each chain of the pack the proof that one holds its end.

Statements are copied as they are; of their leaves only the proofs are in the pack.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, time
from typing import Any

import msgspec

from complaints.checkpoints.leaf import ChainLeaf, NotALeaf, read_leaf
from complaints.checkpoints.merkle_tree import MerkleTree
from complaints.checkpoints.places import CHECKPOINTS, KEYS, RESTORES, leaves_key
from complaints.checkpoints.restores import RestoreStatement
from complaints.checkpoints.statement import NotAStatement, Statement, from_stored, read_statement
from complaints.evidence.pack_work import Stage
from functions.workers.evidence.building import Building

STEP = 500
"""How many checkpoints one step copies, or looks through for proofs."""


def step(building: Building) -> None:
    """Copies the next checkpoints; when all are there, looks for proofs, in the newest first."""
    names = _names(building)
    kind, _, number = (building.work.place or "copy/0").partition("/")
    begin = int(number)
    if kind == "copy":
        for name in names[begin : begin + STEP]:
            content = building.deps.evidence.get(name)
            if content is not None:
                building.archive.add(name, content)
        is_over = begin + STEP >= len(names)
        building.go_on(place="prove/0" if is_over else f"copy/{begin + STEP}", checkpoints=len(names))
        if is_over:
            _add_keys(building)
            building.go_on(unproven=tuple(sorted(building.work.heads)))
        return
    hours = [name for name in reversed(names) if "T" in name]
    sought = {name: building.work.heads[name] for name in building.work.unproven}
    restores = list(_restores(building))
    lines = [
        line for name in hours[begin : begin + STEP] for line in _proofs(building, name, sought, restores)
    ]
    building.lines(11, f"{begin:06d}.proofs.jsonl", lines)
    is_over = begin + STEP >= len(hours) or not sought
    building.go_on(
        unproven=tuple(sorted(sought)),
        stage=Stage.END if is_over else Stage.PROOFS,
        place=None if is_over else f"prove/{begin + STEP}",
    )


def _names(building: Building) -> Sequence[str]:
    """The checkpoints since the period began, those of hours and of days, up to when the pack was ordered: so
    each step finds the same ones, without a gap."""
    first = datetime.combine(building.pack.since, time(), building.terms.zone).astimezone(UTC)
    hours, days = f"{CHECKPOINTS}{first:%Y/%m/%dT%H}", f"{CHECKPOINTS}{first:%Y/%m/%d}"
    ordered = building.pack.ordered_at.astimezone(UTC)
    last_hour, last_day = f"{CHECKPOINTS}{ordered:%Y/%m/%dT%H}", f"{CHECKPOINTS}{ordered:%Y/%m/%d}"
    found = []
    for name in building.deps.evidence.keys(CHECKPOINTS):
        stem = name.removesuffix(".json")
        is_of_time = hours <= stem < last_hour if "T" in stem else days <= stem < last_day
        if name.endswith(".json") and is_of_time:
            found.append(name)
    return found


def _add_keys(building: Building) -> None:
    """The public halves of all keys that ever signed."""
    for name in building.deps.evidence.keys(KEYS):
        content = building.deps.evidence.get(name)
        if content is not None:
            building.archive.add(name, content)


def _proofs(
    building: Building, name: str, sought: dict[str, int], restores: Sequence[RestoreStatement]
) -> Iterator[Mapping[str, Any]]:
    """The proofs for the chains that this checkpoint has; what is found is sought no more.

    A chain that went on since the pack has it is proven by an earlier checkpoint.
    """
    lines = _leaves(building, name, restores) if sought else []
    places = [(place, leaf) for place, line in enumerate(lines) if (leaf := _chain(line)) is not None]
    wanted = [(place, leaf) for place, leaf in places if leaf.number <= sought.get(leaf.chain, 0)]
    if not wanted:
        return
    tree = MerkleTree(lines)
    for place, leaf in sorted(wanted, key=lambda each: -each[1].number):
        if sought.pop(leaf.chain, None) is not None:
            yield {
                "leaf": msgspec.to_builtins(leaf),
                "checkpoint": name,
                "index": place,
                "size": tree.size,
                "path": [each.hex() for each in tree.proof(place)],
            }


def _leaves(building: Building, name: str, restores: Sequence[RestoreStatement]) -> Sequence[bytes]:
    """The leaves of a checkpoint; none where it cannot be read, which the verifier will say of it, and none
    of hours that a restore took back."""
    stored = building.deps.evidence.get(name)
    try:
        statement = read_statement(from_stored(stored or b"")[0])
    except NotAStatement:
        return []
    if any(_is_taken_back(statement, each) for each in restores):
        return []
    packed = building.deps.evidence.get(leaves_key(statement)) if statement.size else None
    return gzip.decompress(packed).splitlines() if packed else []


def _chain(line: bytes) -> ChainLeaf | None:
    try:
        leaf = read_leaf(line)
    except NotALeaf:
        return None
    return leaf if isinstance(leaf, ChainLeaf) else None


def _restores(building: Building) -> Iterator[RestoreStatement]:
    for name in building.deps.evidence.keys(RESTORES):
        with suppress(NotAStatement, ValueError):
            data, _ = from_stored(building.deps.evidence.get(name) or b"")
            yield msgspec.json.decode(data, type=RestoreStatement)


def _is_taken_back(statement: Statement, restore: RestoreStatement) -> bool:
    return restore.to < statement.until and statement.since < restore.at
