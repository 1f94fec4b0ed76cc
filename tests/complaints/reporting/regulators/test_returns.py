"""Regulators' returns: computed from states of cases, and again in other words from the facts of each."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from complaints.adapters.config.shipped_data import return_named
from complaints.case.outcome.classification import Classified
from complaints.case.outcome.decision import DecisionProposed, Responded
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.points import PointRaised
from complaints.case.outcome.remedies import RemedyDone
from complaints.case.process.closing import Closed, Reopened, Withdrawn
from complaints.case.process.investigation import FindingRecorded
from complaints.case.process.receipt import Received
from complaints.case.record.merging import Absorbed, Merged
from complaints.reporting.figure import Period
from complaints.reporting.regulators.returns import ReturnPart, compute
from complaints.values.field_types import Channel, Remedy
from tests.builders import DEMO, Story, a_complaint
from tests.complaints.reporting.regulators.random_cases import CAUSES, DAY, HOUR, MAPPED, SITE, Teller

FCA, ASIC = return_named("uk-fca-complaints"), return_named("au-asic-idr")
NHS = return_named("nhs-ko41a")
PERIOD = Period(date(2026, 3, 1), date(2026, 5, 31))
PARTS = 4
OUTCOMES = {
    "upheld": "in_favour",
    "partly_upheld": "partly_in_favour",
    "not_upheld": "not_in_favour",
    "withdrawn": "withdrawn",
}
CHANNELS = {Channel.WEB: "online", Channel.TELEPHONE: "telephone", Channel.LETTER: "mail"}


class Told(NamedTuple):
    """What the facts of a case say, read one after the other."""

    reference: str
    received: datetime
    is_complaint: bool
    category: str | None
    cause: str | None
    points: list[str]
    kind: str | None
    channel: Channel
    answers: list[tuple[datetime, str]]
    ended: tuple[datetime, str] | None
    merged: bool
    parts: list[str]
    paid: list[tuple[date, Remedy]]

    @property
    def closed(self) -> datetime | None:
        return min([at for at, _ in self.answers[:1]] + ([self.ended[0]] if self.ended else []), default=None)


def read(story: Story) -> Told:
    receipt: Received | None = None
    decisions: dict[str, Remedy] = {}
    found: dict[str, Any] = {"answers": [], "ended": None, "merged": False, "parts": [], "paid": []}
    found |= {"cause": None, "points": []}
    outcome = ""
    for number, fact in story.numbered_facts:
        match fact:
            case Received():
                receipt = fact
                found |= {"received": fact.received_at or fact.at, "category": fact.category}
                found["is_complaint"] = fact.feedback == "complaint"
            case Converted():
                found |= {"is_complaint": True, "ended": None}
            case Classified(category=str() as category):
                found["category"] = category
            case FindingRecorded():
                found["cause"] = fact.root_cause
            case PointRaised():
                found["points"].append(fact.category or "")
            case DecisionProposed():
                outcome = fact.outcome
                for place, remedy in enumerate(fact.remedies, start=1):
                    decisions[f"{number:06d}.{place}"] = remedy
            case Responded():
                found["answers"].append((fact.told_at, outcome))
            case RemedyDone():
                found["paid"].append((fact.done_on, decisions[fact.id or ""]))
            case Closed() | Withdrawn() | Merged():
                reason = fact.reason if isinstance(fact, Closed) else "withdrawn"
                found |= {"ended": (fact.at, reason), "merged": isinstance(fact, Merged)}
            case Reopened():
                found["ended"] = None
            case Absorbed():
                found["parts"].append(fact.source)
    assert receipt
    return Told(reference=story.reference, kind=receipt.kind, channel=receipt.channel, **found)


def local(moment: datetime) -> date:
    return (moment + 3 * HOUR).date()
    # Istanbul has been three hours ahead all year round since 2016.


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return list(Teller(15).stories())


@pytest.fixture(scope="module")
def told(stories: list[Story]) -> list[Told]:
    return list(map(read, stories))


def made(expected: Any, stories: list[Story]) -> ReturnPart:
    return compute(expected, [story.build() for story in stories], PERIOD, a_complaint(**SITE).terms)


def is_quick(case: Told) -> bool:
    """Closed before the third business day after the receipt has closed."""
    calendar = a_complaint(**SITE).terms.calendar("iso10002-default")
    days = (local(case.received) + number * DAY for number in range(1, 60))
    third = next(islice((day for day in days if calendar.is_business_day(day)), 2, None))
    return case.closed is not None and case.closed <= calendar.end_of(third, "close")


def holding(case: Told) -> Iterator[tuple[str, str | None, Decimal | None]]:
    """The measures that hold of a case, each with its currency and amount."""
    came, gone = local(case.received), local(case.closed) if case.closed else None
    if came > PERIOD.last:
        return
    if came >= PERIOD.first:
        yield "opened", None, None
    elif gone is None or gone >= PERIOD.first:
        yield "outstanding_at_start", None, None
    if gone is None or gone > PERIOD.last:
        yield "outstanding_at_end", None, None
    elif gone >= PERIOD.first:
        yield "closed", None, None
        if is_quick(case):
            yield "closed_within_3_business_days", None, None
        if gone - came <= 56 * DAY:
            yield "closed_within_8_weeks", None, None
        if outcome := outcome_of(case):
            yield "upheld" if outcome in ("upheld", "partly_upheld") else "not_upheld", None, None
    for day, remedy in case.paid:
        if PERIOD.first <= day <= PERIOD.last and remedy.amount and remedy.kind != "repair":
            measure = "redress_paid" if remedy.kind == "refund" else f"unmapped:{remedy.kind}"
            yield measure, remedy.currency, Decimal(remedy.amount)


def outcome_of(case: Told) -> str | None:
    known = [outcome for at, outcome in case.answers if local(at) <= PERIOD.last]
    return known[-1] if known else None


def test_the_figures_of_the_fca_are_those_of_the_facts(stories: list[Story], told: list[Told]) -> None:
    cases: dict[Any, set[str]] = defaultdict(set)
    amounts: dict[Any, Decimal] = defaultdict(Decimal)
    for case in told:
        for measure, currency, amount in holding(case) if case.is_complaint and not case.merged else ():
            key = (measure, (MAPPED[case.category][0], CAUSES[case.cause]), currency)
            cases[key].add(case.reference)
            amounts[key] += amount or 0
    found = made(FCA, stories).figures
    assert {(each.measure, each.codes, each.currency): set(each.cases) for each in found} == cases
    assert all(len(each.cases) == len(set(each.cases)) for each in found)
    money = {
        (each.measure, each.codes, each.currency): each.amount for each in found if each.amount is not None
    }
    assert money == {key: amount for key, amount in amounts.items() if amount}
    measures = {measure for measure, *_ in cases}
    assert measures == {each.name for each in getattr(FCA, "measures")} | {"unmapped:voucher"}  # noqa: B009


def test_the_rows_of_asic_are_those_of_the_facts(stories: list[Story], told: list[Told]) -> None:
    expected: dict[str, tuple[str, ...]] = {}
    for case in told:
        came, gone = local(case.received), local(case.closed) if case.closed else None
        if not case.is_complaint or case.merged or came > PERIOD.last or (gone and gone < PERIOD.first):
            continue
        if gone and gone > PERIOD.last:
            gone = None
        ended = case.ended[1] if case.ended else None
        outcome = OUTCOMES[outcome_of(case) or str(ended)] if gone else ""
        expected[case.reference] = (
            case.reference,
            DEMO.name,
            {"consumer": "individual", "micro_business": "small_business"}.get(
                str(case.kind), "unmapped:none"
            ),
            "closed" if gone else "open",
            CHANNELS[case.channel],
            came.isoformat(),
            gone.isoformat() if gone else "",
            str((gone - came).days) if gone else "",
            *MAPPED[case.category][:2],
            outcome,
        )
    rows = made(ASIC, stories).rows
    assert {row[0]: row[:-1] for row in rows} == expected
    assert len(rows) == len(expected)
    money = {case.reference: money_of(case) for case in told}
    assert [set(filter(None, row[-1].split("; "))) for row in rows] == [money[row[0]] for row in rows]


def test_the_figures_of_the_nhs_count_each_subject_of_a_new_complaint_once(
    stories: list[Story], told: list[Told]
) -> None:
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    names = {"opened": "new", "outstanding_at_start": "brought_forward"}
    names |= {"outstanding_at_end": "carried_forward"}
    outcomes = {"upheld": "upheld", "partly_upheld": "partially_upheld", "not_upheld": "not_upheld"}
    for case in told:
        for measure, *_ in holding(case) if case.is_complaint and not case.merged else ():
            if measure in names:
                expected[names[measure], ""].add(case.reference)
            if measure == "closed" and (outcome := outcome_of(case)):
                expected[outcomes[outcome], ""].add(case.reference)
            if measure == "opened":
                for category in [point or case.category for point in case.points] or [case.category]:
                    expected["new_by_subject", MAPPED[category][2]].add(case.reference)
    found = made(NHS, stories).figures
    subjects = [each for each in found if each.measure != "new_by_service"]
    assert {(each.measure, each.codes[1]): set(each.cases) for each in subjects} == expected
    assert len(subjects) == len(expected)
    assert max(len(case.points) for case in told) == 3


def money_of(case: Told) -> set[str]:
    """What was paid in the period, each currency by itself and what is no redress by its name."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for measure, currency, amount in holding(case):
        if amount:
            sums[f"unmapped:voucher {currency}" if "voucher" in measure else str(currency)] += amount
    return {f"{amount} {name}" for name, amount in sums.items()}


def test_what_is_no_complaint_of_its_own_is_named_with_the_reason(
    stories: list[Story], told: list[Told]
) -> None:
    expected: dict[str, set[str]] = defaultdict(set)
    for case in told:
        was_open = case.closed is None or local(case.closed) >= PERIOD.first
        if local(case.received) > PERIOD.last or not was_open:
            continue
        if case.merged:
            expected["merged"].add(case.reference)
        elif not case.is_complaint:
            expected["other_feedback"].add(case.reference)
        else:
            expected["merged"].update(case.parts)
    left_out = made(FCA, stories).left_out
    assert {each.code: set(each.cases) for each in left_out} == expected
    assert set(expected) == {"merged", "other_feedback"}


def test_each_code_without_one_of_the_regulator_is_named_with_its_cases(stories: list[Story]) -> None:
    part = made(FCA, stories)
    unmapped = {(each.subject, each.code): set(each.cases) for each in part.unmapped}
    for place, grouping in enumerate(FCA.groupings):
        behind: dict[str, set[str]] = defaultdict(set)
        for figure in part.figures:
            if figure.codes[place].startswith("unmapped:"):
                behind[figure.codes[place].removeprefix("unmapped:")].update(figure.cases)
        assert {code: cases for (of, code), cases in unmapped.items() if of == grouping.name} == behind
        assert behind
    assert ("remedy", "unmapped:voucher") in unmapped


def test_the_parts_of_a_return_add_up(stories: list[Story]) -> None:
    whole, parts = made(FCA, stories), [made(FCA, stories[at::PARTS]) for at in range(PARTS)]
    totals: dict[Any, list[Any]] = defaultdict(lambda: [0, Decimal()])
    for figure in (figure for part in parts for figure in part.figures):
        total = totals[figure.measure, figure.codes, figure.currency]
        total[0] += len(figure.cases)
        total[1] += figure.amount or 0
    assert totals == {
        (each.measure, each.codes, each.currency): [len(each.cases), each.amount or Decimal()]
        for each in whole.figures
    }


def test_what_the_site_maps_itself_is_unmapped_no_more_and_no_case_is_lost(stories: list[Story]) -> None:
    """A code of its own, one that the return maps otherwise, and what cases without a code are."""
    own = {"cause": {"weather": "other", "staffing": "other", "none": "arrears"}}
    codes = replace(SITE["codes"], returns={FCA.name: own})
    terms = a_complaint(**SITE | {"codes": codes}).terms
    before, after = made(FCA, stories), compute(FCA, [story.build() for story in stories], PERIOD, terms)
    causes = {each.code for each in before.unmapped if each.subject == "cause"}
    assert {"weather", "none"} == causes
    assert {each.code for each in after.unmapped if each.subject == "cause"} == causes - own["cause"].keys()
    assert counted(before) == counted(after)
    assert not any("general_administration" in each.codes for each in after.figures)


def counted(part: ReturnPart) -> dict[str, int]:
    """How many cases each measure has, whatever their codes."""
    found: dict[str, int] = defaultdict(int)
    for each in part.figures:
        found[each.measure] += len(each.cases)
    return found
