"""What it costs to compute one due moment, beside the submission that asks for it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks.measuring.cpu_time import Operation, Spent, samples_of, summary
from benchmarks.measuring.results import Results, Section
from complaints.adapters.config.shipped_data import holidays_of
from complaints.calendars.durations import Duration
from complaints.calendars.holidays import working_calendar
from complaints.calendars.opening_hours import WEEKDAYS, Window
from complaints.due_dates.due_date import due

HOW = (
    "Processor time in milliseconds of one due moment on the calendar of Türkiye, with its holidays and "
    "half-days and a break at noon; each start is another hour of the year. The share is that of a warm "
    "submission of the same run, which computes two."
)
HEAD = ("period", "lowest", "median", "of a warm submission's lowest")
PERIODS = {
    "30 business days": (Duration(30, "business_days", "next_day"), 0.1),
    "12 months of business hours (2,000)": (Duration(2_000, "business_hours"), 0.5),
}
"""What is computed, and at most which share of a warm submission it may take."""

_OPEN: tuple[Window, ...] = (("09:00", "12:30"), ("13:30", "18:00"))
_WEEK = dict.fromkeys(WEEKDAYS[:5], _OPEN)
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_APART = timedelta(hours=29)
ROUNDS, WARM_UP = 300, 20


def measure(submission: Spent, results: Results) -> None:
    """Adds a section and its gates."""
    section = Section("One due moment", HOW, HEAD)
    results.sections.append(section)
    for period, (length, most) in PERIODS.items():
        spent = summary(samples_of(_computations(length), WARM_UP))
        share = spent.best / submission.best
        section.rows.append((period, f"{spent.best:.3f}", f"{spent.median:.3f}", f"{share:.0%}"))
        results.at_most(f"processor time of {period}, of a warm submission's", most, share)


def _computations(length: Duration) -> Iterator[Operation]:
    calendar = working_calendar("Europe/Istanbul", _WEEK, holidays_of("TR"))
    for number in range(ROUNDS + WARM_UP):
        yield partial(due, calendar, _BEGIN + number * _APART, length)
