"""Promise packs: data that say which clocks a case has, from when to when, and what follows. ISO 10002
names no figures; each pack says where its own come from. A pack file is taken whole or not at all."""

import re
from collections.abc import Container, Iterable
from datetime import date

import msgspec

from complaints.promise_packs.conditions import conditions_hold
from complaints.promise_packs.schema import Pack, PackClock, PackFile, Rung
from complaints.promise_packs.validation import Fault, faults
from complaints.values.validation_messages import error_code

__all__ = ["Pack", "PackClock", "PackRefused", "Rung", "conditions_hold", "in_force", "read_packs"]

_PLACE = re.compile(r"(?P<reason>.*) - at `(key in )?\$(?P<path>[^`]*)`", re.DOTALL)
_NAMED = re.compile(r"Object .* field `(?P<name>.*)`", re.DOTALL)
_TOGETHER = {
    "pause": "pause-rule",
    "conditions": "condition",
    "escalates": "step-without-share",
    "clocks": "units",
    "after": "units",
}
"""The code of what does not go together, by the part of a pack that it stands in."""


class PackRefused(ValueError):
    """A pack file that the product must not run on: where (a JSON pointer, RFC 6901) and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.pointer or '/'}: {fault.reason}")
        self.fault = fault


def read_packs(data: bytes, calendars: Container[str] = ()) -> tuple[Pack, ...]:
    """The packs of a file (JSON, format 1). `calendars` are the holiday calendars that a pack may name
    besides that of the site. Raises `PackRefused` for the first thing that is wrong."""
    try:
        file = msgspec.json.decode(data, type=PackFile)
    except msgspec.ValidationError as error:
        raise PackRefused(misshapen(error)) from error
    except msgspec.DecodeError as error:
        raise PackRefused(Fault("", "not JSON", "wrong-type")) from error
    for fault in faults(file, calendars):
        raise PackRefused(fault)
    return file.packs


def misshapen(error: msgspec.ValidationError, at: str = "") -> Fault:
    """What has not the shape of a pack file, or of the part of one that stands `at` a pointer. A place like
    `$.packs[0].clocks[1].unit` as a pointer; of a map only the map is named."""
    found = _PLACE.fullmatch(str(error))
    reason, path = (found["reason"], found["path"]) if found else (str(error), "")
    steps = re.findall(r"\w+", at + path.partition("[...]")[0])
    if isinstance(error.__cause__, ValueError):
        return Fault(_pointer(steps), reason, _TOGETHER.get(_part(steps), "wrong-form"))
    named = _NAMED.fullmatch(reason)
    wrong = error_code(_pointer([*steps, named["name"]] if named else steps), reason)
    return Fault(wrong.pointer, reason, wrong.code, wrong.limit)


def _pointer(steps: Iterable[str]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _part(steps: Iterable[str]) -> str:
    """The kind of part that a place is in: `clocks` of `packs`, `0`, `clocks`, `1`."""
    return next((step for step in reversed(list(steps)) if not step.isdigit()), "")


def in_force(packs: Iterable[Pack], on: date) -> tuple[Pack, ...]:
    """The packs that hold on a date: that of a clock's start event, in the clock's zone."""
    return tuple(pack for pack in packs if pack.is_in_force(on))
