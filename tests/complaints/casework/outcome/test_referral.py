"""What a body outside makes of a complaint: how far it is, what it decided, and what we then owe."""

from datetime import date
from typing import Any

import pytest

from complaints.case.correspondence.letter import LetterKind
from complaints.case.outcome.referral import Referral, ReferralRecorded, ReferralStep
from complaints.case.process.closing import Closed
from complaints.casework.outcome.referral import RecordReferral
from complaints.casework.outcome.remedies import Remedied
from complaints.handling.lifecycle import allowed_commands
from complaints.handling.replay import replayed
from complaints.reporting.metrics.case_measures import counted
from complaints.reporting.metrics.measures import Measure
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import EarlierDecision, Outcome, Remedy, Stage
from tests.builders import APOLOGY, MONDAY, OMBUDSMAN, RUTH, TUESDAY, Story, a_complaint, context
from tests.complaints.situations import referred, reviewed

AWARD = Remedy(kind="compensation", amount="150.00", currency="EUR", by=date(2026, 3, 2))


def step(step: ReferralStep = ReferralStep.DECIDED, **fields: Any) -> RecordReferral:
    return RecordReferral(step=step, on=fields.pop("on", MONDAY.date()), **fields)


def refused(story: Story, command: RecordReferral) -> list[Wrong]:
    with pytest.raises(Invalid) as refusal:
        story.does(RUTH, command)
    return list(refusal.value.errors)


def test_the_steps_of_the_body_outside_are_on_record_and_the_last_one_is_shown() -> None:
    story = referred().does(RUTH, step(ReferralStep.TAKEN, body_reference="DRN-42"))
    taken = story.build().number
    story.does(RUTH, step(ReferralStep.PROVISIONAL, summary="They lean to her side."))
    complaint = story.build()
    last = Referral(step=ReferralStep.PROVISIONAL, on=MONDAY.date(), entry=complaint.number, earlier=(taken,))
    assert complaint.referral == last
    assert (complaint.stage, complaint.award) == (Stage.REFERRED, None)
    chain = b"".join(entry.data for entry in story.cases.entries(story.reference))
    assert b"DRN-42" not in chain
    assert b"lean" not in chain


def test_a_decision_ends_the_case_and_its_award_is_owed_until_it_is_done() -> None:
    story = referred().does(RUTH, step(result="upheld", remedies=(AWARD,)))
    recorded, closed = story.facts[-2:]
    assert isinstance(recorded, ReferralRecorded)
    assert isinstance(closed, Closed)
    assert recorded.body == OMBUDSMAN.name
    complaint = story.build()
    assert complaint.stage is Stage.CLOSED
    assert [owed.remedy for owed in complaint.remedies_owed][-1] == AWARD
    told = story.letter(LetterKind.CLOSING)
    assert told.outcome is Outcome.UPHELD
    assert AWARD in told.remedies
    after = story.does(RUTH, Remedied(remedy="compensation", done_on=MONDAY.date())).build()
    assert AWARD not in [owed.remedy for owed in after.remedies_owed]
    assert replayed(story.reference, story.cases.entries(story.reference)) == after


def test_an_award_may_take_the_place_of_what_we_promised() -> None:
    before = reviewed()
    promised = [each.remedy for each in before.build().remedies_owed]
    assert promised
    story = before.does(
        RUTH, step(result="upheld", remedies=(AWARD,), earlier_decision=EarlierDecision.REPLACE)
    )
    assert [each.remedy for each in story.build().remedies_owed] == [AWARD]


def test_people_who_went_outside_by_themselves_are_on_record_too() -> None:
    story = reviewed().does(RUTH, step(ReferralStep.TAKEN))
    complaint = story.build()
    assert (complaint.stage, complaint.external_body) == (Stage.RESPONDED, OMBUDSMAN.name)


def test_a_body_that_the_site_does_not_name_is_on_record_too() -> None:
    story = a_complaint().received().acknowledged().assessed().decided().responded()
    complaint = story.does(RUTH, step(ReferralStep.TAKEN, body_reference="DRN-42")).build()
    assert complaint.external_body is None
    assert complaint.referral is not None


def test_a_decision_is_recorded_once() -> None:
    story = referred().does(RUTH, step(result="not_upheld"))
    assert "record_referral" not in allowed_commands(story.build(), context(RUTH))


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (step(), Wrong("/result", "missing")),
        (step(ReferralStep.TAKEN, result="upheld"), Wrong("/result", "only-with-decision")),
        (step(ReferralStep.CLOSED, remedies=(APOLOGY,)), Wrong("/remedies", "only-with-decision")),
        (step(result="upheld", on=TUESDAY.date()), Wrong("/on", "future")),
        (step(result="upheld", on=date(2026, 1, 1)), Wrong("/on", "before-receipt")),
        (step(result="upheld", remedies=(Remedy(kind="moon"),)), Wrong("/remedies/0/kind", "unknown-value")),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(command: RecordReferral, wrong: Wrong) -> None:
    assert refused(referred(), command) == [wrong]


@pytest.mark.parametrize("result", ["upheld", "partly_upheld", "not_upheld"])
def test_a_decision_that_differs_from_ours_counts_as_overturned(result: Any) -> None:
    story = referred()
    known = story.build().known_decision
    assert known is not None
    story.does(RUTH, step(result=result))
    is_other = Outcome(result) is not known.outcome
    entries = story.cases.entries(story.reference)
    found = counted(story.reference, entries, lambda _: story.terms.working_days, 0).figures
    reviewed = {each.value: n for each, n in found.items() if each.measure is Measure.REVIEWED}
    outside = {value: n for value, n in reviewed.items() if "level:3" in value}
    expected = {"level:3": 1, f"level:3:{result}": 1} | ({"overturned:level:3": 1} if is_other else {})
    assert outside == expected
    referral = story.build().referral
    assert referral is not None
    assert referral.overturned is is_other
