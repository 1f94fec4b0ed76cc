"""Reports (clause 8.4): figures of a period in the local dates of a site, each with what it is a part of."""

import calendar
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import NamedTuple

from msgspec import Struct

from complaints.reporting.metrics.measures import (
    ACCEPTED,
    ALL,
    ANSWERED,
    CAME,
    CHECKED,
    EFFECTIVE,
    FAILED,
    IN_TIME,
    KINDS,
    MET,
    MISSED,
    MONEY_PARTS,
    OUTSIDE,
    OVERTURNED,
    QUESTIONS,
    REFUSED,
    REVIEW,
    SURVEY_GROUPS,
    CounterKey,
    Counts,
    Measure,
)
from complaints.values.field_types import Outcome

FEWEST = 5
"""Below this number no percentage is given: it would be misleading."""

MARKS, AGREE = (1, 2, 3, 4, 5), 4
"""What a statement of the survey is answered with, and from which mark on somebody agrees."""

PERCENTILES, BANDS = (50, 90), (3, 15, 30, 56)
"""What is told of the days until the decision; 56 are eight weeks."""

TENTH = Decimal("0.1")
"""To what means and rates are rounded."""

UNKNOWN = "unknown"
"""The cause that names none."""

_DECISIONS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)


class Period(NamedTuple):
    """Two dates, both included."""

    first: date
    last: date

    @property
    def month(self) -> date:
        """The first of the month in which it begins."""
        return self.first.replace(day=1)


class Basis(NamedTuple):
    """What a report is made of: the numbers from the first of the period's month to its end, what was in
    work before that month, by value, and the date on which it is asked for.

    `overdue` is how many were overdue before that month, `stays` how long complaints stayed, by the dates of
    their receipt, from the first on. `transactions` is what the sites entered for the months of the period,
    where they did for each.
    """

    counts: Counts
    standing: Mapping[str, int]
    today: date
    overdue: int = 0
    stays: Mapping[CounterKey, int] = {}
    transactions: int | None = None


class Figure(Struct, frozen=True):
    """`count` complaints or remedies, `of` so many where it is a part of them: those with this `value` of
    what they are sorted `by`. Of a currency it is the `amount`, and no number. Of a question of the survey
    it is how many agree (4 or 5), with the `mean` of their marks. `rate` is per thousand of what it is a part
    of, as a decimal text. `group` is the one of what all figures are asked by."""

    figure: str
    count: int
    of: int | None = None
    by: str | None = None
    value: str | None = None
    amount: str | None = None
    mean: str | None = None
    rate: str | None = None
    group: str | None = None

    @property
    def percent(self) -> int | None:
        """In whole percent; 0 and 100 are given for none and all only.

        >>> Figure("closed", 999, 1000).percent, Figure("closed", 2, 4).percent
        (99, None)
        """
        if self.of is None or self.of < FEWEST:
            return None
        rounded = (200 * self.count + self.of) // (2 * self.of)
        return rounded if self.count in (0, self.of) else min(max(rounded, 1), 99)


def volume(basis: Basis, period: Period) -> Iterator[Figure]:
    """Cases received, ended and open at the end, how old those are and how many of them are overdue
    (indicators 1 to 5 and 10)."""
    at_end: Counter[str] = Counter(basis.standing)
    at_end.update(_sums(basis.counts, Measure.OPEN, period._replace(first=period.month)))
    sums = {
        Measure.RECEIVED: _sums(basis.counts, Measure.RECEIVED, period),
        Measure.CLOSED: _sums(basis.counts, Measure.CLOSED, period),
        Measure.OPEN: at_end,
    }
    for measure, numbers in sums.items():
        yield Figure(measure, numbers[ALL])
    for kind in KINDS:
        found = {value for numbers in sums.values() for value, n in numbers.items() if n}
        values = sorted(value for value in found if value.startswith(f"{kind}:"))
        values.sort(key=lambda value: -sums[Measure.RECEIVED][value] if kind != "level" else 0)
        for value in values:
            for measure, numbers in sums.items():
                yield Figure(measure, numbers[value], numbers[ALL], kind, value.partition(":")[2])
    closed = sums[Measure.CLOSED]
    for value, number in sorted(closed.items(), key=lambda each: (-each[1], each[0])):
        if value.startswith("reason:"):
            yield Figure(Measure.CLOSED, number, closed[ALL], "reason", value.partition(":")[2])
    if basis.transactions is not None:
        yield _per_thousand(sums[Measure.RECEIVED][ALL], basis.transactions)
    overdue = basis.overdue + _sums(basis.counts, Measure.OVERDUE, period._replace(first=period.month))[ALL]
    yield Figure(Measure.OVERDUE, overdue, at_end[ALL])
    yield from _percentiles("age_of_open", _ages(basis, period))


def timeliness(basis: Basis, period: Period) -> Iterator[Figure]:
    """What was acknowledged, settled at once and decided in time, how, after how many days, and with more
    time; and letters that did not arrive (indicators 6 to 9, 11 to 13 and 24)."""
    ends = _ends_of_acknowledging(basis.counts, period)
    yield Figure("acknowledged_in_time", ends[MET], ends[MET] + ends[MISSED])
    decided = _sums(basis.counts, Measure.DECIDED, period)
    yield Figure("decided_in_time", decided[IN_TIME], decided[ALL])
    for outcome in _DECISIONS:
        yield Figure("outcomes", decided[f"outcome:{outcome}"], decided[ALL], "outcome", outcome)
    decisions = _sums(basis.counts, Measure.DECISIONS, period)
    days = sorted(_numbers(decisions, "days").elements())
    yield from _percentiles("days_to_decision", days)
    for most in BANDS:
        yield Figure("decided_within", sum(day <= most for day in days), len(days), "days", str(most))
    yield from _percentiles("working_days_to_decision", sorted(_numbers(decisions, "working").elements()))
    yield Figure("extended", decisions["extended"], decisions[ALL])
    yield Figure("paused", decisions["paused_minutes"], decisions["taken_minutes"])
    received = _sums(basis.counts, Measure.RECEIVED, period)[ALL]
    yield Figure(Measure.FIRST_CONTACT, _sums(basis.counts, Measure.FIRST_CONTACT, period)[ALL], received)
    letters = _sums(basis.counts, Measure.LETTERS, period)
    yield Figure("letters_failed", letters[FAILED], letters[ALL])


def redress(basis: Basis, period: Period) -> Iterator[Figure]:
    """Remedies promised and done, by kind, and their money by currency (indicator 14), with no sum over
    currencies; those that were done by the date that was named (indicator 15)."""
    sums = {measure: _sums(basis.counts, measure, period) for measure in (Measure.PROMISED, Measure.REMEDIED)}
    found = {value for numbers in sums.values() for value, n in numbers.items() if n}
    for measure, numbers in sums.items():
        yield Figure(measure, numbers[ALL])
    for kind in ("remedy", "currency"):
        values = sorted(value for value in found if value.startswith(f"{kind}:"))
        values.sort(key=lambda value: -sums[Measure.PROMISED][value])
        for value in values:
            name = value.partition(":")[2]
            for measure, numbers in sums.items():
                if kind == "remedy":
                    yield Figure(measure, numbers[value], numbers[ALL], kind, name)
                else:
                    yield Figure(measure, 0, by=kind, value=name, amount=_money(numbers[value]))
    due = _sums(basis.counts, Measure.REMEDIES_DUE, period)
    yield Figure("remedies_in_time", due[IN_TIME], due[ALL])


def reviews(basis: Basis, period: Period) -> Iterator[Figure]:
    """Decisions of a review and of bodies outside: by outcome, and how many overturned the one before
    (indicator 18). What was refused, taken to a level, and reopened (indicators 16, 17 and 19)."""
    reviewed = _sums(basis.counts, Measure.REVIEWED, period)
    for level in (REVIEW, OUTSIDE):
        name = f"level:{level}"
        yield Figure(OVERTURNED, reviewed[f"{OVERTURNED}:{name}"], reviewed[name], "level", str(level))
    for outcome in _DECISIONS:
        outside = f"level:{OUTSIDE}"
        yield Figure("outside", reviewed[f"{outside}:{outcome}"], reviewed[outside], "outcome", outcome)
    decisions = _sums(basis.counts, Measure.DECISIONS, period)
    accepted, refused = (_until(decisions, answer, period) for answer in (ACCEPTED, REFUSED))
    yield Figure("refused", refused, accepted + refused)
    escalated = _sums(basis.counts, Measure.ESCALATED, period)
    for level in (REVIEW, OUTSIDE):
        yield Figure("escalated", escalated[f"level:{level}"], None, "level", str(level))
    reopened, closed = (_sums(basis.counts, each, period)[ALL] for each in (Measure.REOPENED, Measure.CLOSED))
    yield Figure("reopened", reopened, closed)


def causes(basis: Basis, period: Period) -> Iterator[Figure]:
    """Why people had to complain, how many had to again, and what was done so that it does not happen any
    more (indicators 20, 22 and 23)."""
    decisions = _sums(basis.counts, Measure.DECISIONS, period)
    found = {value.partition(":")[2]: n for value, n in decisions.items() if n and value.startswith("cause:")}
    named = {cause: n for cause, n in found.items() if cause not in ("", UNKNOWN)}
    yield Figure("cause_known", sum(named.values()), decisions[ALL])
    for cause, number in sorted(named.items(), key=lambda each: (-each[1], each[0])):
        yield Figure("causes", number, decisions[ALL], "cause", cause)
    repeated, received = (
        _sums(basis.counts, each, period)[ALL] for each in (Measure.REPEATED, Measure.RECEIVED)
    )
    yield Figure(Measure.REPEATED, repeated, received)
    actions = _sums(basis.counts, Measure.ACTIONS, period)
    yield Figure("actions_in_time", actions[IN_TIME], actions[ALL])
    yield Figure("actions_effective", actions[EFFECTIVE], actions[CHECKED])


def survey(basis: Basis, period: Period) -> Iterator[Figure]:
    """How complainants saw the handling and, apart, the result (clause 8.3, indicator 21): who answered of
    those who were asked, and the marks of each question.

    Only of whole months that have ended, and of a month with fewer than five answers nothing: else whoever
    looks day by day, or subtracts two periods or groups, learns what one person answered.
    """
    months = period._replace(first=period.month, last=_end_of_ended_months(basis, period))
    invited = _sums(_without_thin_invitations(basis.counts), Measure.SURVEYED, months)
    marks = _sums(_without_thin_months(basis.counts), Measure.ANSWERS, months)
    for by, value in _survey_groups(invited, marks):
        end = f":{by}:{value}" if by else ""
        answered = invited[ANSWERED + end]
        yield Figure("survey_answered", answered, invited[ALL + end], by, value)
        for question in QUESTIONS:
            yield from _marks(question, [marks[f"{question}:{mark}{end}"] for mark in MARKS], by, value)


REPORTS: dict[str, Callable[[Basis, Period], Iterator[Figure]]] = {
    "volume": volume,
    "timeliness": timeliness,
    "redress": redress,
    "reviews": reviews,
    "causes": causes,
    "survey": survey,
}
"""By their names."""


def _numbers(counts: Counter[str], name: str) -> Counter[int]:
    """How often there was each number of this name."""
    found = (value.partition(":") for value in counts if value.startswith(f"{name}:"))
    return Counter({int(number): counts[f"{name}:{number}"] for _, _, number in found})


def _percentiles(name: str, numbers: Sequence[int]) -> Iterator[Figure]:
    """The median and the ninetieth percentile of sorted numbers, each one that was there; of fewer than five
    nothing."""
    if len(numbers) >= FEWEST:
        for percentile in PERCENTILES:
            place = ceil(len(numbers) * percentile / 100)
            yield Figure(name, numbers[place - 1], None, "percentile", str(percentile))


def _ages(basis: Basis, period: Period) -> list[int]:
    """How many days each case had been open at the end of a period, sorted; until today, where it is not
    over. It is known for the ends of months."""
    end = min(period.last, basis.today)
    if end != basis.today and end != end_of_month(end):
        return []
    stayed: Counter[date] = Counter()
    for key, number in basis.stays.items():
        if key.day <= end:
            what, _, month = key.value.partition(":")
            if what == CAME:
                stayed[key.day] += number
            elif date.fromisoformat(month) <= end:
                stayed[key.day] -= number
    return sorted((end - day).days for day in stayed.elements())


def _per_thousand(received: int, transactions: int) -> Figure:
    """Complaints for each thousand transactions; of none there is no rate."""
    rate = (Decimal(1000 * received) / transactions).quantize(TENTH, ROUND_HALF_UP) if transactions else None
    return Figure("per_thousand", received, transactions, rate=None if rate is None else str(rate))


def _until(counts: Counter[str], end: str, period: Period) -> int:
    """How many ended so by the end of the period, of what says its date."""
    found = {value.partition(":")[2]: n for value, n in counts.items() if value.startswith(f"{end}:")}
    return sum(n for day, n in found.items() if date.fromisoformat(day) <= period.last)


def _end_of_ended_months(basis: Basis, period: Period) -> date:
    """The last date of a month that lies in the period and is over."""
    tomorrow = min(period.last + timedelta(days=1), basis.today)
    return tomorrow.replace(day=1) - timedelta(days=1)


def _without_thin_months(counts: Counts) -> Counts:
    """The answers to the survey without what one to four people of a site gave to a question in a month; by
    language and channel only of months in which each group has none or at least five."""
    found = {key: number for key, number in counts.items() if key.measure is Measure.ANSWERS}
    given: Counter[tuple[date, str, str, str, str]] = Counter()
    for key, number in found.items():
        question, by, group = _asked_by(key.value)
        given[(key.day, key.site, question, by, group)] += number
    thin = {place[:4] for place, number in given.items() if 0 < number < FEWEST}

    def is_told(key: CounterKey) -> bool:
        question, by, _ = _asked_by(key.value)
        return thin.isdisjoint({(key.day, key.site, question, ""), (key.day, key.site, question, by)})

    return Counter({key: number for key, number in found.items() if is_told(key)})


def _without_thin_invitations(counts: Counts) -> Counts:
    """Who was asked and who answered; by language and channel only of months in which of each group nobody
    answered, or at least five did. In all it is always told: it says nothing of what anybody thinks."""
    found = {key: number for key, number in counts.items() if key.measure is Measure.SURVEYED}
    answered: Counter[tuple[date, str, str, str]] = Counter()
    for key, number in found.items():
        what, by, group = (*key.value.split(":"), "", "")[:3]
        if what == ANSWERED and by:
            answered[(key.day, key.site, by, group)] += number
    thin = {place[:3] for place, number in answered.items() if 0 < number < FEWEST}
    return Counter(
        {
            key: number
            for key, number in found.items()
            if (key.day, key.site, (*key.value.split(":"), "")[1]) not in thin
        }
    )


def _asked_by(value: str) -> tuple[str, str, str]:
    """The question that an answer is to, and what it is sorted by.

    >>> _asked_by("easy:5:language:en"), _asked_by("easy:5")
    (('easy', 'language', 'en'), ('easy', '', ''))
    """
    question, _, rest = value.partition(":")
    _, _, group = rest.partition(":")
    by, _, name = group.partition(":")
    return question, by, name


def _survey_groups(*counts: Counter[str]) -> Iterator[tuple[str | None, str | None]]:
    """All who were asked together, and then by what answers are sorted by."""
    yield None, None
    for by in SURVEY_GROUPS:
        found = (value.partition(f":{by}:")[2] for numbers in counts for value, n in numbers.items() if n)
        yield from ((by, value) for value in sorted({value for value in found if value}))


def _marks(question: str, numbers: Sequence[int], by: str | None, value: str | None) -> Iterator[Figure]:
    """How many agree, with the mean; in all also how many gave each mark. Nothing of fewer than five."""
    of = sum(numbers)
    if of < FEWEST:
        return
    mean = Decimal(sum(mark * number for mark, number in zip(MARKS, numbers, strict=True))) / of
    agree = sum(numbers[AGREE - 1 :])
    yield Figure(question, agree, of, by, value, mean=str(mean.quantize(TENTH, ROUND_HALF_UP)))
    if by is None:
        for mark, number in zip(MARKS, numbers, strict=True):
            yield Figure(question, number, of, "mark", str(mark))


def _money(parts: int) -> str:
    """Money with its cents, and with what is smaller where there is any.

    >>> _money(1_198_000), _money(12_345)
    ('119.80', '1.2345')
    """
    whole = f"{Decimal(parts) / MONEY_PARTS:.4f}"
    return whole.removesuffix("00")


def month_before(today: date) -> Period:
    """The last full month.

    >>> month_before(date(2026, 3, 31))
    Period(first=datetime.date(2026, 2, 1), last=datetime.date(2026, 2, 28))
    """
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def end_of_month(day: date) -> date:
    """The last date of the month of a date."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _sums(counts: Counts, measure: Measure, period: Period) -> Counter[str]:
    """By value, of all dates of the period."""
    total: Counter[str] = Counter()
    for tally, number in counts.items():
        if tally.measure is measure and period.first <= tally.day <= period.last:
            total[tally.value] += number
    return total


def _ends_of_acknowledging(counts: Counts, period: Period) -> Counter[str]:
    """Results of the promises of cases received in the period, as far as they had ended when it did."""
    total: Counter[str] = Counter()
    for value, number in _sums(counts, Measure.ACKNOWLEDGED, period).items():
        end, _, day = value.partition(":")
        if date.fromisoformat(day) <= period.last:
            total[end] += number
    return total
