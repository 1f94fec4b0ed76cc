"""The steps by which a due date is computed, as data, limited to a readable number."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

MOST = 40
"""How many steps an explanation has at most."""

START, EXTENDED = "start", "extended"
WORKED, HALF_DAY, INTERRUPTED, FULL = "worked", "half_day", "interrupted", "full"
RAN, STOOD_STILL, FORWARD, BACK = "ran", "stood_still", "forward", "back"
COUNTED, MONTHS = "counted", "months"
HOLIDAY, CLOSED, PAUSED = "holiday", "closed", "paused"
ROLLED_ON, ROLLED_BACK, OVER = "rolled_on", "rolled_back", "over"
DUE, DUE_CLOSING, DUE_MIDNIGHT = "due", "due_closing", "due_midnight"
SO_ON_TIME, SO_ON_DATES = "so_on_time", "so_on_dates"

_STRETCHES = frozenset((FULL, COUNTED, HOLIDAY, CLOSED, PAUSED))
_OVER_WEEKENDS = frozenset((FULL, COUNTED))


class ExplanationStep(NamedTuple):
    """One step, of the `kind` that its text is named after.

    It is about the dates from `first` to `last`, or the moments from `begin` to `end` (local). `time` is how
    much working or real time of the length it uses, `dates` how many of its dates. `names` are those of a
    holiday by language; `unit` is that of what is counted, and `amount` of a length or a change of clocks."""

    kind: str
    first: date
    last: date
    begin: datetime | None = None
    end: datetime | None = None
    time: timedelta = timedelta()
    dates: int = 0
    names: Mapping[str, str] = {}
    amount: float = 0
    unit: str = ""

    @property
    def days(self) -> int:
        """How many dates it is about."""
        return (self.last - self.first).days + 1


def folded(steps: Iterable[ExplanationStep]) -> list[ExplanationStep]:
    """The steps with alike neighbours as one, and whole working days as one over the weekends between them;
    of more than `MOST` those in the middle are one."""
    found: list[ExplanationStep] = []
    for _, alike in groupby(steps, _likeness):
        step = _together(list(alike))
        if len(found) > 1 and _is_over_a_weekend(found[-2], found[-1], step):
            found[-2:] = [_together([found[-2], step])]
        else:
            found.append(step)
    return found if len(found) <= MOST else _shortened(found)


def _likeness(step: ExplanationStep) -> object:
    """What neighbours have in common that are one; a step that stands alone is like no other."""
    return (step.kind, step.names) if step.kind in _STRETCHES else step


def _is_over_a_weekend(before: ExplanationStep, between: ExplanationStep, after: ExplanationStep) -> bool:
    return before.kind == after.kind and before.kind in _OVER_WEEKENDS and between.kind == CLOSED


def _together(steps: list[ExplanationStep]) -> ExplanationStep:
    if len(steps) == 1:
        return steps[0]
    time, dates = sum((step.time for step in steps), timedelta()), sum(step.dates for step in steps)
    return steps[0]._replace(last=steps[-1].last, end=steps[-1].end, time=time, dates=dates)


def _shortened(steps: list[ExplanationStep]) -> list[ExplanationStep]:
    half = MOST // 2
    middle = _together(steps[half : 1 - half])
    kind = SO_ON_TIME if middle.time else SO_ON_DATES
    return [*steps[:half], middle._replace(kind=kind, names={}), *steps[1 - half :]]
