"""Reports (clause 8.4): figures of a period in the local dates of a site, each with what it is a part of."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from complaints.reporting.figure import FEWEST, TENTH, Basis, Figure, Period, by_value, end_of_month
from complaints.reporting.metrics.measures import (
    ACCEPTED,
    ALL,
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
    REFUSED,
    REVIEW,
    Counts,
    Measure,
)
from complaints.reporting.survey_figures import survey
from complaints.values.field_types import Outcome

PERCENTILES, BANDS = (50, 90), (3, 15, 30, 56)
"""What is told of the days until the decision; 56 are eight weeks."""

UNKNOWN = "unknown"
"""The cause that names none."""

_DECISIONS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)


def volume(basis: Basis, period: Period) -> Iterator[Figure]:
    """Cases received, ended and open at the end, how old those are and how many of them are overdue
    (indicators 1 to 5 and 10)."""
    at_end: Counter[str] = Counter(basis.standing)
    at_end.update(by_value(basis.counts, Measure.OPEN, period._replace(first=period.month)))
    totals = {
        Measure.RECEIVED: by_value(basis.counts, Measure.RECEIVED, period),
        Measure.CLOSED: by_value(basis.counts, Measure.CLOSED, period),
        Measure.OPEN: at_end,
    }
    for measure, numbers in totals.items():
        yield Figure(measure, numbers[ALL])
    for kind in KINDS:
        found = {value for numbers in totals.values() for value, n in numbers.items() if n}
        values = sorted(value for value in found if value.startswith(f"{kind}:"))
        values.sort(key=lambda value: -totals[Measure.RECEIVED][value] if kind != "level" else 0)
        for value in values:
            for measure, numbers in totals.items():
                yield Figure(measure, numbers[value], numbers[ALL], kind, value.partition(":")[2])
    closed = totals[Measure.CLOSED]
    for value, number in sorted(closed.items(), key=lambda each: (-each[1], each[0])):
        if value.startswith("reason:"):
            yield Figure(Measure.CLOSED, number, closed[ALL], "reason", value.partition(":")[2])
    if basis.transactions is not None:
        yield _per_thousand(totals[Measure.RECEIVED][ALL], basis.transactions)
    overdue = (
        basis.overdue + by_value(basis.counts, Measure.OVERDUE, period._replace(first=period.month))[ALL]
    )
    yield Figure(Measure.OVERDUE, overdue, at_end[ALL])
    yield from _percentiles("age_of_open", _ages(basis, period))


def timeliness(basis: Basis, period: Period) -> Iterator[Figure]:
    """What was acknowledged, settled at once and decided in time, how, after how many days, and with more
    time; and letters that did not arrive (indicators 6 to 9, 11 to 13 and 24)."""
    ends = _ends_of_acknowledging(basis.counts, period)
    yield Figure("acknowledged_in_time", ends[MET], ends[MET] + ends[MISSED])
    decided = by_value(basis.counts, Measure.DECIDED, period)
    yield Figure("decided_in_time", decided[IN_TIME], decided[ALL])
    for outcome in _DECISIONS:
        yield Figure("outcomes", decided[f"outcome:{outcome}"], decided[ALL], "outcome", outcome)
    decisions = by_value(basis.counts, Measure.DECISIONS, period)
    days = sorted(_numbers(decisions, "days").elements())
    yield from _percentiles("days_to_decision", days)
    for most in BANDS:
        yield Figure("decided_within", sum(day <= most for day in days), len(days), "days", str(most))
    yield from _percentiles("working_days_to_decision", sorted(_numbers(decisions, "working").elements()))
    yield Figure("extended", decisions["extended"], decisions[ALL])
    yield Figure("paused", decisions["paused_minutes"], decisions["taken_minutes"])
    received = by_value(basis.counts, Measure.RECEIVED, period)[ALL]
    yield Figure(Measure.FIRST_CONTACT, by_value(basis.counts, Measure.FIRST_CONTACT, period)[ALL], received)
    letters = by_value(basis.counts, Measure.LETTERS, period)
    yield Figure("letters_failed", letters[FAILED], letters[ALL])


def redress(basis: Basis, period: Period) -> Iterator[Figure]:
    """Remedies promised and done, by kind, and their money by currency (indicator 14), with no sum over
    currencies; those that were done by the date that was named (indicator 15)."""
    sums = {
        measure: by_value(basis.counts, measure, period) for measure in (Measure.PROMISED, Measure.REMEDIED)
    }
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
    due = by_value(basis.counts, Measure.REMEDIES_DUE, period)
    yield Figure("remedies_in_time", due[IN_TIME], due[ALL])


def reviews(basis: Basis, period: Period) -> Iterator[Figure]:
    """Decisions of a review and of bodies outside: by outcome, and how many overturned the one before
    (indicator 18). What was refused, taken to a level, and reopened (indicators 16, 17 and 19)."""
    reviewed = by_value(basis.counts, Measure.REVIEWED, period)
    for level in (REVIEW, OUTSIDE):
        name = f"level:{level}"
        yield Figure(OVERTURNED, reviewed[f"{OVERTURNED}:{name}"], reviewed[name], "level", str(level))
    for outcome in _DECISIONS:
        outside = f"level:{OUTSIDE}"
        yield Figure("outside", reviewed[f"{outside}:{outcome}"], reviewed[outside], "outcome", outcome)
    decisions = by_value(basis.counts, Measure.DECISIONS, period)
    accepted, refused = (_until(decisions, answer, period) for answer in (ACCEPTED, REFUSED))
    yield Figure("refused", refused, accepted + refused)
    escalated = by_value(basis.counts, Measure.ESCALATED, period)
    for level in (REVIEW, OUTSIDE):
        yield Figure("escalated", escalated[f"level:{level}"], None, "level", str(level))
    reopened, closed = (
        by_value(basis.counts, each, period)[ALL] for each in (Measure.REOPENED, Measure.CLOSED)
    )
    yield Figure("reopened", reopened, closed)


def causes(basis: Basis, period: Period) -> Iterator[Figure]:
    """Why people had to complain, how many had to again, and what was done so that it does not happen any
    more (indicators 20, 22 and 23)."""
    decisions = by_value(basis.counts, Measure.DECISIONS, period)
    found = {value.partition(":")[2]: n for value, n in decisions.items() if n and value.startswith("cause:")}
    named = {cause: n for cause, n in found.items() if cause not in ("", UNKNOWN)}
    yield Figure("cause_known", sum(named.values()), decisions[ALL])
    for cause, number in sorted(named.items(), key=lambda each: (-each[1], each[0])):
        yield Figure("causes", number, decisions[ALL], "cause", cause)
    repeated, received = (
        by_value(basis.counts, each, period)[ALL] for each in (Measure.REPEATED, Measure.RECEIVED)
    )
    yield Figure(Measure.REPEATED, repeated, received)
    actions = by_value(basis.counts, Measure.ACTIONS, period)
    yield Figure("actions_in_time", actions[IN_TIME], actions[ALL])
    yield Figure("actions_effective", actions[EFFECTIVE], actions[CHECKED])


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


def _money(parts: int) -> str:
    """Money with its cents, and with what is smaller where there is any.

    >>> _money(1_198_000), _money(12_345)
    ('119.80', '1.2345')
    """
    whole = f"{Decimal(parts) / MONEY_PARTS:.4f}"
    return whole.removesuffix("00")


def _ends_of_acknowledging(counts: Counts, period: Period) -> Counter[str]:
    """Results of the promises of cases received in the period, as far as they had ended when it did."""
    total: Counter[str] = Counter()
    for value, number in by_value(counts, Measure.ACKNOWLEDGED, period).items():
        end, _, day = value.partition(":")
        if date.fromisoformat(day) <= period.last:
            total[end] += number
    return total
