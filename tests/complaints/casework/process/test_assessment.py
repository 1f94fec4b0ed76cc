"""Assessment: who looks after a case, and how grave and urgent it is."""

import pytest

from complaints.case.correspondence.messages import NoteAdded
from complaints.case.process.assessment import Assessed
from complaints.case.workflow.assignment import Assigned
from complaints.casework.workflow.assignment import Assign
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Stage
from complaints.values.people import Member
from tests.builders import ADA, MONDAY, TUESDAY, a_complaint, a_member, assess, context


def test_a_case_is_given_to_a_colleague() -> None:
    complaint = a_complaint().received().build()
    facts = decide(complaint, Assign(to="grace"), context(colleague=a_member("grace")))
    assert facts == [Assigned(at=MONDAY, by=ADA, to="grace")]
    assert a_complaint().received().assigned("grace").build().assignee == "grace"


@pytest.mark.parametrize(
    "colleague",
    [
        pytest.param(None, id="nobody"),
        pytest.param(a_member(active=False), id="somebody who left"),
        pytest.param(a_member(sites=("elsewhere",)), id="somebody of another site"),
        pytest.param(a_member("mallory"), id="somebody else than was named"),
    ],
)
def test_s17_a_case_is_given_to_nobody_else(colleague: Member | None) -> None:
    """An unknown, departed or foreign person is no colleague, and which of these is not told."""
    with pytest.raises(Invalid) as refusal:
        decide(a_complaint().received().build(), Assign(to="grace"), context(colleague=colleague))
    assert refusal.value.errors == (Wrong("/to", "not-a-colleague"),)


def test_giving_a_case_away_leaves_its_stage() -> None:
    assert a_complaint().received().assigned().build().stage is Stage.RECEIVED


def test_an_ended_case_is_given_to_nobody() -> None:
    with pytest.raises(NotNow):
        a_complaint().received().withdrawn().assigned()


@pytest.mark.iso10002("7.5 initial assessment: scales")
def test_the_six_scales_go_on_record() -> None:
    command = assess(severity=1, safety=2, complexity=0, impact=1, urgency=3, immediate_action=2)
    fact = decide(a_complaint().received().build(), command, context())[0]
    assert isinstance(fact, Assessed)
    named = {name: getattr(fact.scales, name) for name in fact.scales.__struct_fields__}
    assert named == {name: getattr(command, name) for name in named}


def test_a_received_case_may_be_assessed_before_its_acknowledgement_is_out() -> None:
    complaint = a_complaint().received().assessed(TUESDAY).build()
    assert complaint.stage is Stage.ASSESSED
    assert complaint.assessed_at == TUESDAY


@pytest.mark.parametrize(("safety", "action"), [(2, 1), (2, 0), (3, 1)])
def test_a_danger_without_immediate_action_is_refused(safety: int, action: int) -> None:
    with pytest.raises(Invalid) as refusal:
        a_complaint().received().assessed(safety=safety, immediate_action=action)
    assert refusal.value.errors == (Wrong("/immediate_action", "danger-needs-action"),)


@pytest.mark.parametrize(("safety", "action"), [(1, 0), (2, 2), (3, 3)])
def test_a_danger_that_is_acted_on_is_assessed(safety: int, action: int) -> None:
    story = a_complaint().received().assessed(safety=safety, immediate_action=action)
    assert story.build().stage is Stage.ASSESSED


def test_a_second_assessment_says_why() -> None:
    story = a_complaint().received().assessed()
    with pytest.raises(Invalid) as refusal:
        story.assessed(severity=3)
    assert refusal.value.errors == (Wrong("/note", "second-assessment-needs-note"),)
    assert story.assessed(severity=3, note="The cut got infected.").build().assessment is not None


def test_the_note_of_an_assessment_is_a_fact_beside_it() -> None:
    facts = decide(a_complaint().received().build(), assess(note="She rang."), context())
    assert [type(fact) for fact in facts] == [Assessed, NoteAdded]


def test_a_second_assessment_leaves_the_stage_and_the_first_moment() -> None:
    story = a_complaint().received().assessed(MONDAY).found().assessed(TUESDAY, severity=3, note="It bled.")
    complaint = story.build()
    assert complaint.stage is Stage.INVESTIGATING
    assert complaint.assessed_at == MONDAY
    assert complaint.assessment is not None
    assert complaint.assessment.severity == 3
