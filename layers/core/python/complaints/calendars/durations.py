"""How long a clock runs: the words of a promise for amounts of time (ISO 10002 leaves the figures to us)."""

from datetime import datetime
from typing import Literal

import msgspec

from complaints.calendars.working_calendar import DayEnd

Unit = Literal["minutes", "hours", "business_hours", "business_days", "calendar_days", "weeks", "months"]
Counting = Literal["exact", "same_day", "next_day", "next_business_day"]
Roll = Literal["none", "following", "preceding"]

EXACT_UNITS = frozenset(("minutes", "hours", "business_hours"))
"""Units that end at an instant; the others end with a date."""


class Duration(msgspec.Struct, frozen=True):
    """An amount of time and how it is counted. `counting` is `exact` for minutes, hours and business hours,
    and for dates says which is day one; `roll` and `eod` (when a date ends) are for dates only. Raises
    `ValueError` where they do not go together."""

    amount: int | float
    unit: Unit
    counting: Counting = "exact"
    roll: Roll = "none"
    eod: DayEnd | None = None

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("a length is more than nothing")
        if self.is_exact != (self.counting == "exact"):
            raise ValueError(f"{self.unit} cannot be counted as {self.counting}")
        if self.is_exact and (self.roll != "none" or self.eod is not None):
            raise ValueError(f"{self.unit} do not end with a date")
        if not self.is_exact and self.amount != int(self.amount):
            raise ValueError(f"{self.unit} come in whole numbers")

    @property
    def is_exact(self) -> bool:
        """Whether it ends at an instant and not with a date."""
        return self.unit in EXACT_UNITS

    @property
    def dates(self) -> int:
        """The amount of a length in dates, weeks or months."""
        return int(self.amount)

    @property
    def day_end(self) -> DayEnd:
        """When a date ends for this length: business days at their closing, others at midnight."""
        return self.eod or ("close" if self.unit == "business_days" else "midnight")


def usual(amount: float, unit: Unit, eod: DayEnd | None = None) -> Duration:
    """A length counted in the usual way: of dates, the day of the event is not counted. Raises `ValueError`
    as `Duration` does."""
    return Duration(amount, unit) if unit in EXACT_UNITS else Duration(amount, unit, "next_day", eod=eod)


class Extension(msgspec.Struct, frozen=True):
    """More time, once. `notice_at`: when the mail service took the notice to the complainant; without
    `needs_notice` the extension holds as soon as it is recorded."""

    amount: int | float
    unit: Unit
    needs_notice: bool = True
    notice_at: datetime | None = None
