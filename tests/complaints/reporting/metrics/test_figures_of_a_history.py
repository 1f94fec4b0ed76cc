"""Figures of a history by chance, delivered out of order, twice or never, are those of its facts.

The history has reviews, bodies outside, reopenings, merges, corrections of the category, redactions, feedback
that becomes a complaint, answers to the survey, promises that were missed, paused and extended, remedies with
dates, corrective actions, letters that did not arrive, repeated complaints, and cases that were handed on.
All indicators are told again from the facts but for the transactions of number 2, which a site enters.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, TypeVar

import pytest

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.commands.case import LetterTaken, Remedied, Reopen
from complaints.commands.outcome.classification import Classify
from complaints.commands.outcome.referral import RecordReferral
from complaints.commands.outcome.survey import AnswerSurvey
from complaints.commands.record.linked_cases import NoteRepeat
from complaints.commands.record.redaction import Redact
from complaints.commands.workflow.corrective_actions import Act, Acted
from complaints.model.outcome.referral import ReferralStep
from complaints.model.record.case_links import Relation
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
from complaints.values.field_types import Outcome, Remedy
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import ADA, GRACE, OMBUDSMAN, QUINN, RUTH, Story, a_complaint, a_member, decide_to, refund
from tests.complaints.reporting.recomputed_clocks import local
from tests.complaints.reporting.recomputed_figures import (
    DAY,
    HOUR,
    RECOMPUTED,
    Numbers,
    Told,
    by_group,
)
from tests.complaints.reporting.regulators.test_returns import MAPPED, NEW_YEAR, SITE, Teller
from tests.complaints.two_cases import another, link

K = TypeVar("K")

FEW, MANY = 500, 5_000
QUARTER, TODAY = Period(date(2026, 2, 1), date(2026, 4, 30)), date(2027, 1, 1)
CALENDAR = a_complaint(**SITE).terms.working_days


class HistoryTeller(Teller):
    """Tells more of what can become of a case."""

    def history(self, cases: int) -> Iterator[Story]:
        courses = (
            self.open, self.withdrawn, self.taken_up_again, self.answered, self.reopened, self.reviewed,
            self.question, self.converted, self.merged, self.corrected_late, self.redacted, self.surveyed,
            self.late, self.asked, self.extended, self.with_dates, self.acting, self.not_delivered,
            self.handed_on, self.repeated, self.outside, self.decided_again,
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

    def whole(self, key: str) -> Story:
        """With all the promises of the site, and a body outside."""
        fields: dict[str, Any] = {"category": self.random.choice([each for each in MAPPED if each])}
        site = SITE | {"external_body": OMBUDSMAN}
        return a_complaint(whole=True, **site).received(self.random_day(), key=key, **fields)

    def late(self, key: str) -> Iterator[Story]:
        """Missed what was promised, and answered after all or not."""
        story = self.whole(key)
        if self.random.random() < 0.5:
            story.acknowledged(story.now + self.random.choice((HOUR, 20 * DAY)))
        for days in self.random.sample(range(1, 90), 3):
            if days * DAY + NEW_YEAR > story.now:
                story.ticked(story.now + days * DAY)
        if self.random.random() < 0.6 and story.build().acknowledged_at:
            story.assessed(story.now + HOUR).decided().responded(story.now + DAY)
        yield story

    def asked(self, key: str) -> Iterator[Story]:
        """The promise stood still while the complainant was asked."""
        story = self.whole(key).acknowledged().assessed()
        story.asked(story.now + DAY)
        if self.random.random() < 0.8:
            story.wrote(at=self.later(story))
            story.decided(at=story.now + HOUR).responded(self.later(story))
        yield story

    def extended(self, key: str) -> Iterator[Story]:
        story = self.whole(key).acknowledged().assessed()
        story.extended(at=story.now + DAY)
        story.taken("extension")
        yield story.decided(at=self.later(story)).responded(story.now + HOUR)

    def with_dates(self, key: str) -> Iterator[Story]:
        """Remedies with a date, done in time, late, or not at all."""
        story = self.received(key).acknowledged().assessed()
        day = local(story.now) + self.random.randint(5, 40) * DAY
        remedies = (refund("12.50", by=day), Remedy(kind="apology", by=day + DAY))
        story.does(ADA, decide_to(remedies=remedies)).responded(story.now + DAY)
        for owed in story.build().remedies_owed:
            if self.random.random() < 0.7:
                at = story.now + self.random.choice((DAY, 30 * DAY))
                story.does(ADA, Remedied(remedy=owed.id, done_on=local(at)), at)
        yield story.accepted(story.now + HOUR) if self.random.random() < 0.5 else story

    def acting(self, key: str) -> Iterator[Story]:
        """A corrective action: planned, done in time or late, checked or not."""
        story = self.answered_case(key).accepted()
        due = local(story.now) + 20 * DAY
        act = Act(action="training_given", owner="grace", due=due)
        story.does(QUINN, act, story.now + HOUR, colleague=a_member("grace"))
        if self.random.random() < 0.8:
            story.does(GRACE, Acted(action="1"), story.now + self.random.choice((DAY, 40 * DAY)))
            if self.random.random() < 0.6:
                helped = self.random.random() < 0.5
                story.does(QUINN, Acted(action="1", effective=helped), self.later(story))
        yield story

    def not_delivered(self, key: str) -> Iterator[Story]:
        """A letter did not arrive, or the mail service may have taken it twice."""
        story = self.received(key)
        if self.random.random() < 0.5:
            yield story.refused("acknowledgement", story.now + HOUR)
            return
        letter = story.letter("acknowledgement")
        taken = LetterTaken(letter=letter.id, kind=letter.kind, message_id="mail-1", doubtful=True)
        yield story.does(MACHINE, taken, story.now + HOUR)

    def handed_on(self, key: str) -> Iterator[Story]:
        story = self.received(key).acknowledged()
        for name in self.random.sample(("grace", "ada", "gus"), self.random.randint(1, 3)):
            story.assigned(name, self.later(story))
        if self.random.random() < 0.5:
            story.assessed().decided().responded(self.later(story)).accepted(story.now + DAY)
        yield story

    def repeated(self, key: str) -> Iterator[Story]:
        """Found to repeat another one; taken back, or linked by staff besides."""
        story = self.received(key, category="delivery.late")
        story.does(MACHINE, NoteRepeat(of="C-BVC3C-KNJEW-R"), story.now + HOUR)
        if self.random.random() < 0.4:
            story.does(MACHINE, NoteRepeat(), self.later(story))
        other = another(story, story.now - 9 * DAY, key=f"{key}-too", category="delivery.late")
        if self.random.random() < 0.6:
            link(story, other, Relation.SAME_PERSON, at=story.now + HOUR)
        yield from (story, other)

    def outside(self, key: str) -> Iterator[Story]:
        """Taken to a body outside, which decides."""
        story = self.whole(key).acknowledged().assessed().decided().responded().disagreed()
        story.decided(by=RUTH, at=self.later(story)).responded().disagreed(story.now + DAY)
        if self.random.random() < 0.7:
            result: Any = self.random.choice((Outcome.UPHELD, Outcome.NOT_UPHELD))
            step = RecordReferral(step=ReferralStep.DECIDED, on=local(story.now), result=result)
            story.does(RUTH, step, story.now + 2 * DAY)
        yield story

    def decided_again(self, key: str) -> Iterator[Story]:
        """Taken up again after its end, and decided once more."""
        story = self.answered_case(key)
        story.accepted(story.now + HOUR)
        story.does(RUTH, Reopen(reason="She rang."), self.later(story))
        yield self.decided(story, RUTH)


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
    received = [case for case in cases if case.came and is_in(case.came)]
    firsts = [case for case in cases if case.answered and is_in(case.answered[0].told)]
    replies = [
        accepts
        for case in firsts
        for place, accepts, at in case.replies[:1]
        if place == 1 and local(at) <= QUARTER.last
    ]
    acknowledged = [case.handling.acknowledged for case in received]
    known = [end for end, at in filter(None, acknowledged) if local(at) <= QUARTER.last]
    asked = [case for case in cases if case.survey and is_in(case.survey)]
    again = [(max(end.at for end in case.ends if end.at <= at), at) for case in cases for at in case.reopened]
    closed = sum(is_in(end.at) for case in cases for end in case.ends)
    at_once = [case.settled_at_once(CALENDAR.is_business_day) for case in received]
    open_at_end = sum(case.is_open_on(QUARTER.last) for case in cases)
    late = [step for case in cases for step in case.handling.steps if step[1] == Measure.OVERDUE]
    taken = [sum(n for name, n in case.at_first if name == "paused_minutes") for case in firsts]
    minutes = [case.minutes_to_first for case in firsts]
    remedies = [in_time for case in cases for day, in_time in case.remedies_due() if day_in(day)]
    actions = [
        action for case in cases for action in case.handling.actions.values() if day_in(action.get("due"))
    ]
    checked = [bool(action["effective"]) for action in actions if "effective" in action]
    reviews = [review for case in cases for review in case.reviews() if day_in(review[0])]
    return {
        "received": len(received),
        "closed": closed,
        "open": open_at_end,
        "promised": sum(len(each.remedies) for case in cases for each in case.answered if is_in(each.told)),
        "remedied": sum(day_in(day) for case in cases for day, _ in case.done),
        "reopened": (sum(is_in(ended) and at - ended <= 90 * DAY for ended, at in again), closed),
        "refused": (replies.count(False), len(replies)),
        "survey_answered": (sum(case.marks is not None for case in asked), len(asked)),
        "acknowledged_in_time": (known.count("met"), len(known)),
        "first_contact": (sum(at_once), len(received)),
        "decided_in_time": (sum(bool(case.handling.decided_in_time) for case in firsts), len(firsts)),
        "overdue": (sum(by for day, _, _, by in late if day <= QUARTER.last), open_at_end),
        "extended": (sum(("extended", 1) in case.at_first for case in firsts), len(firsts)),
        "paused": (sum(taken), sum(minutes)),
        "remedies_in_time": (sum(remedies), len(remedies)),
        "repeated": (sum(case.is_repeated for case in received), len(received)),
        "actions_in_time": (
            sum("done" in each and bool(each["done"] <= each["due"]) for each in actions),  # type: ignore[operator]
            len(actions),
        ),
        "actions_effective": (sum(checked), len(checked)),
        "cause_known": (sum(case.cause not in ("", "unknown") for case in firsts), len(firsts)),
        "easy": mean_of_easy(cases),
        **{
            f"outcomes {outcome}": (sum(case.answered[0].outcome == outcome for case in firsts), len(firsts))
            for outcome in ("upheld", "partly_upheld", "not_upheld")
        },
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


@pytest.mark.iso10002("8.4 monitoring", "8.2 analysis and evaluation")
def test_figures_are_those_of_the_facts_whatever_comes_twice_late_or_never() -> None:
    check(FEW, 18)


@pytest.mark.soak
def test_figures_of_five_thousand_cases_are_those_of_the_facts() -> None:
    check(MANY, 2018)
