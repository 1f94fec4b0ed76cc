"""The computation of a due date in the reader's language, each step with its data beside it."""

from datetime import date
from typing import TYPE_CHECKING, Protocol

from msgspec import UNSET, Struct, UnsetType, field

from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.due_dates import explanation
from complaints.due_dates.explanation import ExplanationStep, explained
from complaints.due_dates.timeline import ClockTimeline
from functions.serializers.field_types import Moment, duration

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, DateFormats

    class TextSources(Protocol):
        """Texts and date formats in all languages, as the container has them, and a page that keeps both."""

        @property
        def catalogues(self) -> Catalogues: ...

        @property
        def date_formats(self) -> DateFormats: ...


_BY_DATES = frozenset((explanation.HOLIDAY, explanation.CLOSED, explanation.PAUSED))
_BY_COUNTED = frozenset((explanation.FULL, explanation.COUNTED, explanation.SO_ON_DATES))
_WITHIN_A_DAY = frozenset((explanation.WORKED, explanation.HALF_DAY, explanation.INTERRUPTED))


class ReckoningStep(Struct, frozen=True, kw_only=True):
    """One step, in words and with its data: dates, moments of them, and an amount of time (ISO 8601)."""

    kind: str
    text: str
    first: date = field(name="from")
    last: date = field(name="to")
    begin: Moment | UnsetType = UNSET
    end: Moment | UnsetType = UNSET
    time: str | UnsetType = UNSET
    dates: int | UnsetType = UNSET
    name: str | UnsetType = UNSET


def steps_view(
    words: "TextSources", language: str, clock: Clock, calendar: Calendar, course: ClockTimeline
) -> list[ReckoningStep]:
    """The steps from start to due moment, and what was promised where that is another moment."""
    return [_view(words, language, clock, step) for step in _steps(clock, calendar, course)]


def steps_as_text(
    words: "TextSources", language: str, clock: Clock, calendar: Calendar, course: ClockTimeline
) -> list[str]:
    """As `steps_view`, without the data."""
    return [_text(words, language, clock, step) for step in _steps(clock, calendar, course)]


def _steps(clock: Clock, calendar: Calendar, course: ClockTimeline) -> list[ExplanationStep]:
    way = explained(calendar, course)
    if course.due == utc(clock.due):
        return way
    promised = calendar.local(clock.due)
    return [*way, ExplanationStep("promised", promised.date(), promised.date(), end=promised)]


def _view(words: "TextSources", language: str, clock: Clock, step: ExplanationStep) -> ReckoningStep:
    name = words.date_formats.name(language, step.names)
    return ReckoningStep(
        kind=step.kind,
        text=_text(words, language, clock, step),
        first=step.first,
        last=step.last,
        begin=step.begin.isoformat(timespec="seconds") if step.begin else UNSET,
        end=step.end.isoformat(timespec="seconds") if step.end else UNSET,
        time=duration(step.time) if step.time else UNSET,
        dates=step.dates or UNSET,
        name=UNSET if name is None else name,
    )


def _text(words: "TextSources", language: str, clock: Clock, step: ExplanationStep) -> str:
    values = _values(words, language, clock, step)
    kind = _wording(step)
    if step.kind in _BY_DATES:
        return words.catalogues.count(language, f"clocks.step.{kind}", step.days, **values)
    if step.kind in _BY_COUNTED:
        return words.catalogues.count(language, f"clocks.step.{kind}", step.dates, **values)
    return words.catalogues.text(language, f"clocks.step.{kind}", **values)


def _wording(step: ExplanationStep) -> str:
    """Which text says a step: business days are called so, and a holiday without a name is a closed day."""
    if step.kind == explanation.COUNTED and step.unit == "business_days":
        return "counted_business"
    return explanation.CLOSED if step.kind == explanation.HOLIDAY and not step.names else step.kind


def _values(words: "TextSources", language: str, clock: Clock, step: ExplanationStep) -> dict[str, object]:
    spoken = words.date_formats
    moment = spoken.time if step.kind in _WITHIN_A_DAY else spoken.moment
    first = spoken.weekday(language, step.first)
    return {
        "first": first,
        "last": first if step.last == step.first else spoken.weekday(language, step.last),
        "begin": step.begin and moment(language, step.begin),
        "end": step.end and moment(language, step.end),
        "time": step.time and spoken.amount(language, step.time),
        "name": step.names and spoken.name(language, step.names),
        "period": step.unit and _period(words.catalogues, language, clock, step),
    }


def _period(catalogues: "Catalogues", language: str, clock: Clock, step: ExplanationStep) -> str:
    """The length of a step; at the start of a clock that was extended in its own unit, both amounts."""
    why = catalogues.why
    added = clock.added
    if step.kind == explanation.START and added and added.unit == clock.length.unit:
        return why(language, clock.length.amount, clock.length.unit, (added.amount, added.unit))
    return why(language, step.amount, step.unit)
