"""What a pack file must keep beyond its shape, before the product runs on it."""

from collections.abc import Container, Iterable, Iterator, Sized
from datetime import timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from complaints.calendars.opening_hours import WindowsRefused, check_week, days_of_week, minutes_of_week
from complaints.calendars.time_zones import UnknownZone, zone_named
from complaints.promise_packs.schema import SURVEY, Pack, PackClock, PackFile, Rung


class Fault(NamedTuple):
    """Where it stands (a JSON pointer), what is wrong there, and that as a code of the catalogue, which may
    name a limit."""

    pointer: str
    reason: str
    code: str
    limit: int | str | None = None


MOST_VERSIONS, MOST_CLOCKS, MOST_RUNGS = 100, 30, 10
"""What a file, a pack and a clock may hold: every case under a pack computes with all of it."""

LETTER_PARTS = frozenset(
    {
        "due",
        "expected_on",
        "external_body",
        "ground",
        "last_day",
        "new_date",
        "outcome",
        "reasons",
        "received",
    }
)
"""What letters say by themselves, as `contents` of a pack name it."""

_LONGEST_EXTENSION = 10
_MOST_COUNTED = 1000
_MOST_WEEKS = 104
_MOST_WEEKS_OF_DAYS = 200
_RUNNING = ("minutes", "hours")
_NOMINAL_HOURS = {
    "minutes": 1 / 60,
    "hours": 1.0,
    "business_hours": 1.0,
    "business_days": 24.0,
    "calendar_days": 24.0,
    "weeks": 7 * 24.0,
    "months": 30 * 24.0,
}


def faults(file: PackFile, calendars: Container[str]) -> Iterator[Fault]:
    """All that is wrong with the file; `calendars` are the holiday calendars there are."""
    if too_many := [*_too_many("", file.packs, "packs", MOST_VERSIONS), *_crowded(file.packs)]:
        yield from too_many
        return
    events = frozenset(file.events)
    blocks = frozenset(block.id for block in file.letter_blocks)
    for number, pack in enumerate(file.packs):
        at = f"/packs/{number}"
        yield from _pack_faults(at, pack, calendars)
        yield from _undeclared(f"{at}/letter_blocks", pack.letter_blocks, blocks)
        yield from _undeclared(f"{at}/prescribed", (text.block for text in pack.prescribed), blocks)
        for place, required in enumerate(pack.contents):
            yield from _undeclared(f"{at}/contents/{place}/says", required.says, blocks | LETTER_PARTS)
        for place, clock in enumerate(pack.clocks):
            yield from _clock_faults(f"{at}/clocks/{place}", clock, events, blocks)
    yield from _version_faults(file.packs)


def _crowded(packs: Iterable[Pack]) -> Iterator[Fault]:
    for number, pack in enumerate(packs):
        yield from _too_many(f"/packs/{number}", pack.clocks, "clocks", MOST_CLOCKS)
        for place, clock in enumerate(pack.clocks):
            yield from _too_many(f"/packs/{number}/clocks/{place}", clock.escalates, "escalates", MOST_RUNGS)


def _too_many(at: str, items: Sized, field: str, most: int) -> Iterator[Fault]:
    if len(items) > most:
        yield Fault(f"{at}/{field}", f"more than {most}", "too-many", most)


def _pack_faults(at: str, pack: Pack, calendars: Container[str]) -> Iterator[Fault]:
    try:
        check_week(pack.working_time)
    except WindowsRefused as refused:
        yield Fault(f"{at}/working_time", str(refused), "windows")
    else:
        yield from _beyond_the_week(at, pack)
    if pack.timezone != "site":
        try:
            zone_named(pack.timezone)
        except UnknownZone:
            yield Fault(f"{at}/timezone", f"there is no zone {pack.timezone!r}", "unknown-zone")
    if pack.holiday_calendar != "site" and pack.holiday_calendar not in calendars:
        reason = f"there is no calendar {pack.holiday_calendar!r}"
        yield Fault(f"{at}/holiday_calendar", reason, "unknown-calendar")
    if pack.effective_to is not None and pack.effective_to < pack.effective_from:
        yield Fault(f"{at}/effective_to", "ends before it begins", "ends-before-it-begins")
    ids = [clock.id for clock in pack.clocks]
    for place, name in enumerate(ids):
        if name in ids[:place]:
            yield Fault(f"{at}/clocks/{place}/id", f"there is another clock {name!r}", "twice")


def _clock_faults(
    at: str, clock: PackClock, events: frozenset[str], blocks: frozenset[str]
) -> Iterator[Fault]:
    yield from _undeclared(f"{at}/starts_on", (clock.starts_on,), events)
    yield from _undeclared(f"{at}/stops_on", (clock.stops_on,), events)
    yield from _undeclared(f"{at}/letter_blocks", clock.letter_blocks, blocks)
    yield from _too_long(at, clock)
    if clock.purpose == SURVEY and not any(_invites(rung) for rung in clock.escalates):
        yield Fault(f"{at}/escalates", "no step before it is due invites anybody", "invites-nobody")
    if clock.stops_on == clock.starts_on:
        yield Fault(f"{at}/stops_on", "stops on the event that starts it", "stops-at-its-start")
    if clock.extension is None:
        return
    yield from _undeclared(f"{at}/extension/notice_blocks", clock.extension.notice_blocks, blocks)
    longest = _LONGEST_EXTENSION * clock.amount * _NOMINAL_HOURS[clock.unit]
    if clock.extension.amount * _NOMINAL_HOURS[clock.extension.unit] > longest:
        reason = f"more than {_LONGEST_EXTENSION} times the period itself"
        yield Fault(f"{at}/extension/amount", reason, "extension-too-long")


def _invites(rung: Rung) -> bool:
    """Whether the invitation to a survey leaves then."""
    return rung.when == "before" and rung.to == "complainant"


def _beyond_the_week(at: str, pack: Pack) -> Iterator[Fault]:
    """Business hours and days that so short a week takes years to give."""
    limits = {
        "business_hours": _MOST_WEEKS * minutes_of_week(pack.working_time) // 60,
        "business_days": _MOST_WEEKS_OF_DAYS * days_of_week(pack.working_time),
    }
    for place, clock in enumerate(pack.clocks):
        most = limits.get(clock.unit)
        if most is not None and min(clock.amount, _MOST_COUNTED) > most:
            reason = "more than the working time of years"
            yield Fault(f"{at}/clocks/{place}/amount", reason, "out-of-range", most)


def _too_long(at: str, clock: PackClock) -> Iterator[Fault]:
    """The largest amount: more would take long to compute and promise nothing."""
    amounts = [(f"{at}", clock.amount, clock.unit)]
    if clock.extension:
        amounts.append((f"{at}/extension", clock.extension.amount, clock.extension.unit))
    for place, rung in enumerate(clock.escalates):
        if rung.after:
            amounts.append((f"{at}/escalates/{place}/after", rung.after.amount, rung.after.unit))
    for where, amount, unit in amounts:
        if unit not in _RUNNING and amount > _MOST_COUNTED:
            yield Fault(f"{where}/amount", f"more than {_MOST_COUNTED} {unit}", "out-of-range", _MOST_COUNTED)


def _undeclared(at: str, names: Iterable[str], declared: frozenset[str]) -> Iterator[Fault]:
    for name in names:
        if name not in declared:
            yield Fault(at, f"{name!r} is not declared", "undeclared")


def _version_faults(packs: Iterable[Pack]) -> Iterator[Fault]:
    """Each version of a pack begins the day after the one before it ended."""
    ordered = sorted(enumerate(packs), key=lambda item: (item[1].id, item[1].effective_from))
    for _, versions in groupby(ordered, key=lambda item: item[1].id):
        for (_, earlier), (number, later) in pairwise(versions):
            begins = earlier.effective_to and earlier.effective_to + timedelta(days=1)
            if begins != later.effective_from:
                reason = f"version {earlier.version} ends on another day"
                yield Fault(f"/packs/{number}/effective_from", reason, "version-gap")
