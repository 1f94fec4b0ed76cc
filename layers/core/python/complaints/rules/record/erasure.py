"""Erasure of a case, what forbids it, and restriction of processing (clause 4.4; GDPR, Articles 17 and 18).

A case is erased in two steps. `ErasureRequested` closes it to everybody, and empties what its head says of
the person, in one transaction. The erasing function then removes the rest, and says so by `Erased`.

A case that is part of another one is held and erased with that one: neither can be asked of the part alone,
and a case that is held becomes no part.
"""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from complaints.commands.record.erasure import (
    Erase,
    EraseAgain,
    FinishErasure,
    LiftLegalHold,
    LiftRestriction,
    RefuseErasure,
    Restrict,
    SetLegalHold,
)
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.record.erasure import (
    MOST_ASKED,
    Erased,
    ErasureProposed,
    ErasureRefused,
    ErasureRequested,
    LegalHoldLifted,
    LegalHoldSet,
    ProcessingRestricted,
    RestrictionLifted,
)
from complaints.model.complaint import Complaint
from complaints.model.record.erasure import Erasure, LegalHold, Restriction, RestrictionGround
from complaints.model.workflow.task import TaskState
from complaints.rules.conflicts_of_interest import must_have_no_interest
from complaints.rules.sensitive_cases import may_see
from complaints.site.site import Site
from complaints.values.errors import (
    CaseErased,
    HoldsFull,
    Invalid,
    NotNow,
    PartOfAnother,
    Refusal,
    RemediesOwed,
    Restricted,
    SecondPersonNeeded,
    UnderLegalHold,
    Wrong,
)
from complaints.values.people import Actor, Member, Role, accounts_of

MOST_HOLDS = 10

KEPT_FOR_THE_PERSON = frozenset({RestrictionGround.UNLAWFUL, RestrictionGround.LEGAL_CLAIMS})
"""Grounds of a restriction by which the person wants the data kept: they oppose its erasure, or need it for
a claim (GDPR, Article 18 (1) (b) and (c))."""


def erase(complaint: Complaint, command: Erase, context: Context) -> list[Fact]:
    """What nobody asked for needs two people, where there are two: the first proposes, the second erases."""
    if context.officers and not complaint.erasure_proposed_by:
        asked = context.officers[:MOST_ASKED]
        return [ErasureProposed(at=context.now, by=context.by, ground=command.ground, asked=asked)]
    return [ErasureRequested(at=context.now, by=context.by, ground=command.ground)]


def erase_again(complaint: Complaint, command: EraseAgain, context: Context) -> list[Fact]:
    return [ErasureRequested(at=context.now, by=context.by, ground=command.ground, rule=command.rule)]


def finish(complaint: Complaint, command: FinishErasure, context: Context) -> list[Fact]:
    """Nothing follows where it is finished already."""
    if complaint.erasure is None or complaint.erasure.erased_at:
        return []
    return [Erased(at=context.now, by=context.by, files=command.files, rule=complaint.erasure.rule)]


def refuse(complaint: Complaint, command: RefuseErasure, context: Context) -> list[Fact]:
    return [
        ErasureRefused(at=context.now, by=context.by, ground=command.ground, reason=command.reason),
    ]


def can_be_erased(complaint: Complaint, context: Context) -> Refusal | None:
    """No hold forbids it, the person is owed nothing, and did not ask that it be kept. Nobody agrees to what
    they proposed: they may take it back, by saying why the data is kept."""
    proposed_by = complaint.erasure_proposed_by
    if proposed_by and context.is_own(proposed_by):
        return SecondPersonNeeded()
    return must_have_no_interest(complaint, context) or kept_by(complaint, context)


def other_officers(complaint: Complaint, by: Actor, members: Iterable[Member], site: Site) -> tuple[str, ...]:
    """The members besides who asks who protect the data of the case, and have no interest in it."""
    known = tuple(members)
    barred = {account for each in (by.id, *complaint.conflicts) for account in accounts_of(each, known)}
    return tuple(
        each.id
        for each in known
        if Role.PRIVACY in each.roles and each.id not in barred and may_see(each, site, complaint.categories)
    )


def kept_by(complaint: Complaint, context: Context) -> NotNow | None:
    """What forbids to erase an ended case now, if anything does."""
    return _kept_by(complaint, context.now.astimezone(context.terms.zone).date())


def why_kept(complaint: Complaint, today: date) -> NotNow | None:
    """Why a case would not be erased on a date at its site, if it would not; in whichever stage it is."""
    if complaint.erasure:
        return CaseErased()
    if complaint.merged_into:
        return PartOfAnother()
    return NotNow() if complaint.stage.is_open else _kept_by(complaint, today)


def _kept_by(complaint: Complaint, today: date) -> NotNow | None:
    if kept := _held_by(complaint, today) or must_not_be_wanted(complaint):
        return kept
    return RemediesOwed() if complaint.remedies_owed else None


def must_not_be_held(complaint: Complaint, context: Context) -> UnderLegalHold | None:
    """What forbids to take anything away from the case now: a legal hold in force, if there is one."""
    return _held_by(complaint, context.now.astimezone(context.terms.zone).date())


def must_not_be_wanted(complaint: Complaint) -> Restricted | None:
    """What forbids to erase anybody of the case now: somebody wants it kept, by a restriction in force. It is
    not said of whom of several, and a claim may be against each (GDPR, Articles 17 (3) (e) and 18 (2))."""
    is_wanted = complaint.restriction is not None and complaint.restriction.ground in KEPT_FOR_THE_PERSON
    return Restricted() if is_wanted else None


def _held_by(complaint: Complaint, today: date) -> UnderLegalHold | None:
    return UnderLegalHold() if any(hold.holds(today) for hold in complaint.holds) else None


def set_hold(complaint: Complaint, command: SetLegalHold, context: Context) -> list[Fact]:
    """Sets a hold. Raises `Invalid` for an end that has passed."""
    today = context.now.astimezone(context.terms.zone).date()
    if command.until and command.until < today:
        raise Invalid(Wrong("/until", "past"))
    return [
        LegalHoldSet(
            at=context.now,
            by=context.by,
            id=f"h{complaint.number + 1}",
            reason=command.reason,
            until=command.until,
        )
    ]


def can_be_held(complaint: Complaint, context: Context) -> Refusal | None:
    """There is room for another hold."""
    if len(complaint.holds) >= MOST_HOLDS:
        return HoldsFull()
    return must_have_no_interest(complaint, context)


def lift_hold(complaint: Complaint, command: LiftLegalHold, context: Context) -> list[Fact]:
    """Lifts a hold. Raises `Invalid` for one that there is not."""
    if not any(each.id == command.hold for each in complaint.holds):
        raise Invalid(Wrong("/hold", "unknown-value"))
    return [LegalHoldLifted(at=context.now, by=context.by, id=command.hold, reason=command.reason)]


def hold_can_be_lifted(complaint: Complaint, context: Context) -> Refusal | None:
    return must_have_no_interest(complaint, context) if complaint.holds else NotNow()


def restrict(complaint: Complaint, command: Restrict, context: Context) -> list[Fact]:
    return [
        ProcessingRestricted(at=context.now, by=context.by, ground=command.ground, reason=command.reason),
    ]


def can_be_restricted(complaint: Complaint, context: Context) -> Refusal | None:
    return NotNow() if complaint.restriction else must_have_no_interest(complaint, context)


def lift_restriction(complaint: Complaint, command: LiftRestriction, context: Context) -> list[Fact]:
    return [RestrictionLifted(at=context.now, by=context.by, reason=command.reason)]


def restriction_can_be_lifted(complaint: Complaint, context: Context) -> Refusal | None:
    return must_have_no_interest(complaint, context) if complaint.restriction else NotNow()


def proposed(complaint: Complaint, fact: ErasureProposed) -> Complaint:
    return replace(complaint, erasure_proposed_by=fact.by.id)


def requested(complaint: Complaint, fact: ErasureRequested) -> Complaint:
    """Nobody is to do anything any more, older links to its page are dead, and nothing is said of what the
    person needs: no figure is made of that."""
    return replace(
        complaint,
        erasure=Erasure(requested_at=fact.at, ground=fact.ground, rule=fact.rule),
        erasure_proposed_by=None,
        links_renewed=complaint.links_renewed + 1,
        is_vulnerable=False,
        vulnerability=(),
        has_needs=False,
        adjustments=(),
        contact_plan=None,
        tasks=tuple(
            replace(each, state=TaskState.CANCELLED, ended=complaint.number + 1) if each.is_open else each
            for each in complaint.tasks
        ),
    )


def refused(complaint: Complaint, fact: ErasureRefused) -> Complaint:
    """It is on record, and takes back what somebody proposed."""
    return replace(complaint, erasure_proposed_by=None)


def erased(complaint: Complaint, fact: Erased) -> Complaint:
    assert complaint.erasure is not None, "it was requested before"
    return replace(complaint, erasure=replace(complaint.erasure, erased_at=fact.at))


def held(complaint: Complaint, fact: LegalHoldSet) -> Complaint:
    hold = LegalHold(id=fact.id, by=fact.by.id, since=fact.at, entry=complaint.number + 1, until=fact.until)
    return replace(complaint, holds=(*complaint.holds, hold))


def hold_lifted(complaint: Complaint, fact: LegalHoldLifted) -> Complaint:
    return replace(complaint, holds=tuple(each for each in complaint.holds if each.id != fact.id))


def restricted(complaint: Complaint, fact: ProcessingRestricted) -> Complaint:
    restriction = Restriction(by=fact.by.id, since=fact.at, ground=fact.ground, entry=complaint.number + 1)
    return replace(complaint, restriction=restriction)


def restriction_lifted(complaint: Complaint, fact: RestrictionLifted) -> Complaint:
    return replace(complaint, restriction=None)
