"""The cost of computing with a pack: the dates that are looked at for one case."""

from complaints.calendars.opening_hours import days_of_week, minutes_of_week
from complaints.promise_packs.schema import Pack, PackClock

A_CLOCK = 50
"""What a clock costs whatever its length, in dates."""

_DAYS = {"minutes": 1 / 1_440, "hours": 1 / 24, "calendar_days": 1.0, "weeks": 7.0, "months": 30.0}


def dates_looked_at(pack: Pack) -> float:
    """The dates that the promises of a pack go through, about."""
    return sum(A_CLOCK + _days(clock, pack) for clock in pack.clocks)


def _days(clock: PackClock, pack: Pack) -> float:
    """How many days a period lasts, by the working time of the pack and without holidays."""
    if clock.unit == "business_hours":
        return clock.amount * 60 * 7 / minutes_of_week(pack.working_time)
    if clock.unit == "business_days":
        return clock.amount * 7 / days_of_week(pack.working_time)
    return clock.amount * _DAYS[clock.unit]
