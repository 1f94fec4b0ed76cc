"""What a case is found by, and where that ends."""

from typing import Any, get_args

import pytest

from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letters import LinkChanged
from complaints.case.correspondence.messages import MessageReceived, NoteAdded, Resumed
from complaints.case.deadlines import DelayExplained, ExtensionRequested
from complaints.case.fact import Fact
from complaints.case.facts import AnyFact
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.remedies import RemedyDone
from complaints.case.outcome.survey import SurveyAnswered, SurveyTextCleared
from complaints.case.people.adjustments import AdjustmentNoted
from complaints.case.people.conflicts_of_interest import ConflictDeclared
from complaints.case.people.contact_details import ContactCorrected, MailAddressProposed
from complaints.case.people.contact_plan import ContactPlanned
from complaints.case.people.identity import IdentityOpened
from complaints.case.people.parties import ComplainantJoined, LettersWanted, RepresentationRecorded
from complaints.case.people.vulnerability import VulnerabilityNoted
from complaints.case.process.escalation import Referred
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import AttachmentArrived
from complaints.case.record.case_file import CaseFilePrepared
from complaints.case.record.erasure import (
    ErasureRefused,
    LegalHoldLifted,
    LegalHoldSet,
    ProcessingRestricted,
    RestrictionLifted,
)
from complaints.case.record.links import Linked, Unlinked
from complaints.case.record.merging import Merged
from complaints.case.record.redaction import Redacted
from complaints.case.workflow.tasks import TaskAssigned, TaskCancelled, TaskReassigned
from complaints.reporting.search.search_terms import (
    MOST_KEYS,
    MOST_PARTS,
    Terms,
    found_by,
)
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, MONDAY

REFERENCE = "C-7K3M9-QX2HT-7"
CONSONANTS = "bcdfghjklmnpqrstvwxyz"

NOT_SEARCHED: dict[type[Fact], set[str]] = {
    Received: {"authority", "message_id", "occurred_on", "relation", "special_needs"},
    # What a person needs or suffers from.
    AdjustmentNoted: {"details"},
    ContactPlanned: {"plan", "reason"},
    VulnerabilityNoted: {"driver", "harm", "known_by", "reason"},
    # What is kept from those who work on the case.
    SurveyAnswered: {"text"},
    SurveyTextCleared: {"text"},
    # What is no word of anybody, or says nothing that the case is remembered by.
    AttachmentArrived: {"digest"},
    MessageReceived: {"message_id"},
    LinkChanged: {"reason"},
    RemedyDone: {"done_by"},
    RepresentationRecorded: {"evidence", "relation"},
    # Where a task goes, and what of the case it shows.
    TaskAssigned: {"email", "shown"},
    TaskReassigned: {"email"},
    # Why staff took a step.
    CaseFilePrepared: {"reason"},
    ConflictDeclared: {"reason"},
    ContactCorrected: {"reason"},
    Converted: {"reason"},
    ExtensionRequested: {"reason"},
    Linked: {"reason"},
    Merged: {"reason"},
    Redacted: {"reason"},
    Referred: {"reason"},
    Resumed: {"reason"},
    TaskCancelled: {"reason"},
    Unlinked: {"reason"},
    IdentityOpened: {"reason"},
    ErasureRefused: {"reason"},
    LegalHoldLifted: {"reason"},
    LegalHoldSet: {"reason"},
    ProcessingRestricted: {"reason"},
    RestrictionLifted: {"reason"},
}
"""Private fields that nobody is found by, and why."""


def said(**fields: Any) -> Received:
    usual: dict[str, Any] = {
        "by": COMPLAINANT,
        "at": MONDAY,
        "site": "demo",
        "language": "en",
        "notice_version": "1",
    }
    return Received(**usual | {"description": "It came late."} | fields)


def terms(**fields: Any) -> Terms:
    return found_by(REFERENCE, [said(**fields)])


def test_a_word_has_few_keys_and_its_beginnings_as_parts() -> None:
    added = terms(description="Kettles")
    assert set(added.keys) - set(terms(description="").keys) == {"kett"}
    assert {"^ket", "^kett", "^kettl", "^kettle", "^kettles"} <= set(added.parts)


def test_the_middle_of_a_long_word_has_keys_and_that_of_a_short_one_has_none() -> None:
    assert {"dich", "schr"} <= set(terms(description="Kühlschrankdichtung").keys)
    assert "ttle" not in terms(description="Kettles").keys


def test_words_of_two_letters_lead_to_a_case_where_they_name_something() -> None:
    assert "tv" in terms(product="TV").keys
    assert "tv" not in terms(description="My TV broke").keys


def test_what_a_person_needs_or_suffers_from_finds_nobody() -> None:
    facts = [
        said(special_needs="wheelchair"),
        VulnerabilityNoted(by=ADA, at=MONDAY, is_vulnerable=True, reason="dementia"),
    ]
    assert found_by(REFERENCE, facts) == terms()


def test_what_was_removed_finds_nothing() -> None:
    assert found_by(REFERENCE, [said(subject="", description="")]) == terms(subject=None, description="")


def test_the_beginnings_of_all_words_come_before_the_middle_of_any() -> None:
    words = [f"{first}z{second}" for first in CONSONANTS for second in CONSONANTS]
    keys = terms(description=" ".join(word * 4 for word in words)).keys
    assert len(keys) == MOST_KEYS
    assert {(word * 4)[:4] for word in words} <= set(keys)


def test_names_come_before_texts() -> None:
    endless = " ".join(f"w{n:05}" for n in range(3_000))
    keys = found_by(REFERENCE, [said(description=endless, name="Ada Yılmaz", order_number="AB-4711")]).keys
    assert len(keys) == MOST_KEYS
    assert {"ada", "yil", "yilm", "4711"} <= set(keys)


def test_s87_the_longest_text_costs_no_more_than_the_limit() -> None:
    found = terms(description="".join(map(chr, range(0x4E00, 0x4E00 + 20_000))))
    assert (len(found.keys), len(found.parts)) == (MOST_KEYS, MOST_PARTS)


@pytest.mark.parametrize("fact", get_args(AnyFact))
def test_a_private_field_is_searched_or_named_as_not_searched(fact: type[Fact]) -> None:
    """A new field is one or the other: each was said on purpose."""
    searched = (*fact.NAMES, *fact.TELEPHONES, *fact.TEXTS)
    assert sorted([*searched, *NOT_SEARCHED.get(fact, ())]) == sorted(fact.PRIVATE)


def test_whoever_complains_together_with_somebody_is_found_alike() -> None:
    joined = ComplainantJoined(
        by=ADA,
        at=MONDAY,
        id="1",
        letters=LettersWanted.ALL,
        name="Grace Hopper",
        email="grace@example.org",
        phone="0212 555 44 33",
        post="1 Rain Street",
    )
    assert {"hopp", "grace@example.org", "+5554433", "rain"} <= set(
        found_by(REFERENCE, [said(), joined]).keys
    )


def test_a_case_is_found_by_every_address_that_a_person_wrote_from() -> None:
    proposed = MailAddressProposed(by=COMPLAINANT, at=MONDAY, email="new@example.org")
    joined = MailJoined(by=ADA, at=MONDAY, mail="m1", sender="work@example.org")
    assert {"new@example.org", "work@example.org"} <= set(found_by(REFERENCE, [proposed, joined]).keys)


def test_an_explained_delay_is_found_like_a_message() -> None:
    explained = DelayExplained(
        by=ADA, at=MONDAY, clocks=(), text="The carrier is on strike.", expected_on=MONDAY.date()
    )
    assert "stri" in found_by(REFERENCE, [explained]).keys


def test_own_fields_are_found_by_their_answers_and_not_by_their_names() -> None:
    own = terms(own_fields='{"meter": "Kx-4711", "colour": "vermilion"}').keys
    assert {"kx", "4711", "verm"} <= set(own)
    assert "mete" not in own


def test_a_contact_that_was_corrected_is_found_as_it_is_now() -> None:
    corrected = ContactCorrected(by=ADA, at=MONDAY, name="Grace Hopper", phone="0212 555 44 33")
    assert {"hopp", "+5554433"} <= set(found_by(REFERENCE, [said(), corrected]).keys)


def test_a_note_is_found_like_a_message() -> None:
    assert "rapi" in found_by(REFERENCE, [NoteAdded(by=ADA, at=MONDAY, text="Rapidex rang.")]).keys
