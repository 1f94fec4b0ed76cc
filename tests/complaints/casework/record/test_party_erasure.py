"""One of several people of a case is erased: their data goes, the others' stays, the chain verifies."""

import pytest
from msgspec.structs import replace

from complaints import erasure
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.people.parties import AuthorityStep, LettersWanted
from complaints.case.record.erasure import ErasureGround, PartyErased, RestrictionGround
from complaints.casework.correspondence.messages import JoinMail
from complaints.casework.people.contact_details import CorrectContact
from complaints.casework.people.joint_complaints import AddComplainant
from complaints.casework.people.parties import Represent
from complaints.casework.record.erasure import LiftRestriction, Restrict, SetLegalHold
from complaints.casework.record.party_erasure import MOST_REMOVED, EraseParty, ErasePartyAgain
from complaints.handling import verify_chain
from complaints.handling.lifecycle import decide
from complaints.handling.replay import replayed
from complaints.values.errors import (
    Forbidden,
    Invalid,
    NotNow,
    Restricted,
    StillNeeded,
    UnderLegalHold,
    Wrong,
)
from complaints.values.field_types import Way
from complaints.values.people import MACHINE
from tests.builders import GRACE, MONDAY, PAULA, Story, a_complaint, context
from tests.complaints.checkpoints.fakes import HeldEvidence


def several() -> Story:
    """Ngozi acts for Ada; Bob and Cem complain together with her."""
    story = a_complaint().received(MONDAY)
    for name in ("Bob", "Cem"):
        email = f"{name.casefold()}@example.org"
        story.does(GRACE, AddComplainant(name=name, email=email, letters=LettersWanted.ALL))
    story.does(
        GRACE, Represent(represented="Ada Roth", authority=AuthorityStep.CHECKED, evidence="A letter of Ada.")
    )
    story.does(GRACE, CorrectContact(phone="+90 212 000 00 01", reason="She rang."))
    return story


def erase(party: str) -> EraseParty:
    return EraseParty(party=party, ground=ErasureGround.CONSENT_WITHDRAWN)


def words(story: Story) -> str:
    """All that is kept of the case: its state, its entries and its private values."""
    entries = story.cases.entries(story.reference)
    return str((story.case, [(entry.data, entry.private) for entry in entries]))


def verifies(story: Story) -> bool:
    entries = story.cases.entries(story.reference)
    assert replayed(story.reference, entries) == story.build()
    return list(verify_chain.flaws(story.build(), entries)) == []


OF: dict[str, tuple[str, ...]] = {
    "complainant": ("Ngozi", "ngozi@okafor.example", "+90 212", "She rang."),
    "represented": ("Ada Roth", "A letter of Ada"),
    "j2": ("Bob", "bob@example.org"),
    "j3": ("Cem", "cem@example.org"),
}


@pytest.mark.parametrize("party", OF)
def test_the_data_of_one_person_goes_that_of_the_others_stays_and_the_chain_verifies(party: str) -> None:
    story = several().does(PAULA, erase(party))
    kept = words(story)
    assert not [said for said in OF[party] if said in kept]
    # The evidence of an authority tells of both who are part of it.
    shared = {"complainant": ("A letter of Ada",)}.get(party, ())
    others = [said for other, known in OF.items() if other != party for said in known]
    assert [said for said in others if said not in kept] == list(shared)
    assert "left in the rain" in kept
    assert verifies(story)
    assert [fact.party for fact in story.facts if isinstance(fact, PartyErased)] == [party]


@pytest.mark.parametrize(
    ("party", "left"),
    [
        ("j2", ["", "cem@example.org", "ngozi@work.example"]),
        ("complainant", ["Bob@example.org", "cem@example.org", ""]),
        ("represented", ["Bob@example.org", "cem@example.org", "ngozi@work.example"]),
    ],
)
def test_a_mail_that_joined_no_longer_says_who_wrote_it_and_others_do(party: str, left: list[str]) -> None:
    story = several()
    for sender in ("Bob@example.org", "cem@example.org", "ngozi@work.example"):
        story.does(GRACE, JoinMail(mail=f"of {sender}", text="It was red.", sender=sender))
    story.does(PAULA, erase(party))
    assert [fact.sender for fact in story.facts if isinstance(fact, MailJoined)] == left
    assert "It was red." in words(story)
    assert verifies(story)


def test_letters_go_to_those_who_remain() -> None:
    story = several().does(PAULA, erase("complainant"))
    assert (story.build().reach, story.build().link_withdrawn, story.case.card.name) == (
        (Way.PAGE,),
        True,
        "",
    )
    story.does(PAULA, erase("j2"))
    assert [each.id for each in story.build().joint] == ["j3"]
    story.assessed()
    story.assigned().found().decided().issued()
    assert [each.address_entry for each in story.cases.letters if each.to == "joint"][-1] == 3


def test_who_acts_alone_leaves_nobody_who_is_reached() -> None:
    story = a_complaint().received(MONDAY)
    story.does(GRACE, Represent(represented="Ada Roth", authority=AuthorityStep.CHECKED, evidence="Seen."))
    assert story.does(PAULA, erase("complainant")).build().reach == ()
    assert verifies(story)


def test_who_complains_alone_is_erased_with_the_case() -> None:
    with pytest.raises(NotNow):
        a_complaint().received(MONDAY).does(PAULA, erase("complainant"))


@pytest.mark.parametrize("party", ["j9", "somebody"])
def test_somebody_of_whom_nothing_is_held_is_refused(party: str) -> None:
    with pytest.raises(Invalid):
        several().does(PAULA, erase(party))


def test_nobody_is_erased_twice() -> None:
    story = several().does(PAULA, erase("complainant"))
    with pytest.raises(Invalid):
        story.does(PAULA, erase("complainant"))


def test_a_hold_keeps_everybody_and_a_letter_that_is_to_leave_its_reader() -> None:
    story = several()
    waits = replace(story.passages("j2")[0], is_on_its_way=True)
    with pytest.raises(StillNeeded):
        decide(story.build(), erase("j2"), replace(story.context(PAULA), passages=(waits,)))
    story.does(PAULA, SetLegalHold(reason="She went to court."))
    with pytest.raises(UnderLegalHold):
        story.does(PAULA, erase("j2"))


@pytest.mark.parametrize("ground", RestrictionGround)
def test_nobody_is_erased_while_somebody_wants_the_case_kept(ground: RestrictionGround) -> None:
    """Of several people nobody knows against whom a claim is (GDPR, Articles 17 (3) (e) and 18 (2))."""
    story = several().does(PAULA, Restrict(ground=ground, reason="She asked for it."))
    if ground in (RestrictionGround.UNLAWFUL, RestrictionGround.LEGAL_CLAIMS):
        with pytest.raises(Restricted):
            story.does(PAULA, erase("j2"))
        story.does(PAULA, LiftRestriction(reason="The claim was settled."))
    story.does(PAULA, erase("j2"))
    assert "bob@example.org" not in words(story)


def test_what_does_not_fit_into_one_write_is_refused_before_it_is_tried() -> None:
    story = several()
    [passage] = story.passages("j2")
    at_most = replace(story.context(PAULA), passages=(passage,) * MOST_REMOVED)
    assert decide(story.build(), erase("j2"), at_most)
    with pytest.raises(Invalid) as refused:
        decide(story.build(), erase("j2"), replace(at_most, passages=(*at_most.passages, passage)))
    assert refused.value.errors == (Wrong("/party", "too-many", MOST_REMOVED),)


def test_a_value_that_went_without_an_erasure_is_still_found() -> None:
    story = several().does(PAULA, erase("j2"))
    entries = list(story.cases.entries(story.reference))
    entries[2] = replace(entries[2], private={})
    assert [flaw.harm for flaw in verify_chain.flaws(story.build(), entries)] == ["text-missing"]


def test_what_a_restore_brought_back_is_erased_again_whatever_keeps_it() -> None:
    story = several().does(PAULA, SetLegalHold(reason="A court asks for it."))
    again = ErasePartyAgain(party="j2", ground=ErasureGround.OBJECTED)
    story.does(MACHINE, again)
    assert "Bob" not in words(story)
    assert "Cem" in words(story)
    assert verifies(story)
    assert decide(story.build(), again, context(MACHINE)) == [], "nothing of Bob is left"
    with pytest.raises(Forbidden):
        decide(story.build(), again, context(PAULA))


def test_whoever_is_erased_in_an_entry_that_a_restore_took_back_is_listed_beside_whoever_was_before() -> None:
    evidence = HeldEvidence()
    for party in ("j2", "j3"):
        story = several().does(PAULA, erase(party))
        erasure.add_all(evidence, "C-1", story.cases.entries(story.reference))
    assert sorted(str(each.party) for each, _ in erasure.listed(evidence)) == ["j2", "j3"]
