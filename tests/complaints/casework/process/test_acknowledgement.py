"""Acknowledgement: the complainant knows that it arrived, and it is a fact only when it happened."""

from datetime import timedelta

import pytest

from complaints.case.correspondence.letters import LetterSent
from complaints.case.deadlines import ClockStopped
from complaints.case.process.acknowledgement import Acknowledged
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Stage, Way
from complaints.values.people import MACHINE
from tests.builders import (
    ACKNOWLEDGE,
    ADA,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    a_complaint,
    context,
)

AN_HOUR = timedelta(hours=1)
TAKEN = LetterTaken(letter="000001.1", kind="acknowledgement", message_id="mail-1")


@pytest.mark.iso10002("7.4 acknowledgement: taken")
def test_it_is_acknowledged_when_the_mail_service_took_the_letter() -> None:
    facts = decide(a_complaint().received().build(), TAKEN, context(MACHINE, TUESDAY))
    assert [type(fact) for fact in facts] == [LetterSent, Acknowledged, ClockStopped]
    assert facts[1] == Acknowledged(
        at=TUESDAY, by=MACHINE, way=Way.MAIL, told_at=TUESDAY, message_id="mail-1"
    )


def test_a_letter_that_is_wanted_is_no_acknowledgement() -> None:
    complaint = a_complaint().received().build()
    assert complaint.acknowledged_at is None
    assert complaint.clock(ACKNOWLEDGE).is_running


@pytest.mark.iso10002("7.4 acknowledgement: taken")
def test_a_letter_that_cannot_be_delivered_is_no_acknowledgement() -> None:
    failed = LetterRefused(letter="000001.1", kind="acknowledgement", reason="no such mailbox")
    complaint = a_complaint().received().does(MACHINE, failed).build()
    assert complaint.acknowledged_at is None
    assert complaint.clock(ACKNOWLEDGE).is_running
    assert complaint.failed_letters == ("000001.1",)


def test_the_first_acknowledgement_counts() -> None:
    complaint = a_complaint().received().acknowledged(TUESDAY).acknowledged(WEDNESDAY).build()
    assert complaint.acknowledged_at == TUESDAY


def test_the_acknowledgement_of_an_assessed_case_leaves_its_stage() -> None:
    complaint = a_complaint().received().assessed().acknowledged().build()
    assert complaint.stage is Stage.ASSESSED
    assert complaint.acknowledged_at == MONDAY


def test_a_case_acknowledged_while_it_waits_for_an_answer_goes_on_as_acknowledged() -> None:
    complaint = a_complaint().received().asked().acknowledged().wrote().build()
    assert complaint.stage is Stage.ACKNOWLEDGED


@pytest.mark.parametrize("way", [Way.TELEPHONE, Way.POST, Way.IN_PERSON])
def test_a_talk_or_a_post_acknowledges_too(way: Way) -> None:
    command = Acknowledge(by=way, at=MONDAY + AN_HOUR)
    complaint = a_complaint().received().does(ADA, command, TUESDAY).build()
    assert complaint.stage is Stage.ACKNOWLEDGED
    assert complaint.acknowledged_at == MONDAY + AN_HOUR


def test_a_talk_in_time_that_is_recorded_late_was_in_time() -> None:
    """A clock measures what happened, not when somebody typed it in."""
    command = Acknowledge(by=Way.TELEPHONE, at=MONDAY + AN_HOUR)
    clock = a_complaint().received().does(ADA, command, WEDNESDAY).build().clock(ACKNOWLEDGE)
    assert clock.in_time
    assert clock.stopped_at == MONDAY + AN_HOUR


def test_a_second_acknowledgement_is_refused() -> None:
    """A complainant hears from us once, not twice."""
    complaint = a_complaint().received().acknowledged().build()
    with pytest.raises(NotNow):
        decide(complaint, Acknowledge(by=Way.TELEPHONE, at=MONDAY), context(now=TUESDAY))


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (Acknowledge(by=Way.MAIL, at=MONDAY), Wrong("/by", "not-by-mail")),
        (Acknowledge(by=Way.TELEPHONE, at=TUESDAY + AN_HOUR), Wrong("/at", "future")),
        (Acknowledge(by=Way.TELEPHONE, at=MONDAY - AN_HOUR), Wrong("/at", "before-receipt")),
        (Acknowledge(by=Way.TELEPHONE, at=MONDAY.replace(tzinfo=None)), Wrong("/at", "no-offset")),
    ],
)
def test_an_acknowledgement_that_cannot_have_been_is_refused(command: Acknowledge, wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(a_complaint().received().build(), command, context(now=TUESDAY))
    assert refusal.value.errors == (wrong,)


def test_what_was_told_within_this_second_is_not_of_the_future() -> None:
    command = Acknowledge(by=Way.TELEPHONE, at=TUESDAY + AN_HOUR / 7200)
    (found, *_) = decide(a_complaint().received().build(), command, context(now=TUESDAY))
    assert isinstance(found, Acknowledged)
    assert found.told_at == TUESDAY
