"""What is due at once and more than one run of the schedule can work: it is shared out to runs beside each
other, each of which works a share.

No run waits for another, and none remembers anything. What a share leaves, because its time is over or it
died, is due still: the run of the next minute finds it, alone or by sharing out anew. Where two runs meet at
one case, the condition on its last entry lets one of them write.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from complaints.adapters.config import telemetry
from complaints.context.case import Due, WantedAgain
from complaints.context.ports import DueShare, ShareTask
from complaints.values.errors import Unavailable

if TYPE_CHECKING:
    from complaints.adapters.container import Container


ALONE = 100
"""How many due things a run works before it looks whether there are too many for it. On most days there are
fewer, and the look costs nothing."""

SHARE = 2_000
"""About how many due things one run is to work in its minute (docs/capacity.md)."""

A_MINUTE = timedelta(minutes=1)

STARTED = "ScheduleShares"
"""The metric of how many runs worked beside each other."""

UNTRIED = "UntriedLetterAge"
"""The metric of how many seconds the oldest letter has waited that nobody has tried to send."""


def asked(detail: Mapping[str, Any]) -> ShareTask | None:
    """The share that the event of a run names; `None` for the schedule's own event, which names none."""
    return msgspec.convert(detail, ShareTask) if "share" in detail else None


def due(deps: "Container", now: datetime, task: ShareTask | None, letters: "Letters") -> Iterator[Due]:
    """What a run has to work: its share; or all that is due, unless that turns out to be more than it can.
    Then other runs are started, and this one goes on with a share like theirs; where not all of them could be
    started, it works what it can of the rest.

    Every other minute begins at the other end: a run that goes on while the next one begins meets it in the
    middle. Raises `Unavailable`.
    """
    latest_first = bool(now.minute % 2)
    if task:
        yield from deps.agenda.due(now, latest_first=latest_first, share=task.share)
        return
    for place, found in enumerate(deps.agenda.due(now, latest_first=latest_first), 1):
        yield found
        if place == ALONE and (out := _shared_out(deps, now, letters)):
            yield from deps.agenda.due(now, latest_first=latest_first, share=out.own)
            if not out.is_whole:
                yield from deps.agenda.due(now, latest_first=latest_first)
            return


class _SharedOut(NamedTuple):
    """The share that a run goes on with itself, and whether others work all that is left."""

    own: DueShare
    is_whole: bool


def _shared_out(deps: "Container", now: datetime, letters: "Letters") -> _SharedOut | None:
    """What this run goes on with, when the others are started; `None` where it goes on alone."""
    most = deps.settings.most_schedule_runs
    try:
        shares = deps.agenda.shares(now, SHARE, most) if most > 1 else ()
    except Unavailable as error:
        telemetry.failure("not shared out", error)
        return None
    if not shares:
        return None
    own, *others = shares
    each = letters.shared_by(len(shares))
    started = deps.parallel_runs.start([ShareTask(share, now + A_MINUTE, each) for share in others])
    telemetry.note("schedule shared out", shares=len(shares), started=started)
    telemetry.count(STARTED, 1 + started)
    return _SharedOut(own, is_whole=started == len(others))


class Letters:
    """How many letters a run wants again: as many as leave in a minute at the pace that is kept, or its share
    of them. The others stay due, so that those that come first leave first."""

    def __init__(self, a_second: int, task: ShareTask | None) -> None:
        of_a_minute = a_second * int(A_MINUTE.total_seconds()) if a_second else None
        self._left = task.letters if task else of_a_minute
        self._untried: list[datetime] = []
        self.waiting = 0

    def shared_by(self, runs: int) -> int | None:
        """The share of each of so many runs of what is left; this one has no more then, either."""
        if self._left is not None:
            self._left = -(-self._left // runs)
        return self._left

    def may_leave(self) -> bool:
        """Whether one more may leave; it is counted then, and else among those `waiting`."""
        if self._left is None:
            return True
        if self._left:
            self._left -= 1
            return True
        self.waiting += 1
        return False

    def look_at(self, wanted: WantedAgain | None) -> None:
        """Looks at a letter that was wanted again: what sends letters may stand still."""
        if wanted and wanted.untried_since:
            self._untried.append(wanted.untried_since)

    def count_untried(self, now: datetime) -> None:
        """Counts the age of the oldest one that nobody has tried to send, if there is one."""
        if self._untried:
            telemetry.count(UNTRIED, (now - min(self._untried)).total_seconds(), unit="Seconds")
