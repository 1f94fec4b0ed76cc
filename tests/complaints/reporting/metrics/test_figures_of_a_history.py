"""Figures of a history by chance, delivered out of order, twice or never, are those of its facts.

The history has reviews, bodies outside, reopenings, merges, corrections of the category, redactions, feedback
that becomes a complaint, answers to the survey, promises that were missed, paused and extended, remedies with
dates, corrective actions, letters that did not arrive, repeated complaints, and cases that were handed on.
All indicators are told again from the facts but for the transactions of number 2, which a site enters.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, TypeVar

import pytest

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.reporting.figure import Basis, Period
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
from tests.builders import a_complaint
from tests.complaints.reporting.history_by_chance import HistoryTeller
from tests.complaints.reporting.recomputed_clocks import local
from tests.complaints.reporting.recomputed_figures import (
    DAY,
    RECOMPUTED,
    Numbers,
    Told,
    by_group,
)
from tests.complaints.reporting.regulators.random_cases import SITE

K = TypeVar("K")

FEW, MANY = 500, 5_000
QUARTER, TODAY = Period(date(2026, 2, 1), date(2026, 4, 30)), date(2027, 1, 1)
CALENDAR = a_complaint(**SITE).terms.working_days


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
    assert found_of_all(every) == recomputed_of_all(told)
    for by in GROUPINGS:
        groups = by_group_of(reader.groups, standing, by)
        for group, stored in groups.items():
            cases = [each for each in told if each.groups[by] == group]
            assert found_in(basis_of([stored], QUARTER, TODAY)) == recomputed(cases), (by, group)
        missing = [each for each in told if each.is_complaint and each.groups[by] not in groups]
        assert missing == []


COUNTS = ("received", "closed", "open")
SHARES = (
    "reopened", "refused", "survey_answered", "acknowledged_in_time", "first_contact", "decided_in_time",
    "overdue", "extended", "paused", "remedies_in_time", "repeated", "actions_in_time", "actions_effective",
    "cause_known",
)  # fmt: skip
"""Figures that say of how many, for all cases and for each group."""


def found_in(basis: Basis) -> dict[str, object]:
    """What the report of the quarter says of all cases together, and of outcomes and levels."""
    told = list(ALL_REPORTS["indicators"](basis, QUARTER))
    figures = {each.figure: each for each in told if each.by is None}
    found: dict[str, object] = {name: figures[name].count for name in (*COUNTS, "promised", "remedied")}
    found |= {name: (figures[name].count, figures[name].of) for name in SHARES}
    found["easy"] = figures["easy"].mean if "easy" in figures else None
    for each in told:
        if each.figure in ("outcomes", "overturned", "escalated"):
            found[f"{each.figure} {each.value}"] = (each.count, each.of)
    return found


def found_of_all(basis: Basis) -> dict[str, object]:
    """What is told of a site alone: exact percentiles, ages, and letters."""
    told = list(ALL_REPORTS["indicators"](basis, QUARTER))
    names = ("days_to_decision", "working_days_to_decision", "age_of_open")
    found: dict[str, object] = {
        f"{each.figure} {each.value}": each.count for each in told if each.figure in names
    }
    (letters,) = (each for each in told if each.figure == "letters_failed")
    return found | {"letters": (letters.count, letters.of)}


def recomputed(told: Iterable[Told]) -> dict[str, object]:
    """The same by looking at one case after the other."""
    cases = [each for each in told if each.is_complaint]
    firsts = [case for case in cases if case.answered and is_in(case.answered[0].told)]
    return (
        of_receipts(cases) | of_first_decisions(firsts) | of_ends(cases) | of_remedies_and_actions(cases)
        | of_later_levels(cases) | of_survey(cases)
    )  # fmt: skip


def of_receipts(cases: Sequence[Told]) -> dict[str, object]:
    received = [case for case in cases if case.came and is_in(case.came)]
    acknowledged = [case.handling.acknowledged for case in received]
    known = [end for end, at in filter(None, acknowledged) if local(at) <= QUARTER.last]
    at_once = [case.settled_at_once(CALENDAR.is_business_day) for case in received]
    return {
        "received": len(received),
        "acknowledged_in_time": (known.count("met"), len(known)),
        "first_contact": (sum(at_once), len(received)),
        "repeated": (sum(case.is_repeated for case in received), len(received)),
    }


def of_first_decisions(firsts: Sequence[Told]) -> dict[str, object]:
    replies = [
        accepts
        for case in firsts
        for place, accepts, at in case.replies[:1]
        if place == 1 and local(at) <= QUARTER.last
    ]
    taken = [sum(n for name, n in case.at_first if name == "paused_minutes") for case in firsts]
    return {
        "refused": (replies.count(False), len(replies)),
        "decided_in_time": (sum(bool(case.handling.decided_in_time) for case in firsts), len(firsts)),
        "extended": (sum(("extended", 1) in case.at_first for case in firsts), len(firsts)),
        "paused": (sum(taken), sum(case.minutes_to_first for case in firsts)),
        "cause_known": (sum(case.cause not in ("", "unknown") for case in firsts), len(firsts)),
        **{
            f"outcomes {outcome}": (sum(case.answered[0].outcome == outcome for case in firsts), len(firsts))
            for outcome in ("upheld", "partly_upheld", "not_upheld")
        },
    }


def of_ends(cases: Sequence[Told]) -> dict[str, object]:
    again = [(max(end.at for end in case.ends if end.at <= at), at) for case in cases for at in case.reopened]
    closed = sum(is_in(end.at) for case in cases for end in case.ends)
    open_at_end = sum(case.is_open_on(QUARTER.last) for case in cases)
    late = [step for case in cases for step in case.handling.steps if step[1] == Measure.OVERDUE]
    return {
        "closed": closed,
        "open": open_at_end,
        "reopened": (sum(is_in(ended) and at - ended <= 90 * DAY for ended, at in again), closed),
        "overdue": (sum(by for day, _, _, by in late if day <= QUARTER.last), open_at_end),
    }


def of_remedies_and_actions(cases: Sequence[Told]) -> dict[str, object]:
    remedies = [in_time for case in cases for day, in_time in case.remedies_due() if day_in(day)]
    actions = [
        action for case in cases for action in case.handling.actions.values() if day_in(action.get("due"))
    ]
    checked = [bool(action["effective"]) for action in actions if "effective" in action]
    done = [each for each in actions if "done" in each]
    return {
        "promised": sum(len(each.remedies) for case in cases for each in case.answered if is_in(each.told)),
        "remedied": sum(day_in(day) for case in cases for day, _ in case.done),
        "remedies_in_time": (sum(remedies), len(remedies)),
        "actions_in_time": (
            sum(bool(each["done"] <= each["due"]) for each in done),  # type: ignore[operator]
            len(actions),
        ),
        "actions_effective": (sum(checked), len(checked)),
    }


def of_later_levels(cases: Sequence[Told]) -> dict[str, object]:
    reviews = [review for case in cases for review in case.reviews() if day_in(review[0])]
    return {
        **{
            f"overturned {level}": (
                sum(is_other for _, at, is_other in reviews if at == level),
                sum(at == level for _, at, _ in reviews),
            )
            for level in (2, 3)
        },
        "escalated 2": (sum(is_in(at) for case in cases for at in case.escalated), None),
        "escalated 3": (sum(is_in(at) for case in cases for at in case.outside), None),
    }


def of_survey(cases: Sequence[Told]) -> dict[str, object]:
    asked = [case for case in cases if case.survey and is_in(case.survey)]
    return {
        "survey_answered": (sum(case.marks is not None for case in asked), len(asked)),
        "easy": mean_of_easy(cases),
    }


def recomputed_of_all(told: Iterable[Told]) -> dict[str, object]:
    every = list(told)
    cases = [each for each in every if each.is_complaint]
    firsts = [case for case in cases if case.answered and is_in(case.answered[0].told)]
    days = [(local(case.answered[0].told) - local(case.came)).days for case in firsts if case.came]
    working = [
        sum(CALENDAR.is_business_day(local(case.came) + n * DAY) for n in range(1, day + 1))
        for case, day in zip(firsts, days, strict=True)
        if case.came
    ]
    ages = [
        (QUARTER.last - local(case.came)).days
        for case in cases
        if case.came and case.is_open_on(QUARTER.last)
    ]
    letters = [name for case in every for day, name in case.letters if day_in(day)]
    failed = [name for case in every for day, name in case.failed if day_in(day)]
    found: dict[str, object] = {"letters": (len(failed), len(letters))}
    for name, numbers in (
        ("days_to_decision", days), ("working_days_to_decision", working), ("age_of_open", ages),
    ):  # fmt: skip
        for percentile in (50, 90):
            found[f"{name} {percentile}"] = sorted(numbers)[-(-len(numbers) * percentile // 100) - 1]
    return found


def mean_of_easy(cases: Iterable[Told]) -> str | None:
    """Of the months in which five answered, or more."""
    months: dict[date, list[int]] = {}
    for case in cases:
        if case.marks and is_in(case.marks[0]):
            months.setdefault(local(case.marks[0]).replace(day=1), []).append(case.marks[1]["easy"])
    marks = [mark for each in months.values() if len(each) >= 5 for mark in each]
    if not marks:
        return None
    return str((Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def day_in(day: object) -> bool:
    return isinstance(day, date) and QUARTER.first <= day <= QUARTER.last


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
        if number and key.measure in RECOMPUTED and not key.value.startswith("progress:"):
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


@pytest.mark.iso10002("8.4 monitoring: indicators")
def test_figures_are_those_of_the_facts_whatever_comes_twice_late_or_never() -> None:
    check(FEW, 18)


@pytest.mark.soak
def test_figures_of_five_thousand_cases_are_those_of_the_facts() -> None:
    check(MANY, 2018)
