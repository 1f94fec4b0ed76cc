"""The management review: inputs that gather themselves, kept as they were seen, and decisions with owners."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.management.evaluation.review_inputs import (
    HANDLING,
    MOST_LINES,
    Compared,
    InputLine,
    ReviewSources,
    ReviewTopic,
    gathered,
)
from complaints.management.evaluation.reviews import (
    AddToReview,
    Area,
    DecideInReview,
    HoldReview,
    PlanReview,
    Review,
)
from complaints.management.evaluation.samples import Sample
from complaints.management.improvement.actions import Action
from complaints.management.improvement.alarms import raising
from complaints.management.improvement.themes import Theme, ThemeState
from complaints.management.indicators import Indicator
from complaints.management.kinds import declaration
from complaints.management.objectives import (
    Direction,
    Frequency,
    Objective,
    ObjectiveResult,
    Target,
    Verdict,
)
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.figure import Figure, Period
from complaints.values.errors import Forbidden, Invalid, NotNow
from complaints.values.people import MACHINE
from tests.complaints.management.evaluation_records import GRACE, TODAY, Kept, on_morning_of
from tests.complaints.management.improvement.builders import RISE, after, begun
from tests.complaints.management.improvement.builders import context as alarm_context
from tests.complaints.management.test_audits import FOUND, an_audit

SINCE, UNTIL = date(2026, 2, 1), date(2026, 2, 28)
PLAN = PlanReview(since=SINCE, until=UNTIL, on=TODAY)
HELD = HoldReview(
    present=("quinn", "rex"), conclusion="It serves its purpose.", next_on=TODAY + timedelta(days=365)
)
DECIDED = DecideInReview(
    area=Area.PROCESS, text="Name a second carrier.", owner="grace", due=TODAY + timedelta(days=60)
)
SEEN = (InputLine(topic=ReviewTopic.INDICATORS, figure="received", count=41, before="37"),)

NOW = {
    "volume": [
        Figure("received", 41),
        Figure("received", 6, 41, "category", "product.unsafe"),
        Figure("received", 2, 41, "category", HANDLING),
        Figure("received", 9, 41, "category", "delivery.late"),
    ],
    "indicators": [Figure("received", 41), Figure("decided_in_time", 30, 40)],
    "causes": [Figure("causes", 12, 40, "cause", "supplier"), Figure("cause_known", 20, 40)],
    "redress": [Figure("remedied", 0, by="currency", value="EUR", amount="119.80")],
    "survey": [Figure("survey_answered", 20, 30), Figure("easy", 15, 20, mean="4.1")],
}
BEFORE = {"received": Figure("received", 37), "decided_in_time": Figure("decided_in_time", 20, 39)}


def sources(*records: ManagementRecord) -> ReviewSources:
    return ReviewSources(
        since=SINCE,
        until=UNTIL,
        figures={
            name: [Compared(each, None if each.by else BEFORE.get(each.figure)) for each in found]
            for name, found in NOW.items()
        },
        records=records,
        titles={RecordKind.AUDIT: ("title",), RecordKind.OBJECTIVE: ("indicator",)},
        changes={"packs": 1},
        work={"open": 17},
        dangerous=frozenset({"product.unsafe"}),
    )


def a_review(*, is_held: bool = True) -> Kept:
    kept = Kept(RecordKind.REVIEW)
    kept.do(PLAN)
    if is_held:
        kept.do(HELD, gathered=SEEN)
    return kept


def content(kept: Kept) -> Review:
    assert isinstance(kept.record.content, Review)
    return kept.record.content


def lines(found: tuple[InputLine, ...], topic: ReviewTopic) -> list[InputLine]:
    return [each for each in found if each.topic is topic]


@pytest.mark.iso10002("8.6 management review: inputs")
def test_inputs_are_gathered_by_themselves_with_the_period_before() -> None:
    found = gathered(sources())
    received, *_ = lines(found, ReviewTopic.INDICATORS)
    assert (received.figure, received.count, received.before, received.year_ago) == (
        "received",
        41,
        "37",
        None,
    )
    in_time = next(each for each in found if each.figure == "decided_in_time")
    assert (in_time.count, in_time.of, in_time.before) == (30, 40, "20/39")
    assert [(each.value, each.count) for each in lines(found, ReviewTopic.SAFETY)] == [("product.unsafe", 6)]
    assert [(each.value, each.count) for each in lines(found, ReviewTopic.HANDLING)] == [(HANDLING, 2)]
    assert [(each.value, each.amount) for each in lines(found, ReviewTopic.CAUSES)] == [
        ("supplier", None),
        ("EUR", "119.80"),
    ]
    assert [each.mean for each in lines(found, ReviewTopic.SATISFACTION)] == [None, "4.1"]
    assert [each.count for each in lines(found, ReviewTopic.RESOURCES)] == [17]
    assert [(each.value, each.count) for each in lines(found, ReviewTopic.CHANGES)] == [("packs", 1)]


def an_alarm_of(month: date) -> ManagementRecord:
    content = after(
        begun(RecordKind.ALARM), raising(replace(RISE, month=month)), given=alarm_context(MACHINE)
    ).content
    return ManagementRecord(kind=RecordKind.ALARM, id=f"demo.{month:%Y-%m}", content=content)


def a_theme_closed(on: date | None, opened: date = date(2025, 5, 1)) -> ManagementRecord:
    state = ThemeState.CLOSED if on else ThemeState.OPEN
    content = Theme(title="Lamps", owner="quinn", opened=opened, state=state, closed=on)
    return ManagementRecord(kind=RecordKind.THEME, id=f"demo.lamps-{on}-{opened}", content=content)


def a_sample_of(since: date, until: date) -> ManagementRecord:
    content = Sample(since=since, until=until, seed="spring", population=9, drawn_on=until)
    return ManagementRecord(kind=RecordKind.SAMPLE, id=f"demo.{since}", content=content)


def test_alarms_themes_and_samples_of_other_periods_are_no_inputs() -> None:
    still_open, closed_then = a_theme_closed(None), a_theme_closed(SINCE)
    alarm, sample = an_alarm_of(SINCE), a_sample_of(SINCE, UNTIL)
    others = (
        a_theme_closed(SINCE - timedelta(days=1)),
        a_theme_closed(None, opened=UNTIL + timedelta(days=1)),
        an_alarm_of(date(2026, 1, 1)),
        an_alarm_of(date(2026, 3, 1)),
        a_sample_of(date(2025, 12, 1), date(2026, 1, 31)),
        a_sample_of(date(2026, 3, 1), date(2026, 3, 2)),
    )
    found = gathered(sources(still_open, closed_then, alarm, sample, *others))
    named = {each.record for each in found if each.record}
    assert named == {each.reference for each in (still_open, closed_then, alarm, sample)}


def test_many_lines_of_one_topic_leave_the_others_and_say_how_many_were_left_out() -> None:
    themes = (a_theme_closed(None, opened=SINCE - timedelta(days=day)) for day in range(500))
    found = gathered(sources(*themes))
    causes = lines(found, ReviewTopic.CAUSES)
    assert (len(causes), causes[-1].figure, causes[-1].count) == (
        MOST_LINES + 1,
        "left_out",
        502 - MOST_LINES,
    )
    assert lines(found, ReviewTopic.HANDLING)
    assert lines(found, ReviewTopic.RESOURCES)


def test_audits_their_findings_and_what_was_decided_before_are_inputs() -> None:
    earlier = a_review()
    earlier.do(DECIDED)
    found = gathered(sources(an_audit(FOUND).record, earlier.record))
    assert [(each.text, each.state) for each in lines(found, ReviewTopic.CONFORMITY)] == [
        ("Spring", "planned"),
        ("Two remedies were late.", "finding_open"),
    ]
    (before,) = lines(found, ReviewTopic.EARLIER_DECISIONS)
    assert (before.text, before.state, before.record) == (
        "Name a second carrier.",
        "no_action",
        earlier.record.reference,
    )


def test_a_decision_of_an_earlier_review_stands_beside_the_action_that_came_of_it() -> None:
    earlier = a_review()
    earlier.do(DECIDED)
    action = Action(
        text="Name a second carrier.",
        action="supplier_action",
        source=f"{earlier.record.reference}#1",
        owner="grace",
        due=TODAY,
        checker="quinn",
        measure="Late parcels",
        target="Fewer than two",
        check_on=TODAY + timedelta(days=90),
        done_on=TODAY,
    )
    kept = ManagementRecord(kind=RecordKind.ACTION, id="demo.carrier", content=action)
    found = gathered(sources(earlier.record, kept))
    (decided,) = lines(found, ReviewTopic.EARLIER_DECISIONS)
    assert (decided.record, decided.state) == ("action/demo.carrier", "action_done")
    (listed,) = lines(found, ReviewTopic.ACTIONS)
    assert (listed.record, listed.state) == ("action/demo.carrier", "action_done")


@pytest.mark.iso10002("8.6 management review: kept")
def test_what_was_seen_is_kept_when_the_review_is_held() -> None:
    kept = a_review()
    assert (content(kept).inputs, content(kept).held_on) == (SEEN, TODAY)
    assert content(kept).present == ("quinn", "rex")
    for command in (PLAN, HELD, AddToReview(topic=ReviewTopic.CLIMATE, text="Heat closed a warehouse.")):
        with pytest.raises(NotNow):
            kept.do(command, gathered=())
    kept.do(DECIDED)
    assert content(kept).inputs == SEEN


def test_people_add_what_no_figure_tells() -> None:
    kept = a_review(is_held=False)
    kept.do(AddToReview(topic=ReviewTopic.CLIMATE, text="Heat closed a warehouse."))
    kept.do(PlanReview(since=SINCE, until=UNTIL, on=TODAY + timedelta(days=1)))
    assert [(each.topic, each.by) for each in content(kept).notes] == [(ReviewTopic.CLIMATE, "quinn")]


def test_nothing_is_decided_before_it_is_held_nor_by_anybody() -> None:
    with pytest.raises(NotNow):
        a_review(is_held=False).do(DECIDED)
    with pytest.raises(Forbidden):
        a_review().do(DECIDED, by=GRACE)


@pytest.mark.iso10002("8.6 management review: decisions")
def test_a_decision_has_an_owner_and_a_date() -> None:
    kept = a_review()
    with pytest.raises(Invalid) as refused:
        kept.do(
            DecideInReview(area=Area.PROCESS, text="Do it.", owner="nobody", due=TODAY - timedelta(days=1))
        )
    assert {each.pointer for each in refused.value.errors} == {"/owner", "/due"}
    for number in ("1", "2"):
        kept.do(DECIDED)
        assert content(kept).decisions[-1].id == number


def test_a_period_must_be_over_when_it_is_looked_at() -> None:
    kept = Kept(RecordKind.REVIEW)
    kept.do(PlanReview(since=TODAY, until=TODAY + timedelta(days=9), on=TODAY + timedelta(days=10)))
    with pytest.raises(Invalid):
        kept.do(HELD, gathered=SEEN)
    with pytest.raises(Invalid):
        Kept(RecordKind.REVIEW).do(PlanReview(since=TODAY, until=TODAY + timedelta(days=9), on=TODAY))


@pytest.mark.iso10002("8.6 management review: next")
def test_the_next_review_is_called_to_mind_and_decisions_on_their_day() -> None:
    declared = declaration(RecordKind.REVIEW)
    kept = a_review()
    fortnight_before = HELD.next_on - timedelta(days=14)
    assert kept.record.due
    assert kept.record.due.date() == fortnight_before
    told = list(declared.reminders(kept.record, on_morning_of(fortnight_before)))
    assert [(each.member, each.records[0].why) for each in told] == [(None, "next")]
    kept.do(DECIDED)
    assert kept.record.due
    assert kept.record.due.date() == DECIDED.due
    told = list(declared.reminders(kept.record, on_morning_of(DECIDED.due)))
    assert [(each.member, each.records[0].why) for each in told] == [("grace", "decision")]


def test_objectives_are_inputs_with_what_came_of_them_in_the_period() -> None:
    record = ManagementRecord(
        kind=RecordKind.OBJECTIVE,
        id="demo.in-time",
        content=Objective(
            indicator=Indicator.DECIDED_IN_TIME,
            direction=Direction.AT_LEAST,
            period=Frequency.MONTH,
            owner="quinn",
            targets=(Target(90, SINCE),),
        ),
    )
    asked = sources(record)
    inside, outside = (
        ObjectiveResult(Period(day, day), Figure("decided_in_time", 9, 10), 90, Verdict.MET)
        for day in (asked.until, asked.until + timedelta(days=31))
    )
    few = ObjectiveResult(Period(asked.since, asked.since), None, 90, Verdict.TOO_FEW)
    told = lines(
        gathered(replace(asked, results={record.id: (few, inside, outside)})), ReviewTopic.OBJECTIVES
    )
    assert [(each.by, each.text, each.count, each.of, each.state, each.day) for each in told] == [
        ("indicator", "decided_in_time", None, None, "objective_too_few", asked.since),
        ("indicator", "decided_in_time", 9, 10, "objective_met", asked.until),
    ]
    (alone,) = lines(gathered(asked), ReviewTopic.OBJECTIVES)
    assert (alone.text, alone.state) == ("decided_in_time", None)


def test_sensitive_records_are_counted_and_not_named() -> None:
    (line,) = [
        each for each in gathered(replace(sources(), sensitive=2)) if each.figure == "sensitive_records"
    ]
    assert (line.count, line.record, line.text) == (2, None, None)
    assert not [each for each in gathered(sources()) if each.figure == "sensitive_records"]
