"""The product's clock of a local run: real time and an offset that lasts with the data.

Moves the product's clock as if time had passed: what falls due on the way happens when it falls due, and
the hours that went by are sealed.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from infrastructure.errors import CommandError
from infrastructure.local.atomic_files import read_note, write_note


class Note(msgspec.Struct):
    """How far the clock is ahead of real time."""

    ahead: timedelta


class LocalClock:
    """A clock that can be moved; `note` is the file that remembers by how much."""

    def __init__(self, note: Path) -> None:
        self._note = note
        self._ahead = read_note(note, Note(timedelta())).ahead

    def now(self) -> datetime:
        """This moment for the product: aware, UTC, in whole seconds as on AWS."""
        return (datetime.now(UTC) + self._ahead).replace(microsecond=0)

    @property
    def ahead(self) -> timedelta:
        """How far the product is ahead of real time; negative while demonstration data is made."""
        return self._ahead

    def begin_at(self, moment: datetime) -> None:
        """Makes `moment` the present of data that is new. Raises `CommandError` where time would go back."""
        if self._note.exists() and moment < self.now():
            raise CommandError(
                f"NOW is {moment.isoformat()}, and the data folder is further: use another, or no NOW."
            )
        self.move_to(moment)

    def move_to(self, moment: datetime) -> None:
        """Makes `moment` the present. The caller makes sure that time does not go back for other
        readers."""
        self._set(moment - datetime.now(UTC))

    def follow_real_time(self) -> None:
        """Makes the real present the product's."""
        self._set(timedelta())

    def _set(self, ahead: timedelta) -> None:
        self._ahead = ahead
        write_note(self._note, Note(ahead))


FURTHEST = timedelta(days=3660)

Step = Callable[[], object]


class TimeMachine:
    """`next_due` tells the first due moment behind another, `tick` runs the schedule, `settle` sends."""

    def __init__(
        self,
        clock: LocalClock,
        next_due: Callable[[datetime], datetime | None],
        tick: Step,
        settle: Step,
        seal: Step,
    ) -> None:
        self._clock = clock
        self._next_due = next_due
        self._tick = tick
        self._settle = settle
        self._seal = seal
        self._lock = threading.Lock()

    def go_to(self, target: datetime, *, late: bool = False) -> None:
        """Goes forward to `target` and returns when all that this causes is done.

        With `late` nothing happens on the way: the schedule runs once at the end, as after an outage.
        Raises ValueError for a moment that is past or too far off.
        """
        with self._lock:
            self._go(target - self._clock.now(), late)

    def reach(self, target: datetime) -> None:
        """Goes forward to `target`, unless that is past already."""
        with self._lock:
            self._travel(max(target - self._clock.now(), timedelta()), late=False)

    def advance(self, ahead: timedelta, *, late: bool = False) -> None:
        """Goes forward by this much, as `go_to` does."""
        with self._lock:
            self._go(ahead, late)

    def _go(self, ahead: timedelta, late: bool) -> None:
        begun = self._clock.now()
        self._travel(ahead, late)
        if f"{self._clock.now():%x %H}" != f"{begun:%x %H}":
            self._seal()

    def _travel(self, ahead: timedelta, late: bool) -> None:
        if not timedelta() <= ahead <= FURTHEST:
            raise ValueError(f"The clock moves by 0 to {FURTHEST.days} days, not by {ahead}.")
        target = self._clock.now() + ahead
        self._settle()
        while not late and (moment := self._next_due(self._clock.now())) and moment < target:
            self._arrive(moment)
        self._arrive(target)

    def _arrive(self, moment: datetime) -> None:
        self._clock.move_to(max(moment, self._clock.now()))
        self._tick()
        self._settle()
