"""Figures of a history by chance, delivered out of order, twice or never, are those of its facts.

The history has reviews, reopenings, merges, corrections of the category, redactions, feedback that becomes a
complaint, and answers to the survey.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, TypeVar

import pytest

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.commands.outcome.classification import Classify
from complaints.commands.outcome.survey import AnswerSurvey
from complaints.commands.record.redaction import Redact
from complaints.reporting.indicators import ALL_REPORTS
from complaints.reporting.metrics.case_measures import counted
from complaints.reporting.metrics.group_figures import of_month
from complaints.reporting.metrics.measures import (
    BALANCES,
    BY_MONTH,
    GROUPINGS,
    Counts,
    GroupCounts,
    Measure,
    Standing,
)
from complaints.reporting.report_basis import Stored, basis_of
from complaints.reporting.report_basis import by_group as by_group_of
from complaints.reporting.reports import Basis, Period
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, RUTH, Story, a_complaint
from tests.complaints.reporting.recomputed_figures import (
    DAY,
    HOUR,
    RECOMPUTED,
    Numbers,
    Told,
    by_group,
    local,
)
from tests.complaints.reporting.regulators.test_returns import MAPPED, SITE, Teller

K = TypeVar("K")

FEW, MANY = 300, 5_000
QUARTER, TODAY = Period(date(2026, 2, 1), date(2026, 4, 30)), date(2027, 1, 1)
CALENDAR = a_complaint(**SITE).terms.working_days


class HistoryTeller(Teller):
    """Tells more of what can become of a case."""

    def history(self, cases: int) -> Iterator[Story]:
        courses = (
            self.open, self.withdrawn, self.taken_up_again, self.answered, self.reopened, self.reviewed,
            self.question, self.converted, self.merged, self.corrected_late, self.redacted, self.surveyed,
        )  # fmt: skip
        for number in range(cases):
            yield from self.random.choice(courses)(f"k-{number}")

    def corrected_late(self, key: str) -> Iterator[Story]:
        story = self.answered_case(key).accepted()
        others = [each for each in MAPPED if each and each != story.build().category]
        category = self.random.choice(others)
        yield story.does(ADA, Classify(category=category, reason="It was about this."), self.later(story))

    def redacted(self, key: str) -> Iterator[Story]:
        story = self.answered_case(key)
        yield story.does(RUTH, Redact(message=1, reason="It names somebody else."), self.later(story))

    def surveyed(self, key: str) -> Iterator[Story]:
        story = a_complaint(whole=True, **SITE).received(
            self.random_day(), key=key, language=self.random.choice(("en", "tr"))
        )
        story.acknowledged().assessed().decided().responded().accepted()
        while not [letter for letter in story.cases.letters if letter.kind == "survey"]:
            story.ticked(story.now + DAY)
        story.taken("survey")
        if self.random.random() < 0.7:
            easy, respect, understood, time, outcome = (self.random.randint(1, 5) for _ in range(5))
            answers = AnswerSurvey(
                easy=easy, respect=respect, understood=understood, time=time, outcome=outcome
            )
            story.does(COMPLAINANT, answers, story.now + self.random.choice((HOUR, 6 * DAY)))
        yield story


class Reader:
    """Counts cases as the reader of the stream does: what is not counted yet, up to what it sees."""

    def __init__(self) -> None:
        self.upto: Counter[str] = Counter()
        self.figures, self.groups = Counts(), GroupCounts()

    def count(self, reference: str, seen: Sequence[StoredEntry]) -> None:
        if len(seen) > self.upto[reference]:
            added = counted(reference, seen, lambda _: CALENDAR, self.upto[reference])
            self.figures.update(added.figures)
            self.groups.update(added.groups)
            self.upto[reference] = seen[-1].number


def delivered(chains: dict[str, Sequence[StoredEntry]], random: Random) -> Reader:
    """A reader to whom records come in any order, some of them twice and some never; at each it sees the
    case up to the entry of the record, or further."""
    records = [(name, entry.number) for name, chain in chains.items() for entry in chain]
    sent = [each for each in records if random.random() > 0.2]
    sent += random.sample(sent, len(sent) // 4)
    random.shuffle(sent)
    reader = Reader()
    for name, number in sent:
        chain = chains[name]
        reader.count(name, chain[: random.randint(number, min(number + 1, len(chain)))])
    return reader


def check(cases: int, seed: int) -> None:
    stories = list(HistoryTeller(seed).history(cases))
    chains = {story.reference: story.cases.entries(story.reference) for story in stories}
    reader = delivered(chains, Random(seed))
    late = [name for name, chain in chains.items() if reader.upto[name] < len(chain)]
    assert len(late) > cases // 50
    for name, chain in chains.items():  # what `make figures` does
        reader.count(name, chain)
    at_once = [counted(name, chain, lambda _: CALENDAR) for name, chain in chains.items()]
    assert known(reader.figures) == known(summed(each.figures for each in at_once))
    assert known(reader.groups) == known(summed(each.groups for each in at_once))
    told = [Told(story.numbered_facts) for story in stories]
    numbers = [(each.groups, each.numbers(CALENDAR.is_business_day)) for each in told]
    assert of_dates(reader.figures) == summed(each for _, each in numbers)
    for by in GROUPINGS:
        assert of_groups(reader.groups, by) == by_group(numbers, by), by
    check_reports(reader, told)


def check_reports(reader: Reader, told: Sequence[Told]) -> None:
    """The indicators of a quarter, in all and of each group, beside those that the cases say themselves."""
    standing = Standing(
        Counter({key: n for key, n in by_month(reader.figures).items() if key.measure in BALANCES}),
        GroupCounts({key: n for key, n in reader.groups.items() if key.measure in BALANCES}),
        Counter({key: n for key, n in reader.figures.items() if key.measure is Measure.STAYS}),
    )
    every = basis_of([Stored(by_month(reader.figures), standing)], QUARTER, TODAY)
    assert found_in(every) == recomputed(told)
    for by in GROUPINGS:
        groups = by_group_of(reader.groups, standing, by)
        for group, stored in groups.items():
            cases = [each for each in told if each.groups[by] == group]
            assert found_in(basis_of([stored], QUARTER, TODAY)) == recomputed(cases), (by, group)
        missing = [each for each in told if each.is_complaint and each.groups[by] not in groups]
        assert missing == []


def found_in(basis: Basis) -> dict[str, object]:
    """What the report of the quarter says of some figures, all cases together."""
    figures = {each.figure: each for each in ALL_REPORTS["indicators"](basis, QUARTER) if each.by is None}
    found: dict[str, object] = {
        name: figures[name].count for name in ("received", "closed", "open", "reopened")
    }
    for name in ("refused", "survey_answered"):
        found[name] = (figures[name].count, figures[name].of)
    found["easy"] = figures["easy"].mean if "easy" in figures else None
    return found


def recomputed(told: Iterable[Told]) -> dict[str, object]:
    """The same by looking at one case after the other."""
    cases = [each for each in told if each.is_complaint]
    firsts = [case for case in cases if case.answered and is_in(case.answered[0].told)]
    replies = [
        accepts
        for case in firsts
        for place, accepts, at in case.replies[:1]
        if place == 1 and local(at) <= QUARTER.last
    ]
    asked = [case for case in cases if case.survey and is_in(case.survey)]
    marks = [case.marks[1]["easy"] for case in cases if case.marks and is_in(case.marks[0])]
    few = len(marks) < 5
    mean = None if few else (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    again = [(max(end.at for end in case.ends if end.at <= at), at) for case in cases for at in case.reopened]
    return {
        "received": sum(is_in(case.came) for case in cases if case.came),
        "closed": sum(is_in(end.at) for case in cases for end in case.ends),
        "open": sum(
            since <= QUARTER.last and (until is None or until > QUARTER.last)
            for case in cases
            for since, until, *_ in case.spans
        ),
        "reopened": sum(is_in(ended) and at - ended <= 90 * DAY for ended, at in again),
        "refused": (replies.count(False), len(replies)),
        "survey_answered": (sum(case.marks is not None for case in asked), len(asked)),
        "easy": mean and str(mean),
    }


def is_in(moment: datetime) -> bool:
    return QUARTER.first <= local(moment) <= QUARTER.last


def by_month(figures: Counts) -> Counts:
    """The sums of months, as a report of whole months reads them."""
    found = Counts()
    for key, number in figures.items():
        if key.measure in BY_MONTH:
            found[key._replace(day=key.day.replace(day=1), value=of_month(key.value))] += number
    return found


def summed(parts: Iterable[Mapping[K, int]]) -> Counter[K]:
    whole: Counter[K] = Counter()
    for part in parts:
        whole.update(part)
    return known(whole)


def known(numbers: Counter[K]) -> Counter[K]:
    return Counter({key: number for key, number in numbers.items() if number})


def of_dates(figures: Counts) -> Numbers:
    found: Numbers = Counter()
    for key, number in figures.items():
        if number and key.measure in RECOMPUTED:
            found[key.day, key.measure, key.value] += number
    return found


def of_groups(groups: GroupCounts, by: str) -> Counter[tuple[Any, ...]]:
    return Counter(
        {
            (key.group, key.month, key.measure, key.value): number
            for key, number in groups.items()
            if number and key.by == by and key.measure in RECOMPUTED
        }
    )


@pytest.mark.iso10002("8.4 monitoring", "8.2 analysis and evaluation")
def test_figures_are_those_of_the_facts_whatever_comes_twice_late_or_never() -> None:
    check(FEW, 18)


@pytest.mark.soak
def test_figures_of_five_thousand_cases_are_those_of_the_facts() -> None:
    check(MANY, 2018)
