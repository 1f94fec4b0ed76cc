"""Promise packs: data that say which clocks a case has, from when to when, and what follows. ISO 10002
names no figures; each pack says where its own come from. A pack file is taken whole or not at all."""

import re
from collections.abc import Container, Iterable
from datetime import date

import msgspec

from complaints.conditions import conditions_hold
from complaints.pack_checks import faults
from complaints.pack_format import Pack, PackClock, PackFile, Rung

__all__ = ["Pack", "PackClock", "PackRefused", "Rung", "conditions_hold", "in_force", "read_packs"]

_PLACE = re.compile(r"(?P<reason>.*) - at `(key in )?\$(?P<path>[^`]*)`", re.DOTALL)


class PackRefused(ValueError):
    """A pack file that the product must not run on: where (a JSON pointer, RFC 6901) and why."""

    def __init__(self, pointer: str, reason: str) -> None:
        super().__init__(f"{pointer or '/'}: {reason}")
        self.pointer = pointer
        self.reason = reason


def read_packs(data: bytes, calendars: Container[str] = ()) -> tuple[Pack, ...]:
    """The packs of a file (JSON, format 1). `calendars` are the holiday calendars that a pack may name
    besides that of the site. Raises `PackRefused` for the first thing that is wrong."""
    try:
        file = msgspec.json.decode(data, type=PackFile)
    except msgspec.ValidationError as error:
        raise _refused(error) from error
    except msgspec.DecodeError as error:
        raise PackRefused("", "not JSON") from error
    for pointer, reason in faults(file, calendars):
        raise PackRefused(pointer, reason)
    return file.packs


def _refused(error: msgspec.ValidationError) -> PackRefused:
    """A place like `$.packs[0].clocks[1].unit` as a pointer; of a map only the map is named."""
    found = _PLACE.fullmatch(str(error))
    if found is None:
        return PackRefused("", str(error))
    steps = re.findall(r"\w+", found["path"].partition("[...]")[0])
    return PackRefused("".join(f"/{step}" for step in steps), found["reason"])


def in_force(packs: Iterable[Pack], on: date) -> tuple[Pack, ...]:
    """The packs that hold on a date: that of a clock's start event, in the clock's zone."""
    return tuple(
        pack
        for pack in packs
        if pack.effective_from <= on and (pack.effective_to is None or on <= pack.effective_to)
    )
