"""What the mail service says of a letter: read from its events, and what follows for the case."""

import json
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from complaints.adapters.mail.ses_events import read_event
from complaints.case.correspondence.letters import AddressFailed, LetterFailed
from complaints.case.process.acknowledgement import Acknowledged
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.handling.lifecycle import decide
from complaints.values.field_types import Way
from complaints.values.people import MACHINE
from tests.builders import MONDAY, RESPOND, TUESDAY, a_complaint, context

TAGS = {
    "case": ["C-7K3M9-QX2HT-7"],
    "letter": ["000001-1"],
    "attempt": ["a-1"],
    "ses:caller-identity": ["us"],
}
DEAD = LetterRefused(letter="000001.1", kind="acknowledgement", reason="Bounce 5.1.1", address_fails=True)


def said(
    kind: str, tags: dict[str, list[str]] | None = None, at: datetime = MONDAY, **more: Any
) -> DeliveryEvent | None:
    mail = {"messageId": "m-1", "timestamp": at.isoformat(), "tags": TAGS if tags is None else tags}
    return read_event(json.dumps({"eventType": kind, "mail": mail, **more}), TUESDAY)


def bounced(kind: str, *statuses: str) -> DeliveryEvent:
    recipients = [{"emailAddress": "ada@example.org", "status": status} for status in statuses]
    bounce = {"bounceType": kind, "bouncedRecipients": recipients, "timestamp": MONDAY.isoformat()}
    event = said("Bounce", bounce=bounce)
    assert event is not None
    return event


def test_an_event_names_the_attempt_that_sent_the_letter() -> None:
    assert said("Send") == DeliveryEvent(
        reference="C-7K3M9-QX2HT-7",
        letter="000001.1",
        attempt="a-1",
        message_id="m-1",
        taken_at=MONDAY,
        fate=DeliveryOutcome.TAKEN,
    )


def test_an_event_of_a_digest_names_its_day() -> None:
    event = said("Send", TAGS | {"case": ["digest-0a1b"], "letter": ["2026-02-03"]})
    assert event is not None
    assert (event.reference, event.letter) == ("digest-0a1b", "2026-02-03")


@pytest.mark.parametrize("missing", ["case", "letter", "attempt"])
def test_s32_an_event_of_no_letter_of_ours_says_nothing(missing: str) -> None:
    assert said("Send", {name: value for name, value in TAGS.items() if name != missing}) is None


@pytest.mark.parametrize("kind", ["Open", "Click", "Subscription"])
def test_what_is_not_asked_for_says_nothing(kind: str) -> None:
    assert said(kind) is None


def test_what_is_no_event_is_an_error_that_somebody_sees() -> None:
    with pytest.raises(msgspec.DecodeError):
        read_event('{"notification": "x"}', TUESDAY)


@pytest.mark.parametrize("kind", ["Send", "Delivery", "DeliveryDelay", "Bounce", "Complaint"])
def test_every_event_says_when_the_mail_was_taken(kind: str) -> None:
    """A letter counts from then, whichever event is heard first."""
    detail: dict[str, Any] = {"timestamp": TUESDAY.isoformat(), "bounceType": "Transient"}
    event = said(kind, None, MONDAY, **{kind.lower(): detail})
    assert event is not None
    assert event.taken_at == MONDAY


def test_an_event_of_the_future_counts_from_its_arrival() -> None:
    event = said("Send", at=TUESDAY + timedelta(days=1))
    assert event is not None
    assert event.taken_at == TUESDAY


@pytest.mark.parametrize("status", ["5.1.1", "5.7.129", "5.7.133", "5.99.999"])
@pytest.mark.parametrize("kind", ["Permanent", "Undetermined", "Transient", "something new"])
def test_unknown_bounce_codes(kind: str, status: str) -> None:
    """Every 5.x.x is a failure, known or not."""
    assert bounced(kind, status).fate is DeliveryOutcome.FAILED


@pytest.mark.parametrize("statuses", [(), ("4.2.2",), ("4.99.999",)])
def test_a_bounce_without_a_final_code_is_a_delay(statuses: tuple[str, ...]) -> None:
    assert bounced("Transient", *statuses).fate is DeliveryOutcome.BOUNCED


def test_a_reason_holds_codes_and_no_address() -> None:
    assert bounced("Permanent", "5.1.1").reason == "Bounce Permanent 5.1.1"


def test_a_letter_that_was_taken_counts_from_when_it_was_taken() -> None:
    taken = LetterTaken(letter="000001.1", kind="acknowledgement", message_id="m", taken_at=MONDAY)
    facts = decide(a_complaint().received(MONDAY).build(), taken, context(MACHINE, TUESDAY))
    (found,) = [fact for fact in facts if isinstance(fact, Acknowledged)]
    assert (found.at, found.told_at) == (TUESDAY, MONDAY)


def test_a_dead_address_is_written_to_no_more() -> None:
    story = a_complaint().received().does(MACHINE, DEAD)
    assert [type(fact) for fact in story.facts if isinstance(fact, LetterFailed | AddressFailed)] == [
        LetterFailed,
        AddressFailed,
    ]
    assert Way.MAIL not in story.build().reach


def test_what_is_said_again_of_a_letter_is_nothing_new() -> None:
    complaint = a_complaint().received().does(MACHINE, DEAD).build()
    assert decide(complaint, DEAD, context(MACHINE, TUESDAY)) == []


def test_a_notice_that_was_taken_in_time_counts_though_it_comes_back() -> None:
    fields: dict[str, Any] = {"letter": "000009.1", "kind": "extension", "about": RESPOND}
    story = a_complaint().received().acknowledged().extended()
    story = story.does(MACHINE, LetterTaken(message_id="m", **fields))
    promised = story.build().clock(RESPOND).due
    assert promised > a_complaint().received().build().clock(RESPOND).due
    assert (
        story.does(MACHINE, LetterRefused(reason="Bounce", **fields)).build().clock(RESPOND).due == promised
    )
