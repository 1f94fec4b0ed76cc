"""Erasure of a case, what forbids it, and restriction of processing (clause 4.4; GDPR, Articles 17 and 18).

A case is erased in two steps. `ErasureRequested` closes it to everybody, and empties what its head says of
the person, in one transaction. The erasing function then removes the rest, and says so by `Erased`.

A case that is part of another one is held and erased with that one: neither can be asked of the part alone,
and a case that is held becomes no part.
"""

from collections.abc import Iterable
from datetime import date

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.record.erasure import (
    MOST_ASKED,
    Erased,
    ErasureGround,
    ErasureProposed,
    ErasureRefused,
    ErasureRequested,
    KeepingGround,
    LegalHoldLifted,
    LegalHoldSet,
    ProcessingRestricted,
    RestrictionGround,
    RestrictionLifted,
)
from complaints.casework.command import (
    ALL,
    ANY,
    CLOSED,
    WHY,
    WITHDRAWN,
    Command,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.people.sensitive_cases import may_see
from complaints.context.decision_context import Context
from complaints.site.site import Site
from complaints.values.casework.retention import KeptData, RetentionRule
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
from complaints.values.field_types import LongText, ShortText
from complaints.values.people import Actor, Member, Role, accounts_of


class Erase(StaffCommand, frozen=True, kw_only=True):
    """Erases the case: what people wrote in it and who they are, its letters, mails and files.

    What happened, when and by whom stays, and is still counted. It cannot be undone. A case that is open,
    that owes a remedy or that a legal hold keeps, is not erased. `ground` is that of the law; what a `note`
    says is erased with the case.
    """

    verb = "erase"
    ground: ErasureGround


class RefuseErasure(StaffCommand, frozen=True, kw_only=True):
    """Records that the case is kept although its erasure was asked for, and why (GDPR, Article 12 (4))."""

    verb = "refuse_erasure"
    ground: KeepingGround
    reason: LongText


class SetLegalHold(StaffCommand, frozen=True, kw_only=True):
    """Forbids to erase the case, up to and including `until`, or until the hold is lifted."""

    verb = "hold"
    reason: LongText
    until: date | None = None


class LiftLegalHold(StaffCommand, frozen=True, kw_only=True):
    """Lifts a legal hold."""

    verb = "lift_hold"
    hold: ShortText
    reason: LongText


class Restrict(StaffCommand, frozen=True, kw_only=True):
    """Restricts processing: the case is stored, and nobody works on it (GDPR, Article 18)."""

    verb = "restrict"
    ground: RestrictionGround
    reason: LongText


class LiftRestriction(StaffCommand, frozen=True, kw_only=True):
    """Lets the case be worked on again."""

    verb = "unrestrict"
    reason: LongText


class EraseAgain(Command, frozen=True, kw_only=True):
    """A restore brought a case back as it was before its erasure, or the case that it is part of is erased:
    it is erased, too, wherever it stands."""

    verb = "erase_again"
    ground: ErasureGround
    rule: RetentionRule | None = None


class RemoveWithWhole(Command, frozen=True, kw_only=True):
    """One kind of data is removed of the case that this one is part of: here it goes, too."""

    verb = "remove_with_whole"
    rule: RetentionRule


class BeginRemoval(Command, frozen=True, kw_only=True):
    """The data of a kind that is to be removed of a case goes now, unless something keeps it meanwhile."""

    verb = "begin_removal"
    data: KeptData


class FinishRemoval(Command, frozen=True, kw_only=True):
    """All data of a kind that was to be removed of a case is gone: so many files, letters or mails."""

    verb = "finish_removal"
    data: KeptData
    count: int = 0


class ApplyRetention(Command, frozen=True, kw_only=True):
    """Removes what the retention rules of the site keep no longer; nothing follows where they keep all.

    `of_parts` are the categories of the cases that became part of it: they are erased with it.
    """

    verb = "apply_retention"
    of_parts: tuple[str | None, ...] = ()


class FinishErasure(Command, frozen=True, kw_only=True):
    """All that was to be removed of a case is gone, and so many files with it."""

    verb = "finish_erasure"
    files: int = 0


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


STAFF = (
    StaffDeclaration(
        Erase,
        erase,
        frozenset({CLOSED, WITHDRAWN}),
        can_be_erased,
        feedback=ANY,
        when_restricted=True,
        roles=frozenset({Role.PRIVACY}),
        group=Group.RECORD,
        place=30,
        asked_twice=True,
        own_labels=("ground",),
        summary="Erases an ended case: what people wrote and who they are is removed permanently",
        example={"ground": "not_needed"},
    ),
    StaffDeclaration(
        RefuseErasure,
        refuse,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        when_merged=True,
        when_restricted=True,
        roles=frozenset({Role.PRIVACY}),
        group=Group.RECORD,
        place=40,
        own_labels=("ground", "reason"),
        summary="Records why the case is kept although its erasure was asked for",
        example={"ground": "legal_claims", "reason": "The limitation period ends in 2029."},
    ),
    StaffDeclaration(
        SetLegalHold,
        set_hold,
        ALL,
        can_be_held,
        feedback=ANY,
        when_restricted=True,
        roles=frozenset({Role.PRIVACY}),
        group=Group.RECORD,
        place=50,
        own_labels=("reason", "until"),
        summary="Sets a legal hold: the case must not be erased",
        example={"reason": "A claim is before the court.", "until": "2027-12-31"},
    ),
    StaffDeclaration(
        LiftLegalHold,
        lift_hold,
        ALL,
        hold_can_be_lifted,
        feedback=ANY,
        when_merged=True,
        when_restricted=True,
        roles=frozenset({Role.PRIVACY}),
        group=Group.RECORD,
        place=60,
        summary="Lifts a legal hold",
        example={"hold": "h7", "reason": "The court has decided."},
    ),
    StaffDeclaration(
        Restrict,
        restrict,
        ALL,
        can_be_restricted,
        feedback=ANY,
        when_merged=True,
        when_restricted=True,
        roles=frozenset({Role.PRIVACY}),
        group=Group.RECORD,
        place=70,
        own_labels=("ground",),
        summary="Restricts processing: the case is stored, and nobody works on it",
        example={"ground": "accuracy", "reason": WHY},
    ),
    StaffDeclaration(
        LiftRestriction,
        lift_restriction,
        ALL,
        restriction_can_be_lifted,
        feedback=ANY,
        when_merged=True,
        when_restricted=True,
        roles=frozenset({Role.PRIVACY}),
        group=Group.RECORD,
        place=80,
        summary="Lifts the restriction of processing",
        example={"reason": WHY},
    ),
)
