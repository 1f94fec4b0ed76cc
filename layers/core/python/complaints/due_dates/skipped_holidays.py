"""Which holidays did not count on the way to a due moment, so that a promise can say so.

Weekends are not among them: everybody knows those."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from complaints.calendars.opening_hours import WEEKDAYS
from complaints.calendars.working_calendar import Calendar, dates_between
from complaints.due_dates.timeline import ClockTimeline, Dates

_DAY = timedelta(days=1)


class SkippedHoliday(Struct, frozen=True, omit_defaults=True):
    """A holiday that did not count; `names` by language, as the calendar had them then."""

    on: date
    names: Mapping[str, str] = {}


def skipped_holidays(calendar: Calendar, course: ClockTimeline) -> tuple[SkippedHoliday, ...]:
    """The holidays on which people would have worked, and that did not count in this course.

    Of business days and hours these are all from the start on; of other dates only those that the last date
    was moved over. For real time there are none."""
    days = (day for first, last in _spans(calendar, course) for day in dates_between(first, last))
    return tuple(SkippedHoliday(day, calendar.holidays[day]) for day in days if is_left_out(calendar, day))


def is_left_out(calendar: Calendar, day: date) -> bool:
    """Whether a holiday takes the working time of a date."""
    return day in calendar.holidays and bool(calendar.windows.get(WEEKDAYS[day.weekday()]))


def _spans(calendar: Calendar, course: ClockTimeline) -> Iterator[tuple[date, date]]:
    since = calendar.date_of(course.start)
    for counted in course.counted:
        if not isinstance(counted, Dates):
            if counted.length.unit == "business_hours":
                yield calendar.date_of(counted.begin), calendar.date_of(counted.end)
            continue
        if counted.length.unit == "business_days":
            yield (since if counted.length.counting == "same_day" else since + _DAY), counted.last
        since = counted.last
    if course.ends_on and course.ends_on > since:
        yield since, course.ends_on
    elif course.ends_on and course.ends_on < since:
        yield course.ends_on, since
