"""A sealed identity: what is stored apart, who opens it, and that the record verifies with it and without."""

from datetime import timedelta

import pytest

from complaints.audit_trail.hash_chain import decode
from complaints.case.fact import Fact
from complaints.case.people.identity import SHOWN_FOR, IdentityOpened, IdentityOpening
from complaints.case.people.parties import LettersWanted
from complaints.case.record.erasure import ErasureGround
from complaints.casework.correspondence.lost_link import goes_whatever_is_typed
from complaints.casework.correspondence.messages import Note
from complaints.casework.outcome.classification import Classify
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.people.contact_details import (
    ContactDetail,
    CorrectContact,
    CorrectOwnContact,
    receipt_in_force,
)
from complaints.casework.people.identity import OpenIdentity
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.casework.people.parties import Represent
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.erasure import Erase
from complaints.casework.record.party_erasure import EraseParty
from complaints.casework.record.redaction import Redact
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.handling.verify_chain import Flaw, flaws
from complaints.settings.member_commands import ChangeMember
from complaints.values.codes import Code, Codes
from complaints.values.errors import Forbidden, IdentitySealed, Invalid, NotNow, SecondPersonNeeded, Wrong
from complaints.values.people import COMPLAINANT, Actor, Role
from tests.builders import ADA, CORA, MONDAY, PAULA, RUTH, TUESDAY, Story, a_complaint
from tests.settings_stores import Organisation, change_member

SEALED, PLAIN = "conduct.unequal_treatment", "delivery.late"
CODES = Codes(categories=(Code(code=SEALED, sealed=True, state="retired"), Code(code=PLAIN)))
OPEN = OpenIdentity(reason="The prosecutor asks for the witness.")
WHO = ("Ada Okafor", "ada@example.org", "AC-4711", "C-7K3M9-QX2HT-7")


def sealed(category: str | None = SEALED) -> Story:
    name, email, order, earlier = WHO
    return a_complaint(codes=CODES).received(
        category=category, name=name, email=email, order_number=order, earlier_reference=earlier
    )


def told(facts: list[Fact]) -> list[str]:
    return [word for word in WHO if word in str(facts)]


def test_who_complains_in_a_sealed_category_stands_apart_from_what_staff_read() -> None:
    story = sealed()
    assert story.build().sealed
    assert told(story.facts) == []
    assert story.case.card.name == ""
    [entry] = story.cases.entries(story.reference, with_identity=True)
    assert [word for word in WHO if word in str(entry.private)] == list(WHO)
    assert not any(word in str(decode(entry.data)) for word in WHO)


@pytest.mark.parametrize("category", [PLAIN, None])
def test_of_other_categories_nothing_is_sealed(category: str | None) -> None:
    story = sealed(category)
    assert told(story.facts) == list(WHO)
    assert (story.build().sealed, story.case.card.name) == (False, WHO[0])


def test_what_comes_later_of_the_person_is_sealed_too_and_a_new_category_opens_nothing() -> None:
    story = sealed().does(ADA, Classify(category=PLAIN))
    story.does(COMPLAINANT, CorrectOwnContact(name="Zoe Quux", email="zoe@example.org"))
    story.does(ADA, AddComplainant(name="Bob Quux", email="bob@example.org", letters=LettersWanted.ALL))
    story.does(ADA, Represent(represented="Rex Quux", relation="his mother"))
    said = str(story.facts)
    assert not any(word in said for word in ("Zoe", "Bob", "Rex", "zoe@", "bob@", "mother"))
    assert (story.build().sealed, story.case.card.name) == (True, "")
    receipt = receipt_in_force(story.numbered_facts, story.build().contact)
    assert receipt is not None
    assert (receipt.name, receipt.email, receipt.represented) == (None, None, None)


def test_a_custodian_opens_it_and_it_is_on_record_who_and_why() -> None:
    story = sealed().does(CORA, OPEN, TUESDAY)
    assert story.facts[-1] == IdentityOpened(at=TUESDAY, by=CORA, reason=OPEN.reason)
    assert told(story.facts) == []
    assert story.build().identity_opened == IdentityOpening("cora", TUESDAY)


@pytest.mark.parametrize("by", [ADA, RUTH, PAULA, COMPLAINANT])
def test_nobody_else_opens_it(by: Actor) -> None:
    story = sealed()
    with pytest.raises(Forbidden):
        decide(story.build(), OPEN, story.context(by))


def test_nothing_is_opened_that_is_not_sealed_or_that_nobody_knows() -> None:
    anonymous = a_complaint(codes=CODES).received(
        category=SEALED, anonymous=True, name=None, email=None, phone=None, post=None
    )
    for story in (sealed(PLAIN), anonymous):
        assert OPEN.verb not in allowed_commands(story.build(), story.context(CORA))
        with pytest.raises(NotNow):
            decide(story.build(), OPEN, story.context(CORA))


def test_who_joined_somebody_who_was_erased_apart_is_opened() -> None:
    story = sealed().does(ADA, AddComplainant(name="Bob", post="1 Pier Street", letters=LettersWanted.ALL))
    story.does(PAULA, EraseParty(party="complainant", ground=ErasureGround.CONSENT_WITHDRAWN))
    assert story.build().is_anonymous
    whole = story.cases.entries(story.reference, with_identity=True)
    assert not [word for word in WHO[:2] if word in str(whole)]
    assert "1 Pier Street" in str(whole)
    assert list(flaws(story.build(), whole)) == []
    assert OPEN.verb in allowed_commands(story.build(), story.context(CORA))


def test_whoever_has_an_interest_opens_nothing() -> None:
    both = Actor("staff", "cora", (Role.CUSTODIAN, Role.AGENT))
    story = sealed().does(both, Recuse(reason="She sits beside me."))
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), OPEN, story.context(CORA))


def test_it_is_shown_to_whoever_opened_it_for_a_quarter_of_an_hour() -> None:
    opening = IdentityOpening("cora", MONDAY)
    end = MONDAY + SHOWN_FOR
    assert opening.shows("cora", MONDAY)
    assert not opening.shows("cora", end)
    assert opening.shows("cora", end - timedelta(seconds=1))
    assert not opening.shows("carl", MONDAY)


def test_the_chain_verifies_with_the_identity_and_by_those_who_may_not_read_it() -> None:
    story = sealed().does(COMPLAINANT, CorrectOwnContact(email="zoe@example.org")).does(CORA, OPEN)
    complaint, cases = story.build(), story.cases
    whole = cases.entries(story.reference, with_identity=True)
    without = cases.entries(story.reference)
    assert list(flaws(complaint, whole)) == []
    assert list(flaws(complaint, without, without_identity=True)) == []
    assert list(flaws(complaint, without)) == [Flaw(1, "text-missing"), Flaw(2, "text-missing")]


def test_staff_name_no_address_to_which_the_link_would_go() -> None:
    story = sealed()
    for change in (
        CorrectContact(email="ada@work.example", reason="She rang."),
        CorrectContact(post="1 Desk Street", reason="She rang."),
        CorrectContact(remove=ContactDetail.PHONE, reason="She rang."),
    ):
        with pytest.raises(IdentitySealed):
            story.does(ADA, change)
    story.does(ADA, CorrectContact(language="en", reason="She rang."))


def test_the_link_goes_whatever_address_is_typed_until_the_case_is_erased() -> None:
    assert not goes_whatever_is_typed(sealed(PLAIN).build())
    story = sealed()
    assert goes_whatever_is_typed(story.build())
    story.does(COMPLAINANT, Withdraw(reason="All is well."))
    story.does(PAULA, Erase(ground=ErasureGround.NOT_NEEDED))
    assert not goes_whatever_is_typed(story.build())


def test_a_redaction_removes_what_is_sealed_of_an_entry_but_who_complains() -> None:
    story = sealed().does(ADA, Note(text="Seen.")).does(RUTH, Redact(message=1, reason="It names a child."))
    first = story.cases.entries(story.reference, with_identity=True)[0].private
    assert {at.rpartition(".")[2] for at in first} >= {"name", "email"}
    assert not {at.rpartition(".")[2] for at in first} & {"order_number", "earlier_reference", "description"}
    assert list(flaws(story.build(), story.cases.entries(story.reference, with_identity=True))) == []


def test_nobody_makes_themselves_a_custodian(organisation: Organisation) -> None:
    own = change_member(Role.ADMIN, Role.CUSTODIAN)
    assert wrong(organisation, own, "sam") == [Wrong("/roles", "custodian-by-another")]
    organisation.does(own, "sam", Actor("staff", "alex", (Role.ADMIN,)))
    organisation.does(own, "sam")


def wrong(organisation: Organisation, asked: ChangeMember, member: str) -> list[Wrong]:
    with pytest.raises(Invalid) as refusal:
        organisation.does(asked, member)
    return list(refusal.value.errors)


@pytest.fixture
def organisation() -> Organisation:
    organisation = Organisation()
    organisation.has("sam", Role.ADMIN)
    organisation.has("alex", Role.ADMIN)
    return organisation
