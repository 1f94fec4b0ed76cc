"""A complaint with one promise of so many hours, and a ladder of the test's own beside it."""

from datetime import datetime, timedelta, timezone
from typing import Any

from msgspec.structs import replace

from complaints.promise_packs.schema import PackClock
from complaints.promise_packs.schema import Rung as PackRung
from tests.builders import Story, a_complaint

_ISTANBUL = timezone(timedelta(hours=3))


def local(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of February 2026 on the clocks of the demo site, which is open from 9 to 18 on weekdays."""
    return datetime(2026, 2, day, hour, minute, second, tzinfo=_ISTANBUL)


def warned(share_left: float, to: Any = "owner") -> PackRung:
    """Somebody is told while there is still time."""
    return PackRung(when="before", to=to, share_left=share_left)


def missed(to: Any) -> PackRung:
    """Somebody is told in the first second that is late."""
    return PackRung(when="missed", to=to)


def climbing(*rungs: PackRung, hours: int, at: datetime, **site: Any) -> Story:
    """A complaint received `at` a moment, to be answered within so many hours."""
    story = a_complaint(**site)
    (default,) = story.terms.packs
    respond = next(clock for clock in default.clocks if clock.id == "respond")
    story.terms = replace(story.terms, packs=(replace(default, clocks=(_short(respond, hours, rungs),)),))
    return story.received(at)


def _short(clock: PackClock, hours: int, rungs: tuple[PackRung, ...]) -> PackClock:
    return replace(
        clock,
        amount=hours,
        unit="hours",
        counting="exact",
        roll="none",
        eod=None,
        extension=None,
        escalates=rungs,
    )
