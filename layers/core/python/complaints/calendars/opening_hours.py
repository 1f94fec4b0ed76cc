"""Working windows of a day and of a week: `("09:00", "18:00")`, closing at `"24:00"` at the latest."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import chain, pairwise

Window = tuple[str, str]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")


class WindowsRefused(ValueError):
    """Windows that no day can have; the message says which and why."""


@lru_cache(maxsize=2048)
def minute_of(text: str) -> int:
    """Minutes after midnight of `HH:MM`, 1440 for `24:00`. Raises `WindowsRefused`."""
    if not _TIME.fullmatch(text):
        raise WindowsRefused(f"{text!r} is not a time of day")
    return int(text[:2]) * 60 + int(text[3:])


def check_day(windows: Iterable[Window]) -> None:
    """Raises `WindowsRefused` unless the windows of one date are in order and do not overlap. A night shift
    is two windows, on two dates."""
    edges = [minute_of(edge) for edge in chain.from_iterable(windows)]
    for opens, closes in zip(edges[::2], edges[1::2], strict=True):
        if closes <= opens:
            raise WindowsRefused("a window closes before it opens, or runs over midnight")
    if any(later < earlier for earlier, later in pairwise(edges)):
        raise WindowsRefused("windows overlap or are out of order")


def check_week(week: Mapping[str, Iterable[Window]]) -> None:
    """Raises `WindowsRefused` unless there is working time on at least one weekday, in sound windows."""
    unknown = set(week) - set(WEEKDAYS)
    if unknown:
        raise WindowsRefused(f"{min(unknown)!r} is not a weekday")
    for windows in week.values():
        check_day(windows)
    if not any(week.values()):
        raise WindowsRefused("no working time in the week")


def minutes_of_week(week: Mapping[str, Iterable[Window]]) -> int:
    """The working time of a week, in minutes."""
    return sum(minute_of(closes) - minute_of(opens) for day in week.values() for opens, closes in day)


def days_of_week(week: Mapping[str, Collection[Window]]) -> int:
    """On how many of its days work is done."""
    return sum(1 for windows in week.values() if windows)
