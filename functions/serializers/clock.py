"""A clock as JSON for staff: its state, what has passed and is left, and how its due date was computed.

It is computed when it is looked at, and only of clocks that nobody has stopped."""

from collections.abc import Iterable
from typing import Any

from complaints.adapters.container import container
from complaints.calendars.durations import Duration
from complaints.calendars.working_time import one_of
from complaints.clocks.never_later import timeline_of
from complaints.clocks.progress import as_promised, parts, state_of, working_time_left
from complaints.context.context import Context
from complaints.model.clock import Clock
from functions.http.request import current_request
from functions.serializers.calendar_notes import calendar_notes
from functions.serializers.due_date_steps import steps_as_json
from functions.serializers.durations import duration


def clock_view(clock: Clock, context: Context) -> dict[str, Any]:
    """The shape of a clock's state in the language of who reads it: `left` and `elapsed` in its own unit
    (hours in ISO 8601 too), `left` in working time as well, `reckoning` while there is a due moment, and
    what its calendar says beside."""
    state = state_of(clock, context.now)
    if clock.stopped_at:
        return {"state": state}
    language = container().catalogues.spoken(*current_request().languages, context.terms.site.language)
    today = context.terms.calendar(clock.pack, clock.pack_version)
    now = timeline_of(today, clock)
    calendar, course = as_promised(today, clock, now)
    until = clock.paused_at or context.now
    shown = parts(calendar, course, until)
    working_time = {"working_time": duration(working_time_left(calendar, course, until))}
    return {
        "state": state,
        "elapsed": _amounts(language, ((part.length, part.passed, part.days[0]) for part in shown)),
        "left": _amounts(language, ((part.length, part.left, part.days[1]) for part in shown)) | working_time,
        "reckoning": [] if clock.paused_at else steps_as_json(language, clock, calendar, course),
        **calendar_notes(clock, context.terms, now.due),
    }


def _amounts(language: str, counted: Iterable[tuple[Duration, float, int]]) -> dict[str, Any]:
    """How much of a length, and of one in another unit that was `added` to it."""
    first, *added = (_amount(language, *each) for each in counted)
    return first | ({"added": added[0]} if added else {})


def _amount(language: str, length: Duration, amount: float, days: int) -> dict[str, Any]:
    shape = {"amount": round(amount, 4), "unit": length.unit}
    text = {"text": amount_text(language, length, amount, days)}
    return shape | ({"duration": duration(amount * one_of(length))} if length.is_exact else {}) | text


def amount_text(language: str, length: Duration, amount: float, days: int) -> str:
    """An amount of a length in words; weeks and months are said in days, of which only some have passed."""
    deps = container()
    if length.is_exact:
        return deps.date_formats.amount(language, amount * one_of(length))
    unit = "business_days" if length.unit == "business_days" else "calendar_days"
    return deps.catalogues.count(language, f"words.why.{unit}", days)
