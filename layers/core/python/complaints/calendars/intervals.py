"""Pauses of a clock: spans on the time line, half open, in which it does not run."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Span

Pauses = tuple[tuple[datetime, datetime], ...]


def merged(pauses: Iterable[Span], start: datetime) -> Pauses:
    """The pauses in order and in UTC, cut off at `start`, so that none overlaps or touches another."""
    joined: list[Span] = []
    for begin, end in sorted((max(utc(begin), start), utc(end)) for begin, end in pauses):
        if end <= begin:
            continue
        if joined and begin <= joined[-1][1]:
            begin, end = joined[-1][0], max(joined.pop()[1], end)
        joined.append((begin, end))
    return tuple(joined)


def is_paused(pauses: Pauses, moment: datetime) -> bool:
    """Whether the clock stands still at `moment`."""
    return any(begin <= moment < end for begin, end in pauses)


def running(span: Span, pauses: Pauses) -> Iterator[Span]:
    """The parts of `span` in which the clock runs, in order. `pauses` as `merged` gives them."""
    since, until = span
    for begin, end in pauses:
        if end <= since or until <= begin:
            continue
        if since < begin:
            yield since, begin
        since = end
    if since < until:
        yield since, until


def total(spans: Iterable[Span]) -> timedelta:
    """Real time in all the spans together."""
    return sum((end - begin for begin, end in spans), timedelta())
