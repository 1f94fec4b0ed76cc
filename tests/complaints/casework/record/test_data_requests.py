"""A request about personal data as a case of its own kind: its promise, who sees it, and what counts it."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import LetterKind
from complaints.case.deadlines import DeadlineMissed
from complaints.case.record.erasure import ErasureGround
from complaints.casework.correspondence.deadline_extension import Extend
from complaints.casework.correspondence.messages import Message
from complaints.casework.deadlines import Tick
from complaints.casework.outcome.feedback import Convert
from complaints.casework.people.sensitive_cases import is_sensitive, may_see
from complaints.casework.process.closing import Close
from complaints.casework.record.erasure import Erase, FinishErasure
from complaints.clocks.published_procedure import published
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.reporting.metrics.figures import changes
from complaints.values.errors import NotNow, RequestOpen
from complaints.values.field_types import ClosingReason, Feedback, Stage
from complaints.values.people import MACHINE, Member, Role
from tests.builders import (
    ADA,
    DEMO,
    MONDAY,
    OMBUDSMAN,
    PAULA,
    RUTH,
    TUESDAY,
    Story,
    a_complaint,
    assess,
    context,
)

ANSWER = "iso10002-default/data_request/1"
HANDLED = Close(reason=ClosingReason.HANDLED)
THIRTY_DAYS = timedelta(days=30)


def asked(**site: Any) -> Story:
    return a_complaint(**site).received(feedback=Feedback.PERSONAL_DATA)


def letters(story: Story) -> list[str]:
    return [letter.kind for letter in story.cases.letters]


def test_it_is_acknowledged_with_one_promise_of_thirty_days() -> None:
    story = asked()
    assert letters(story) == [LetterKind.THANKS]
    [clock] = story.build().clocks
    assert (clock.key, clock.purpose) == (ANSWER, "respond")
    assert timedelta(days=28) < clock.due - MONDAY <= THIRTY_DAYS + timedelta(hours=12)
    assert [each.due for each in story.cases.letters[0].promises] == [clock.due]


def test_a_site_that_promises_otherwise_promises_it_too() -> None:
    assert [clock.key for clock in asked(country="TR", packs=("tr-consumer",)).build().clocks] == [ANSWER]


def test_what_can_be_done_with_it() -> None:
    allowed = set(allowed_commands(asked().build(), context(RUTH)))
    assert {"assign", "message", "close", "extend", "convert"} <= allowed
    assert not allowed & {"assess", "decide", "respond", "escalate", "merge"}
    with pytest.raises(NotNow):
        decide(asked().build(), assess(), context())


def test_it_is_put_off_once_to_ninety_days_with_notice() -> None:
    story = asked()
    due = story.build().clock(ANSWER).due
    story.does(RUTH, Extend(clock="respond", reason="You ask about many years."), TUESDAY)
    assert letters(story)[-1] == LetterKind.EXTENSION
    later = story.taken("extension", TUESDAY).build().clock(ANSWER)
    assert timedelta(days=55) < later.due - due <= timedelta(days=60)
    assert not later.can_extend


def test_its_end_keeps_the_promise_and_is_told() -> None:
    story = asked().does(ADA, Message(text="Here is what we hold."), TUESDAY).does(ADA, HANDLED, TUESDAY)
    complaint = story.build()
    assert (complaint.stage, complaint.ended_because) == (Stage.CLOSED, "handled")
    assert complaint.clock(ANSWER).in_time is True
    assert [clock.id for clock in complaint.clocks] == ["data_request"], "no survey, and no time to answer"
    assert letters(story)[-1] == LetterKind.CLOSING


def test_it_does_not_end_before_its_record_says_what_became_of_it() -> None:
    with pytest.raises(RequestOpen):
        decide(asked().build(), HANDLED, replace(context(), request_open=True))
    abusive = Close(reason=ClosingReason.ABUSIVE)
    assert decide(asked().build(), abusive, replace(context(), request_open=True))


def test_a_promise_that_was_missed_is_noticed() -> None:
    due = asked().build().clock(ANSWER).due
    facts = decide(asked().build(), Tick(), context(MACHINE, due + timedelta(days=1)))
    assert [fact.clock for fact in facts if isinstance(fact, DeadlineMissed)] == [ANSWER]


def test_no_figure_of_complaints_is_made_of_it() -> None:
    story = asked()
    before = replace(story.build(), received_at=None)
    calendar = story.terms.working_days
    assert not story.build().counts
    assert not changes(before, story.build(), MONDAY, calendar)
    ended = story.does(ADA, HANDLED, TUESDAY).build()
    assert not changes(story.build(), ended, TUESDAY, calendar)


def test_what_is_a_complaint_after_all_has_the_promises_of_one_and_counts_as_one() -> None:
    story = asked()
    before = story.build()
    complaint = story.does(ADA, Convert(reason="She complains of the parcel."), TUESDAY).build()
    assert complaint.counts
    assert {clock.id for clock in complaint.clocks} >= {"acknowledge", "respond", "data_request"}
    assert not is_sensitive(DEMO, complaint.categories)
    measured = {key.measure for key in changes(before, complaint, TUESDAY, story.terms.working_days)}
    assert measured
    assert "promises" not in measured


def test_the_response_keeps_its_promise_where_it_has_become_a_complaint() -> None:
    story = asked().does(ADA, Convert(reason="She complains of the parcel."), TUESDAY)
    clock = story.assigned().assessed().decided().responded(TUESDAY).build().clock(ANSWER)
    assert (clock.in_time, clock.missed) == (True, False)


def test_no_letter_of_it_leads_to_a_body_for_complaints() -> None:
    story = asked(external_body=OMBUDSMAN, external_body_at_once=True)
    story.does(RUTH, Extend(clock="respond", reason="You ask about many years."), TUESDAY)
    assert story.cases.letters[-1].kind == LetterKind.EXTENSION
    assert story.cases.letters[-1].external_body is None


def test_it_is_there_for_whoever_protects_data_or_is_cleared() -> None:
    def sees(*roles: Role, sensitive: bool = False) -> bool:
        member = Member(id="x", name="X", roles=roles, sites=("demo",), sensitive=sensitive)
        return may_see(member, DEMO, asked().build().categories)

    assert not sees(Role.AGENT, Role.REVIEWER)
    assert not sees(Role.AUDITOR)
    assert sees(Role.PRIVACY)
    assert sees(Role.AGENT, Role.PRIVACY)
    assert sees(Role.AGENT, sensitive=True)
    assert is_sensitive(DEMO, asked().build().categories)


def test_it_is_erased_as_every_case_is() -> None:
    story = asked().does(ADA, HANDLED, TUESDAY)
    story.does(PAULA, Erase(ground=ErasureGround.OBJECTED), TUESDAY)
    complaint = story.does(MACHINE, FinishErasure(), TUESDAY).build()
    assert complaint.erasure
    assert complaint.erasure.erased_at
    assert complaint.feedback is Feedback.PERSONAL_DATA


def test_the_procedure_of_a_site_tells_of_it_where_it_takes_them() -> None:
    def told(**site: Any) -> list[str]:
        return [step.since for step in published(a_complaint(**site).terms, MONDAY)]

    assert "data_request" not in told()
    assert told(feedback=(Feedback.PERSONAL_DATA,)).count("data_request") == 1
