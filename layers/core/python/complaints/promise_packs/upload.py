"""A pack file that an administrator brings, as the JSON object that was sent: judged whole, each fault at its
place. What was promised by a version of it is never changed afterwards."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from complaints.promise_packs.loader import PackRefused, misshapen
from complaints.promise_packs.schema import Pack, PackClock, PackFile
from complaints.promise_packs.validation import Fault, faults

_DAY = timedelta(days=1)
_END = "effective_to"


def packs_in(file: object) -> tuple[Pack, ...]:
    """The packs of a file that was judged when it was taken. Raises `PackRefused` when this program cannot
    read it any more."""
    try:
        return msgspec.convert(file, PackFile).packs
    except msgspec.ValidationError as error:
        raise PackRefused(misshapen(error)) from error


def faults_of(file: object, calendars: Container[str]) -> tuple[Fault, ...]:
    """All errors of a file: first those of its shape, each clock separately, then all others."""
    shape = tuple(_misshapen(file))
    return shape or tuple(faults(msgspec.convert(file, PackFile), calendars))


def faults_of_versions(name: str, packs: Sequence[Pack]) -> Iterator[Fault]:
    """The errors of packs that are stored under one name: they are versions of one, in order."""
    for place, pack in enumerate(packs):
        if pack.id != name:
            yield Fault(f"/packs/{place}/id", f"is not {name!r}", "pack-id")
    last = 0
    for place, pack in sorted(enumerate(packs), key=lambda each: each[1].effective_from):
        if pack.version <= last:
            yield Fault(f"/packs/{place}/version", f"comes after version {last}", "version-order")
        last = pack.version


def faults_against(before: Iterable[Pack], after: Sequence[Pack], today: date) -> Iterator[Fault]:
    """What a file changes of versions that may have been in force somewhere: nothing is allowed but another
    end, which has not passed. Open clocks keep the version under which they started."""
    places = {pack.version: place for place, pack in enumerate(after)}
    for old in before:
        if old.effective_from > today + _DAY:
            continue
        if old.version not in places:
            yield Fault("/packs", f"version {old.version} is missing", "version-kept")
            continue
        place = places[old.version]
        for field in _changed(old, after[place]):
            if field != _END:
                yield Fault(f"/packs/{place}/{field}", "was in force", "version-kept")
            elif any(end and end < today for end in (old.effective_to, after[place].effective_to)):
                yield Fault(f"/packs/{place}/{field}", "has passed", "ends-in-the-past")


def _changed(old: Pack, new: Pack) -> Iterator[str]:
    return (name for name in Pack.__struct_fields__ if getattr(old, name) != getattr(new, name))


def _misshapen(file: object) -> Iterator[Fault]:
    """The first fault of each clock; where there is none, of each pack; where there is none, of the file."""
    packs = list(_listed("", file, "packs"))
    clocks = [clock for at, pack in packs for clock in _listed(at, pack, "clocks")]
    levels: tuple[tuple[list[tuple[str, Any]], type[msgspec.Struct]], ...] = (
        (clocks, PackClock),
        (packs, Pack),
        ([("", file)], PackFile),
    )
    for parts, kind in levels:
        found = [fault for at, part in parts for fault in _misfits(at, part, kind)]
        if found:
            yield from found
            return


def _listed(at: str, part: object, field: str) -> Iterator[tuple[str, Any]]:
    """The items of a list in a part, as far as it is one, each with its place."""
    items = part.get(field) if isinstance(part, dict) else None
    for place, item in enumerate(items if isinstance(items, list) else ()):
        yield f"{at}/{field}/{place}", item


def _misfits(at: str, part: object, kind: type[msgspec.Struct]) -> Iterator[Fault]:
    try:
        msgspec.convert(part, kind)
    except msgspec.ValidationError as error:
        yield misshapen(error, at)
