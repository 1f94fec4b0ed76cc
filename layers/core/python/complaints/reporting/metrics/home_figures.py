"""What the home of the desk tells of several sites: the work, the last months, the promises of this week."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from complaints.reporting.list_rows import Hidden
from complaints.reporting.metrics.measures import ALL, MET, MISSED, Counts, Measure
from complaints.reporting.metrics.work_counts import Load, SiteCounts, loads, total

MONTHS = 6
"""How many full months are told, each beside the same one a year before."""

WEEK = timedelta(days=7)


class SiteLoad(Struct, frozen=True, kw_only=True):
    """The work of a site, which has one team."""

    site: str
    work: Load


class MemberLoad(Struct, frozen=True, kw_only=True):
    """The work of a member; of nobody where `member` is null."""

    member: str | None
    work: Load


class MonthFlow(Struct, frozen=True, kw_only=True):
    """Complaints of the month that begins on `first`, by the local dates of their sites."""

    first: date
    received: int
    closed: int
    received_a_year_before: int


class LastDays(Struct, frozen=True, kw_only=True):
    """Complaints of the seven days that end today, and of the seven before, by the local dates of their
    sites."""

    first: date
    received: int
    received_before: int
    closed: int
    closed_before: int


class PromiseResult(Struct, frozen=True, kw_only=True):
    """How promises of a purpose ended: each is one, whatever the packs that made it."""

    purpose: str
    kept: int
    missed: int


class HomeFigures(Struct, frozen=True, kw_only=True):
    """All of it. `months` are the last full ones, `week` is the Monday of this week, whose promises are told,
    and those of the whole week before.

    Of the sites in `incomplete` the cases from before there were such counts are missing, until the
    figures are counted again. The work leaves out cases that are hidden from the reader; months and
    promises count every case, as reports do.
    """

    work: Load
    by_site: list[SiteLoad]
    by_member: list[MemberLoad]
    months: list[MonthFlow]
    this_month: MonthFlow
    week: date
    promises: list[PromiseResult]
    promises_before: list[PromiseResult]
    last_days: LastDays
    incomplete: list[str]


def home_figures(
    read: Mapping[str, SiteCounts],
    hidden: Hidden,
    days: Mapping[str, date],
    today: date,
    recent: Iterable[Counts],
) -> HomeFigures:
    """The figures of the sites that were `read`; `days` is the date at each site, `today` the reader's, and
    `recent` what was counted of each in the last days, from `first_recent` on."""
    known = {site: loads(counts.work, hidden, days[site]) for site, counts in read.items()}
    members = sorted({member for found in known.values() for member in found})
    by_member = {
        member: total(found[member] for found in known.values() if member in found) for member in members
    }
    flows = _together(counts.months for counts in read.values())
    week = today - timedelta(days=today.weekday())
    weeks = _together(counts.weeks for counts in read.values())
    months = [month_of(today, back) for back in range(MONTHS, -1, -1)]
    *full, this = [_flow(first, flows) for first in months]
    return HomeFigures(
        work=total(by_member.values()),
        by_site=[SiteLoad(site=site, work=total(found.values())) for site, found in known.items()],
        by_member=[
            MemberLoad(member=member or None, work=work)
            for member, work in by_member.items()
            if not work.is_empty
        ],
        months=full,
        this_month=this,
        week=week,
        promises_before=_results(weeks.get(week - WEEK, Counter())),
        last_days=_last_days(today, recent),
        incomplete=[site for site, counts in read.items() if not counts.is_whole],
        promises=_results(weeks.get(week, Counter())),
    )


def first_recent(today: date) -> date:
    """The first of the fourteen days that end today."""
    return today - 2 * WEEK + timedelta(days=1)


def _last_days(today: date, recent: Iterable[Counts]) -> LastDays:
    first = today - WEEK + timedelta(days=1)
    numbers: Counter[tuple[Measure, bool]] = Counter()
    for counts in recent:
        for key, number in counts.items():
            if key.value == ALL and first_recent(today) <= key.day <= today:
                numbers[key.measure, key.day >= first] += number
    return LastDays(
        first=first,
        received=numbers[Measure.RECEIVED, True],
        received_before=numbers[Measure.RECEIVED, False],
        closed=numbers[Measure.CLOSED, True],
        closed_before=numbers[Measure.CLOSED, False],
    )


def month_of(today: date, back: int) -> date:
    """The first of the month so many months before that of a date.

    >>> month_of(date(2026, 1, 31), 2)
    datetime.date(2025, 11, 1)
    """
    place = today.year * 12 + today.month - 1 - back
    return date(place // 12, place % 12 + 1, 1)


def _flow(first: date, flows: Mapping[date, Counter[str]]) -> MonthFlow:
    now, before = (flows.get(each, Counter[str]()) for each in (first, month_of(first, 12)))
    return MonthFlow(
        first=first,
        received=now[Measure.RECEIVED],
        closed=now[Measure.CLOSED],
        received_a_year_before=before[Measure.RECEIVED],
    )


def _results(numbers: Mapping[str, int]) -> list[PromiseResult]:
    ends: dict[str, Counter[str]] = {}
    for value, number in numbers.items():
        purpose, _, end = value.rpartition(":")
        ends.setdefault(purpose, Counter())[end] += number
    return [
        PromiseResult(purpose=purpose, kept=found[MET], missed=found[MISSED])
        for purpose, found in sorted(ends.items())
        if any(found.values())
    ]


def _together(parts: Iterable[Mapping[date, Counter[str]]]) -> dict[date, Counter[str]]:
    added: dict[date, Counter[str]] = {}
    for part in parts:
        for day, numbers in part.items():
            added.setdefault(day, Counter()).update(numbers)
    return added
