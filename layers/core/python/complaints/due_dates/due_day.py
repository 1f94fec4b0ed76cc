"""A due date without a time of day: when work begins on it, and when it has passed."""

from datetime import date, datetime

from complaints.calendars.working_calendar import Calendar
from complaints.due_dates.due_date import later


def opening_by(calendar: Calendar, day: date) -> datetime:
    """When work begins on the date, or on the last business day before it."""
    opens, _ = calendar.spans(next(calendar.business_days(day, step=-1)))[0]
    return calendar.local(opens)


def opening_after(calendar: Calendar, day: date, business_days: int = 0) -> datetime:
    """When work begins after the date, and after so many business days more."""
    end = calendar.end_of(day, "close")
    if business_days:
        end = later(calendar, end, business_days, "business_days")
    return calendar.local(calendar.next_open(end))
