"""What complainants say of the handling (clause 8.3), with nothing that tells what one person answered."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from complaints.reporting.figure import FEWEST, TENTH, Basis, Figure, Period, by_value
from complaints.reporting.metrics.measures import (
    ALL,
    ANSWERED,
    QUESTIONS,
    SURVEY_GROUPS,
    CounterKey,
    Counts,
    Measure,
)

MARKS, AGREE = (1, 2, 3, 4, 5), 4
"""What a statement of the survey is answered with, and from which mark on somebody agrees."""


def survey(basis: Basis, period: Period) -> Iterator[Figure]:
    """How complainants saw the handling and, apart, the result (clause 8.3, indicator 21): who answered of
    those who were asked, and the marks of each question.

    Only of whole months that have ended, and of a month with fewer than five answers nothing: else whoever
    looks day by day, or subtracts two periods or groups, learns what one person answered.
    """
    months = period._replace(first=period.month, last=_end_of_ended_months(basis, period))
    invited = by_value(_without_thin_invitations(basis.counts), Measure.SURVEYED, months)
    marks = by_value(_without_thin_months(basis.counts), Measure.ANSWERS, months)
    for by, value in _survey_groups(invited, marks):
        end = f":{by}:{value}" if by else ""
        answered = invited[ANSWERED + end]
        yield Figure("survey_answered", answered, invited[ALL + end], by, value)
        for question in QUESTIONS:
            yield from _marks(question, [marks[f"{question}:{mark}{end}"] for mark in MARKS], by, value)


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
