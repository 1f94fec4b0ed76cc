"""Erasure: what forbids it, what it closes at once, and what is left of the case; holds and restrictions."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.letters import LetterFailed, LetterSent
from complaints.case.evolution import evolve_all
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.record.erasure import (
    Erased,
    Erasure,
    ErasureGround,
    ErasureProposed,
    ErasureRequested,
    KeepingGround,
    RestrictionGround,
)
from complaints.casework.correspondence.messages import Add, Note
from complaints.casework.deadlines import Tick
from complaints.casework.outcome.remedies import Remedied
from complaints.casework.people.adjustments import Adjust
from complaints.casework.people.contact_plan import PlanContact
from complaints.casework.people.vulnerability import Protect
from complaints.casework.process.closing import Reopen
from complaints.casework.record.erasure import (
    Erase,
    EraseAgain,
    FinishErasure,
    LiftLegalHold,
    LiftRestriction,
    RefuseErasure,
    Restrict,
    SetLegalHold,
    other_officers,
    why_kept,
)
from complaints.casework.record.redaction import Redact
from complaints.casework.workflow.tasks import AddTask
from complaints.context.case import QueueCard
from complaints.context.decision_context import Context, OtherCase
from complaints.handling import verify_chain
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.handling.replay import replayed
from complaints.handling.service import Submission
from complaints.values.errors import (
    CaseErased,
    Forbidden,
    HoldsFull,
    Invalid,
    NotNow,
    PartOfAnother,
    RemediesOwed,
    Restricted,
    SecondPersonNeeded,
    UnderLegalHold,
)
from complaints.values.people import COMPLAINANT, MACHINE, Actor, Role
from tests.builders import (
    ADA,
    AUDREY,
    DEMO,
    MONDAY,
    PAULA,
    QUINN,
    RUTH,
    TUESDAY,
    Story,
    a_complaint,
    a_member,
    context,
    receive,
)
from tests.complaints.two_cases import another, merge

NOT_NEEDED = Erase(ground=ErasureGround.NOT_NEEDED)
HOLD = SetLegalHold(reason="She went to court.", until=date(2026, 12, 31))
RESTRICT = Restrict(ground=RestrictionGround.ACCURACY, reason="She says that it was another parcel.")


def ended() -> Story:
    return a_complaint().received().acknowledged().withdrawn()


def erased() -> Story:
    return ended().does(PAULA, NOT_NEEDED).does(MACHINE, FinishErasure(files=1))


def test_an_erasure_closes_the_case_at_once_and_empties_its_head() -> None:
    story = ended()
    before = story.case
    story.does(PAULA, NOT_NEEDED)
    assert story.case.card == QueueCard()
    assert (story.case.opening.key, story.case.opening.body, story.case.opening.salt) == ("", "", "")
    assert story.case.generation > before.generation
    assert story.case.opening.promises == before.opening.promises
    with pytest.raises(CaseErased):
        story.does(COMPLAINANT, Add(text="And the lid."))
    with pytest.raises(CaseErased):
        story.does(PAULA, NOT_NEEDED)
    assert not any(
        allowed_commands(story.build(), context(by)) for by in (ADA, RUTH, QUINN, PAULA, COMPLAINANT)
    )


def of_two(story: Story) -> Context:
    """Paula protects data, and so does Pat."""
    return replace(context(PAULA, story.now), officers=("pat",))


def test_what_nobody_asked_for_is_proposed_where_somebody_else_protects_data() -> None:
    story = ended()
    facts = decide(story.build(), NOT_NEEDED, of_two(story))
    assert [(type(fact), fact.asked) for fact in facts if isinstance(fact, ErasureProposed)] == [
        (ErasureProposed, ("pat",))
    ]
    proposed = evolve_all(story.build(), facts)
    with pytest.raises(SecondPersonNeeded):
        decide(proposed, NOT_NEEDED, context(PAULA))
    agreed = decide(proposed, NOT_NEEDED, context(Actor("staff", "pat", (Role.PRIVACY,))))
    assert [type(fact) for fact in agreed] == [ErasureRequested]


def test_another_account_of_who_proposed_it_does_not_agree() -> None:
    story = ended()
    proposed = evolve_all(story.build(), decide(story.build(), NOT_NEEDED, of_two(story)))
    assert "paula" in proposed.with_a_part
    again = replace(
        context(Actor("staff", "paula2", (Role.PRIVACY,))), accounts=frozenset({"paula", "paula2"})
    )
    with pytest.raises(SecondPersonNeeded):
        decide(proposed, NOT_NEEDED, again)


def test_whoever_takes_an_ended_case_up_again_takes_the_proposal_back() -> None:
    story = ended()
    proposed = evolve_all(story.build(), decide(story.build(), NOT_NEEDED, of_two(story)))
    kept = RefuseErasure(ground=KeepingGround.STILL_NEEDED, reason="She may come back.")
    for by, command in ((RUTH, Reopen(reason="She came back.")), (PAULA, kept)):
        after = evolve_all(proposed, decide(proposed, command, context(by, story.now)))
        assert after.erasure_proposed_by is None


def test_officers_are_those_who_protect_the_data_and_have_no_part() -> None:
    officers = [a_member(name, roles=(Role.PRIVACY,)) for name in ("paula", "pat", "petra", "phil")]
    twin = a_member("paula2", roles=(Role.PRIVACY,), email="paula+2@demo.example")
    gone = a_member("pia", roles=(Role.PRIVACY,), active=False)
    away = a_member("piet", roles=(Role.PRIVACY,), sites=("demo-tr",))
    everybody = [*officers, twin, gone, away, a_member("grace")]
    complaint = replace(ended().build(), conflicts=("phil",))
    assert other_officers(complaint, PAULA, everybody, DEMO) == ("pat", "petra")
    assert other_officers(complaint, PAULA, [officers[0], twin], DEMO) == ()


def test_machines_leave_it_alone_and_finish_it_once() -> None:
    story = ended().does(PAULA, NOT_NEEDED)
    assert decide(story.build(), Tick(), context(MACHINE, now=MONDAY + timedelta(days=900))) == []
    story.does(MACHINE, FinishErasure(files=1))
    assert [type(fact) for fact in story.facts[-2:]] == [ErasureRequested, Erased]
    assert decide(story.build(), FinishErasure(), context(MACHINE)) == []
    assert story.build().next_at is None


def test_a_letter_that_was_just_leaving_is_on_record_as_sent_or_failed_and_nothing_follows() -> None:
    """One that left, and that no fact said so of, would be marked as spared."""
    for command, fact in ((Story.taken, LetterSent), (Story.refused, LetterFailed)):
        story = a_complaint().received().withdrawn().does(PAULA, NOT_NEEDED)
        letters = len(story.cases.letters)
        command(story, "acknowledgement")
        assert [type(each) for each in story.facts[-2:]] == [ErasureRequested, fact]
        assert len(story.cases.letters) == letters


def test_nobody_but_the_erasing_function_finishes_it() -> None:
    with pytest.raises(Forbidden):
        decide(ended().build(), FinishErasure(), context(PAULA))
    assert decide(ended().build(), FinishErasure(), context(MACHINE)) == []


def test_an_open_case_is_not_erased() -> None:
    with pytest.raises(NotNow):
        a_complaint().received().does(PAULA, NOT_NEEDED)


def test_what_is_owed_to_the_person_keeps_the_case() -> None:
    story = a_complaint().received().acknowledged().assessed().found().decided().responded().accepted()
    with pytest.raises(RemediesOwed):
        story.does(PAULA, NOT_NEEDED)
    story.does(ADA, Remedied(remedy="replacement", done_on=MONDAY.date())).does(PAULA, NOT_NEEDED)
    assert story.build().erasure == Erasure(requested_at=MONDAY, ground=ErasureGround.NOT_NEEDED)


@pytest.mark.parametrize("by", [ADA, RUTH, QUINN, AUDREY])
def test_nobody_else_erases(by: object) -> None:
    with pytest.raises(Forbidden):
        decide(ended().build(), NOT_NEEDED, context(by))  # type: ignore[arg-type]


def test_a_legal_hold_forbids_every_erasure_until_it_ends_or_is_lifted() -> None:
    story = ended().does(PAULA, HOLD)
    with pytest.raises(UnderLegalHold):
        decide(story.build(), NOT_NEEDED, context(PAULA))
    over = MONDAY.replace(year=2027)
    assert decide(story.build(), NOT_NEEDED, context(PAULA, now=over))
    (hold,) = story.build().holds
    story.does(PAULA, LiftLegalHold(hold=hold.id, reason="The court has decided."))
    assert story.does(PAULA, NOT_NEEDED).build().erasure


def test_nothing_is_left_in_the_head_of_what_the_person_needed() -> None:
    story = a_complaint().received(special_needs="A wheelchair.").acknowledged()
    story.does(ADA, Protect(vulnerable=True, reason="Recently bereaved."))
    story.does(ADA, Adjust(adjustment=AdjustmentKind.LARGE_PRINT, needed=True))
    story.does(RUTH, PlanContact(plan="Every Friday, by mail.")).withdrawn()
    assert story.build().comes_first
    assert story.build().contact_plan
    complaint = story.does(PAULA, NOT_NEEDED).build()
    assert (complaint.is_vulnerable, complaint.has_any_needs, complaint.priority) == (False, False, 0)
    assert (complaint.vulnerability, complaint.adjustments, complaint.contact_plan) == ((), (), None)
    entries = [StoredEntry(each.number, each.data, {}) for each in story.cases.entries(story.reference)]
    assert replayed(story.reference, entries) == complaint


def test_what_was_sent_or_imported_before_opens_no_case_again_once_that_is_erased() -> None:
    story = erased()
    sent = Submission(site=story.terms.site.key, key="k-1", body="b-1")
    with pytest.raises(CaseErased):
        story.casework.receive(receive(), context(COMPLAINANT), sent)
    with pytest.raises(CaseErased):
        story.casework.find_replay(sent)
    assert len(story.cases.entries(story.reference)) == story.build().number


def test_what_a_restore_brought_back_is_erased_wherever_it_stands() -> None:
    again = EraseAgain(ground=ErasureGround.OBJECTED)
    assert a_complaint().received().does(MACHINE, again).build().erasure
    with pytest.raises(Forbidden):
        decide(a_complaint().received().build(), again, context(PAULA))


def test_a_case_that_is_part_of_another_is_held_and_erased_with_that_one_only() -> None:
    whole = a_complaint().received().acknowledged()
    part = another(whole, TUESDAY)
    merge(part, whole, at=TUESDAY)
    for command in (NOT_NEEDED, HOLD):
        with pytest.raises(PartOfAnother):
            decide(part.build(), command, context(PAULA))
    assert isinstance(why_kept(part.build(), TUESDAY.date()), PartOfAnother)
    again = EraseAgain(ground=ErasureGround.NOT_NEEDED)
    assert part.does(MACHINE, again).does(MACHINE, FinishErasure()).build().erasure


def test_nothing_is_redacted_while_a_legal_hold_is_in_force() -> None:
    whole = a_complaint().received().acknowledged()
    part = another(whole, TUESDAY)
    merge(part, whole, at=TUESDAY)
    assert "redact" in allowed_commands(whole.build(), context(RUTH))
    whole.does(PAULA, HOLD)
    redact = Redact(message=1, reason="It names a neighbour.")
    beside = replace(context(RUTH), other_case=OtherCase(complaint=whole.build()))
    for complaint, held in ((whole.build(), context(RUTH)), (part.build(), beside)):
        with pytest.raises(UnderLegalHold):
            decide(complaint, redact, held)


def test_a_case_that_is_held_becomes_no_part_of_another() -> None:
    whole = a_complaint().received().acknowledged()
    part = another(whole, TUESDAY)
    whole.does(PAULA, HOLD)
    part.does(PAULA, HOLD)
    with pytest.raises(UnderLegalHold):
        merge(part, whole, at=TUESDAY)
    part.does(PAULA, LiftLegalHold(hold=part.build().holds[0].id, reason="It stands on the other."))
    merge(part, whole, at=TUESDAY)


def test_a_hold_ends_after_its_last_day_at_the_site() -> None:
    (hold,) = ended().does(PAULA, HOLD).build().holds
    assert (hold.holds(date(2026, 12, 31)), hold.holds(date(2027, 1, 1))) == (True, False)
    with pytest.raises(Invalid):
        ended().does(PAULA, SetLegalHold(reason="Late.", until=date(2025, 12, 31)))
    with pytest.raises(Invalid):
        ended().does(PAULA, HOLD).does(PAULA, LiftLegalHold(hold="h99", reason="-"))


def test_a_case_has_ten_holds_at_most() -> None:
    story = ended()
    for _ in range(10):
        story.does(PAULA, HOLD)
    with pytest.raises(HoldsFull):
        story.does(PAULA, HOLD)


def test_nobody_works_on_a_restricted_case_until_that_is_lifted() -> None:
    story = a_complaint().received().does(PAULA, RESTRICT)
    with pytest.raises(Restricted):
        story.does(QUINN, Note(text="Looked at."))
    story.does(COMPLAINANT, Add(text="It was the other parcel."))
    with pytest.raises(NotNow):
        story.does(PAULA, RESTRICT)
    story.does(PAULA, LiftRestriction(reason="It was this parcel.")).does(QUINN, Note(text="Looked at."))
    assert story.build().restriction is None


@pytest.mark.parametrize("ground", RestrictionGround)
def test_what_is_restricted_because_the_person_wants_it_kept_is_not_erased(ground: RestrictionGround) -> None:
    """Article 18 (1) (b) and (c): they oppose the erasure, or need the data for a claim."""
    story = ended().does(PAULA, Restrict(ground=ground, reason="She asked for it."))
    if ground in (RestrictionGround.UNLAWFUL, RestrictionGround.LEGAL_CLAIMS):
        with pytest.raises(Restricted):
            story.does(PAULA, NOT_NEEDED)
        assert "erase" not in allowed_commands(story.build(), context(PAULA))
        story.does(PAULA, LiftRestriction(reason="She needs it no more."))
    assert story.does(PAULA, NOT_NEEDED).build().erasure


def test_a_refusal_is_on_record_and_changes_nothing() -> None:
    story = ended()
    before = story.build()
    story.does(PAULA, RefuseErasure(ground=KeepingGround.LEGAL_CLAIMS, reason="She went to court."))
    after = story.build()
    assert (after.erasure, after.stage) == (None, before.stage)
    assert "court" not in story.cases.entries(story.reference)[-1].data.decode()


def test_open_tasks_end_with_the_erasure() -> None:
    asking = AddTask(text="What did the driver note?", to="grace", due=date(2026, 3, 30))
    story = a_complaint().received().does(ADA, asking, colleague=a_member("grace")).withdrawn()
    story.does(PAULA, NOT_NEEDED)
    assert not any(task.is_listed for task in story.build().listed_tasks)


def test_the_chain_verifies_without_any_private_value_once_the_case_is_erased() -> None:
    story = erased()
    entries = [StoredEntry(each.number, each.data, {}) for each in story.cases.entries(story.reference)]
    assert list(verify_chain.flaws(story.build(), entries)) == []
    assert replayed(story.reference, entries) == story.build()


def test_without_the_erasure_missing_values_are_a_flaw() -> None:
    story = ended()
    entries = [StoredEntry(each.number, each.data, {}) for each in story.cases.entries(story.reference)]
    assert {flaw.harm for flaw in verify_chain.flaws(story.build(), entries)} == {"text-missing"}
