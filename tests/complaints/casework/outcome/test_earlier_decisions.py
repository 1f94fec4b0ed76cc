"""Decisions after the first: none is forgotten, and what all those in force promise is owed."""

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve
from complaints.case.outcome.decision import DecisionProposed
from complaints.case.outcome.remedies import RemedyDone
from complaints.casework.outcome.remedies import Remedied
from complaints.casework.process.closing import Reopen
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import EarlierDecision, Outcome, Remedy, RemedyKind
from tests.builders import (
    ADA,
    NOTHING,
    REMEDY,
    RUTH,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    context,
    decide_to,
    refund,
)

UPHOLD, REPLACE, ADD = EarlierDecision.UPHOLD, EarlierDecision.REPLACE, EarlierDecision.ADD
FIRST, MORE = refund("99.80"), refund("20")
REOPEN = Reopen(reason="A third cup is broken, too.")


def refused() -> Story:
    """A refund was promised on Monday, and was not enough."""
    return a_complaint().received().acknowledged().assessed().found().decided(FIRST).responded().disagreed()


def reviewed(earlier: EarlierDecision | None, *remedies: Remedy) -> Story:
    """What the reviewer decided, and the complainant was told."""
    return refused().does(RUTH, decide_to(earlier_decision=earlier, remedies=remedies)).responded()


def owed(complaint: Complaint) -> list[str | None]:
    return [each.remedy.amount for each in complaint.remedies_owed]


def test_a_reviewer_who_adds_money_takes_none_away() -> None:
    assert owed(reviewed(ADD, MORE).build()) == ["99.80", "20"]


def test_what_is_not_said_to_be_replaced_is_still_owed() -> None:
    story = reviewed(None, MORE)
    assert owed(story.build()) == ["99.80", "20"]
    proposed = [fact for fact in story.facts if isinstance(fact, DecisionProposed)]
    assert [fact.earlier_decision for fact in proposed] == [None, ADD]


def test_a_decision_that_is_upheld_is_owed_as_it_was() -> None:
    assert owed(reviewed(UPHOLD).build()) == ["99.80"]


def test_what_is_replaced_is_kept_and_owed_no_more() -> None:
    complaint = reviewed(REPLACE, MORE).build()
    assert owed(complaint) == ["20"]
    assert [decision.remedies for decision in complaint.decisions] == [(FIRST,), (MORE,)]
    assert [decision.remedies for decision in complaint.decisions_in_force] == [(MORE,)]


def test_what_is_proposed_changes_nothing_before_it_is_told() -> None:
    story = refused().does(RUTH, decide_to(earlier_decision=REPLACE, remedies=(MORE,)))
    assert owed(story.build()) == ["99.80"]


def test_every_decision_is_kept_over_reopening_and_review() -> None:
    story = reviewed(ADD, MORE).accepted(TUESDAY).does(RUTH, REOPEN)
    story.does(RUTH, decide_to(earlier_decision=ADD, remedies=(refund("5"),))).responded()
    assert owed(story.build()) == ["99.80", "20", "5"]


def test_the_clock_of_remedies_runs_until_those_of_all_decisions_are_done() -> None:
    story = reviewed(ADD, MORE).accepted(TUESDAY)
    first, second = story.build().remedies_owed
    done = Remedied(remedy=second.id, done_on=date(2026, 2, 3))
    story.does(ADA, done, WEDNESDAY)
    assert story.build().clock(REMEDY).is_running
    story.does(ADA, replace(done, remedy=first.id))
    assert story.build().clock(REMEDY).in_time


def test_the_clock_of_remedies_ends_when_nothing_of_it_is_owed_any_more() -> None:
    story = reviewed(ADD, MORE).accepted(TUESDAY).does(RUTH, REOPEN)
    assert story.build().clock(REMEDY).is_running
    story.does(RUTH, decide_to(Outcome.NOT_UPHELD, earlier_decision=REPLACE, remedies=())).responded()
    clock = story.build().clock(REMEDY)
    assert (clock.stopped_at is not None, clock.in_time) == (True, None)


def test_one_of_two_remedies_alike_is_named() -> None:
    story = reviewed(ADD, MORE)
    first, second = story.build().remedies_owed
    facts = decide(story.build(), Remedied(remedy=second.id, done_on=date(2026, 2, 2)), context())
    assert isinstance(facts[0], RemedyDone)
    assert (facts[0].id, facts[0].remedy) == (second.id, RemedyKind.REFUND)
    story.does(ADA, Remedied(remedy=second.id, done_on=date(2026, 2, 2)))
    assert story.build().remedies_owed == (first,)


def test_a_remedy_that_is_named_by_its_kind_alone_is_the_oldest_that_is_owed() -> None:
    story = reviewed(ADD, MORE).does(ADA, Remedied(remedy="refund", done_on=date(2026, 2, 2)))
    assert owed(story.build()) == ["20"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"earlier_decision": UPHOLD, "remedies": (MORE,)}, Wrong("/remedies", "upheld-adds-none")),
        (
            {"earlier_decision": UPHOLD, "outcome": Outcome.NOT_UPHELD, "remedies": ()},
            Wrong("/outcome", "upheld-differs"),
        ),
    ],
)
def test_who_upholds_a_decision_changes_nothing_of_it(fields: dict[str, object], wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(refused().build(), decide_to(**fields), context(RUTH))  # type: ignore[arg-type]
    assert refusal.value.errors == (wrong,)


def test_a_first_decision_has_none_before_it() -> None:
    first = a_complaint().received().assessed().found().build()
    with pytest.raises(Invalid) as refusal:
        decide(first, decide_to(earlier_decision=ADD), context())
    assert refusal.value.errors == (Wrong("/earlier_decision", "no-earlier-decision"),)


def test_what_the_complainant_answered_stays_with_the_decision() -> None:
    first, second = reviewed(ADD, MORE).accepted(TUESDAY).build().decisions
    assert first.answer is not None
    assert second.answer is not None
    assert (first.answer.accepts, second.answer.accepts) == (False, True)


def test_nothing_that_is_no_remedy_is_owed() -> None:
    story = reviewed(REPLACE, NOTHING)
    assert owed(story.build()) == []
    assert "remedied" not in allowed_commands(story.build(), context())


def test_a_remedy_done_before_remedies_had_ids_is_one_of_the_last_decision() -> None:
    older = RemedyDone(at=TUESDAY, by=ADA, remedy="refund", done_on=date(2026, 2, 3))
    assert owed(evolve(reviewed(ADD, MORE).build(), older)) == ["99.80"]


def test_a_head_of_an_older_release_knows_both_decisions_and_what_was_done() -> None:
    state = msgspec.json.decode(msgspec.json.encode(reviewed(ADD, MORE).build()))
    for decision in (state["told"], state["decision"]):
        for name in ("level", "earlier", "answer", "done"):
            decision.pop(name, None)
    state["told"]["remedies_done"] = ["refund"]
    complaint = msgspec.convert(state, Complaint)
    assert owed(complaint) == ["20"]
    assert [decision.kinds_done for decision in complaint.decisions] == [("refund",), ()]
