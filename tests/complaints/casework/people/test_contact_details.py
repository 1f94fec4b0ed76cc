"""Contact details that are corrected: what holds from then on, who is written to, and what is refused."""

from typing import Any

import pytest

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letters import AddressFailed
from complaints.case.people.contact_details import ContactCorrected, MailAddressConfirmed, MailAddressProposed
from complaints.case.process.receipt import Received
from complaints.casework.correspondence.letters import LetterRefused
from complaints.casework.correspondence.messages import Message
from complaints.casework.people.contact_details import (
    CONFIRMED_WITHIN,
    MOST_BY_PERSON,
    ConfirmAddress,
    ContactDetail,
    CorrectContact,
    CorrectOwnContact,
    receipt_in_force,
)
from complaints.casework.record.redaction import Redact
from complaints.handling import verify_chain
from complaints.handling.lifecycle import decide
from complaints.letters.superseded import is_obsolete
from complaints.values.errors import Invalid, NotNow, TooMany, Wrong
from complaints.values.field_types import ComplainantKind, Way
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import ADA, RUTH, TUESDAY, WEDNESDAY, Story, a_complaint, context


def correction(**fields: Any) -> CorrectContact:
    return CorrectContact(**{"reason": "She spelt it on the telephone."} | fields)


def corrected(story: Story, **fields: Any) -> Story:
    return story.does(ADA, correction(**fields), TUESDAY)


def in_force(story: Story) -> Received:
    receipt = receipt_in_force(story.numbered_facts, story.build().contact)
    assert receipt is not None
    return receipt


def test_what_is_corrected_holds_and_the_rest_stays() -> None:
    story = corrected(a_complaint().received(phone="1"), email="n@okafor.example", name="Ngozi O.")
    receipt = in_force(story)
    assert (receipt.email, receipt.name, receipt.phone) == ("n@okafor.example", "Ngozi O.", "1")
    assert receipt.description == "The parcel was left in the rain. Two of the six cups are broken."


@pytest.mark.iso10002("4 information integrity: correction")
def test_the_last_of_several_corrections_holds() -> None:
    story = corrected(corrected(a_complaint().received(), email="a@b.example"), email="c@d.example")
    assert in_force(story).email == "c@d.example"


def test_details_stand_in_private_items_and_the_state_names_their_entries() -> None:
    story = corrected(a_complaint().received(), email="n@okafor.example")
    contact = story.build().contact
    assert (contact.email, contact.name) == (2, 1)
    assert contact.numbers == {1, 2}
    assert b"n@okafor.example" not in story.cases.entries(story.reference)[1].data


def test_a_new_way_to_be_reached_counts_and_one_that_no_longer_holds_does_not() -> None:
    story = corrected(a_complaint().received(), post="1 Rain Street", remove=ContactDetail.EMAIL)
    assert story.build().reach == (Way.POST,)
    assert in_force(story).email is None


def test_language_and_kind_are_those_of_the_case_from_then_on() -> None:
    story = corrected(
        a_complaint().received(), language="tr", kind=ComplainantKind.BUSINESS, preferred_way="telephone"
    )
    complaint = story.build()
    assert (complaint.language, complaint.kind) == ("tr", ComplainantKind.BUSINESS)
    assert in_force(story).preferred_way == Way.TELEPHONE
    assert story.does(ADA, Message(text="Merhaba.")).letter("message").language == "tr"


def test_the_new_mail_address_gets_a_link_and_the_former_one_is_told() -> None:
    story = corrected(a_complaint().received(), email="n@okafor.example")
    new, former = story.letter("contact"), story.letter("former_address")
    assert (new.to, former.to, former.address_entry) == ("complainant", "former_address", 1)
    assert former.promises == ()


def test_a_former_address_that_somebody_else_reads_or_that_is_dead_is_told_nothing() -> None:
    quiet = corrected(a_complaint().received(), email="n@okafor.example", tell_former=False)
    without = corrected(a_complaint().received(email=None, phone="1"), email="n@okafor.example")
    for story in (quiet, without):
        assert [letter.kind for letter in story.cases.letters][-1] == "contact"


def test_a_correction_of_anything_else_calls_for_no_letter_and_keeps_the_links() -> None:
    story = a_complaint().received()
    before, access = len(story.cases.letters), story.casework.access(story.case)
    corrected(story, name="Ngozi O.", phone="2")
    assert len(story.cases.letters) == before
    assert story.casework.access(story.case) == access


def test_whoever_reads_the_former_address_cannot_open_the_case_any_more() -> None:
    story = a_complaint().received()
    access = story.casework.access(story.case)
    corrected(story, email="n@okafor.example")
    assert story.casework.access(story.case) != access


def bounced(letter: str) -> LetterRefused:
    return LetterRefused(letter=letter, kind="message", reason="no such user", address_fails=True)


def test_a_letter_to_the_former_address_that_comes_back_says_nothing_of_the_new_one() -> None:
    story = corrected(a_complaint().received(), email="n@okafor.example")
    earlier = decide(story.build(), bounced("000001.1"), context(MACHINE, TUESDAY))
    later = decide(story.build(), bounced("000002.1"), context(MACHINE, TUESDAY))
    assert not any(isinstance(fact, AddressFailed) for fact in earlier)
    assert any(isinstance(fact, AddressFailed) for fact in later)


def test_an_address_that_failed_is_replaced_and_mail_goes_out_again() -> None:
    story = a_complaint().received().does(MACHINE, bounced("000001.1"))
    assert story.build().reach == ()
    assert corrected(story, email="n@okafor.example").build().reach == (Way.MAIL,)


def test_a_queue_calls_the_person_by_the_corrected_name() -> None:
    assert corrected(a_complaint().received(), name="Ngozi O.").case.card.name == "Ngozi O."


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "nowhere"}, Wrong("/email", "not-a-mail-address")),
        ({"language": "fr"}, Wrong("/language", "not-spoken")),
        ({"phone": "1", "remove": ContactDetail.PHONE}, Wrong("/remove", "twice")),
        ({}, Wrong("", "nothing-to-change")),
    ],
)
def test_what_cannot_hold_is_refused(fields: dict[str, Any], wrong: Wrong) -> None:
    complaint: Complaint = a_complaint().received().build()
    with pytest.raises(Invalid) as refused:
        decide(complaint, correction(**fields), context())
    assert refused.value.errors == (wrong,)


def test_the_fact_says_how_it_is_known_and_by_whom() -> None:
    (fact,) = decide(a_complaint().received().build(), correction(phone="2"), context(ADA, TUESDAY))
    assert fact == ContactCorrected(
        at=TUESDAY,
        by=ADA,
        phone="2",
        reach=(Way.MAIL, Way.TELEPHONE),
        reason="She spelt it on the telephone.",
    )


NEW = "n@okafor.example"


def proposed(story: Story, email: str = NEW) -> Story:
    return story.does(COMPLAINANT, CorrectOwnContact(email=email), TUESDAY)


def test_until_it_is_confirmed_letters_go_to_the_address_that_held_before() -> None:
    story = proposed(a_complaint().received())
    assert in_force(story).email == "ngozi@okafor.example"
    asked = story.letter("confirm_address")
    assert (asked.to, asked.address_entry, asked.promises) == ("proposed_address", 2, ())


def test_once_it_is_confirmed_it_holds_the_old_one_is_told_and_older_links_end() -> None:
    story = proposed(a_complaint().received())
    access = story.casework.access(story.case)
    story.does(COMPLAINANT, ConfirmAddress(), WEDNESDAY)
    assert in_force(story).email == NEW
    assert (story.letter("contact").to, story.letter("former_address").address_entry) == ("complainant", 1)
    assert story.casework.access(story.case) != access


def test_the_last_proposal_counts_and_has_a_token_of_its_own() -> None:
    story = proposed(a_complaint().received())
    first, token = story.letter("confirm_address"), story.casework.address_access(story.case)
    proposed(story, "other@okafor.example")
    assert story.casework.address_access(story.case) != token
    assert is_obsolete(first, story.build())
    assert in_force(story.does(COMPLAINANT, ConfirmAddress(), WEDNESDAY)).email == "other@okafor.example"


def test_an_address_is_confirmed_once_and_within_a_week() -> None:
    story = proposed(a_complaint().received())
    with pytest.raises(NotNow):
        decide(story.build(), ConfirmAddress(), context(COMPLAINANT, TUESDAY + CONFIRMED_WITHIN))
    story.does(COMPLAINANT, ConfirmAddress(), WEDNESDAY)
    with pytest.raises(NotNow):
        decide(story.build(), ConfirmAddress(), context(COMPLAINANT, WEDNESDAY))


def test_an_address_that_staff_correct_meanwhile_ends_the_one_that_waits() -> None:
    """Its link is one of the older ones; a letter with it that has not left yet is sent no more."""
    story = proposed(a_complaint().received())
    asked = story.letter("confirm_address")
    corrected(story, phone="1")
    assert story.build().contact.proposed
    complaint = corrected(story, email="right@okafor.example").build()
    assert complaint.contact.proposed is None
    assert is_obsolete(asked, complaint)
    with pytest.raises(NotNow):
        decide(complaint, ConfirmAddress(), context(COMPLAINANT, TUESDAY))


def test_what_else_the_person_corrects_holds_at_once() -> None:
    own = CorrectOwnContact(phone="2", language="tr", preferred_way="telephone", email=NEW)
    story = a_complaint().received().does(COMPLAINANT, own, TUESDAY)
    receipt = in_force(story)
    assert (receipt.phone, receipt.preferred_way, story.build().language) == ("2", Way.TELEPHONE, "tr")
    assert [type(fact) for fact in story.facts[-2:]] == [ContactCorrected, MailAddressProposed]


def test_a_first_mail_address_is_confirmed_too_and_nobody_else_is_told() -> None:
    story = proposed(a_complaint().received(email=None, post="1 Rain Street"))
    story.does(COMPLAINANT, ConfirmAddress(), WEDNESDAY)
    assert story.build().reach == (Way.MAIL, Way.POST)
    assert isinstance(story.facts[-1], MailAddressConfirmed)
    assert story.facts[-1].former is None


def test_somebody_who_corrects_without_end_is_stopped() -> None:
    story = a_complaint().received()
    for number in range(MOST_BY_PERSON):
        story.does(COMPLAINANT, CorrectOwnContact(phone=str(number)))
    with pytest.raises(TooMany):
        decide(story.build(), CorrectOwnContact(phone="x"), context(COMPLAINANT))


def redacted(story: Story, entry: int) -> Story:
    return story.does(RUTH, Redact(message=entry, reason="It is a stranger's."))


def held(story: Story, entry: int) -> set[str]:
    return {at.rpartition(".")[2] for at in story.cases.entries(story.reference)[entry - 1].private}


def flaws(story: Story) -> list[verify_chain.Flaw]:
    return list(verify_chain.flaws(story.build(), story.cases.entries(story.reference)))


def test_a_former_address_goes_with_the_words_of_its_entry_and_the_chain_verifies() -> None:
    story = redacted(corrected(a_complaint().received(phone="1"), email=NEW), 1)
    assert held(story, 1) >= {"name", "phone"}
    assert "email" not in held(story, 1)
    assert in_force(story).email == NEW
    assert flaws(story) == []


def test_details_in_force_stay_whatever_is_redacted() -> None:
    story = redacted(corrected(a_complaint().received(), email=NEW, name="Ngozi O."), 2)
    assert held(story, 2) == {"email", "name"}
    assert flaws(story) == []


def test_an_address_that_nobody_confirmed_can_be_removed_once_another_is_proposed() -> None:
    story = proposed(proposed(a_complaint().received()), "other@okafor.example")
    redacted(story, 2)
    assert held(story, 2) == set()
    with pytest.raises(Invalid):
        redacted(story, 3)
    assert flaws(story) == []
