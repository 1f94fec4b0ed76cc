"""Closing (clause 7.9): the complainant answers or does not, takes it back, or staff end it together."""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.decision import REVIEW
from complaints.case.process.closing import Closed, ClosingProposed, DecisionAccepted, Reopened, Withdrawn
from complaints.casework.command import (
    ANY,
    CLOSED,
    OPEN,
    WHY,
    WITHDRAWN,
    Command,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.process.escalation import Answer, refuse_decision
from complaints.clocks.lifecycle import ANSWER
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, NotNow, RequestOpen, SecondPersonNeeded, Wrong
from complaints.values.field_types import ClosingReason, Feedback, LongText, Stage
from complaints.values.people import CASE_ROLES, Role


class Reopen(StaffCommand, frozen=True, kw_only=True):
    """Takes up again a case that has ended."""

    verb = "reopen"
    reason: LongText


class TakeBack(StaffCommand, frozen=True, kw_only=True):
    """The complainant takes the complaint back, by their word to staff; the note says how."""

    verb = "withdraw"


class Close(StaffCommand, frozen=True, kw_only=True):
    """Ends the case (clause 7.9), for a reason that staff may give."""

    verb = "close"
    reason: ClosingReason


class Withdraw(Command, frozen=True, kw_only=True):
    """The complainant takes the complaint back."""

    verb = "withdraw"
    reason: LongText | None = None


_TWO_PEOPLE = (ClosingReason.ABUSIVE, ClosingReason.UNIDENTIFIABLE)
_BY_STAFF = {
    ClosingReason.ACCEPTED: Stage.RESPONDED,
    ClosingReason.NO_ANSWER: Stage.RESPONDED,
    ClosingReason.EXTERNAL_DECIDED: Stage.REFERRED,
}


def answer(complaint: Complaint, command: Answer, context: Context) -> list[Fact]:
    """The complainant's answer to the decision; a late one opens the case again."""
    again: list[Fact] = []
    if complaint.stage is Stage.CLOSED:
        again = [Reopened(at=context.now, by=context.by, reason=command.reason)]
    if not command.accepts:
        return [*again, *refuse_decision(complaint, command, context)]
    return [
        *again,
        DecisionAccepted(at=context.now, by=context.by, reason=command.reason),
        Closed(at=context.now, by=context.by, reason=ClosingReason.ACCEPTED),
    ]


def withdraw(complaint: Complaint, command: Withdraw, context: Context) -> list[Fact]:
    """The complainant takes the complaint back; what was promised before is still owed."""
    kept = _was_decided(complaint)
    return [Withdrawn(at=context.now, by=context.by, reason=command.reason, keeps_redress=kept)]


def take_back(complaint: Complaint, command: TakeBack, context: Context) -> list[Fact]:
    """Staff record that the complainant takes it back. Raises `Invalid` without a note that says how."""
    if not command.note:
        raise Invalid(Wrong("/note", "missing"))
    return [Withdrawn(at=context.now, by=context.by, keeps_redress=_was_decided(complaint))]


def close(complaint: Complaint, command: Close, context: Context) -> list[Fact]:
    """Staff end a case. Closing as abusive or as without a sender needs two people: the first proposes, the
    second closes.

    Closing as accepted records what the complainant said, and the remedies are due. A refused decision that
    nobody here can review ends the case where no external body is known; the note says why nobody can.
    Raises `Invalid` without that note, `NotNow` for a reason that does not fit, `SecondPersonNeeded` for the
    first person again, `RequestOpen` while the record of a request says not what became of it.
    """
    if command.reason is ClosingReason.REFUSED and can_end_unreviewed(complaint, context):
        if not command.note:
            raise Invalid(Wrong("/note", "missing"))
        return [Closed(at=context.now, by=context.by, reason=command.reason)]
    if refused := must_be_free(complaint, context):
        raise refused
    if command.reason in _TWO_PEOPLE:
        return [_together(complaint, command.reason, context)]
    if not _fits(complaint, command.reason):
        raise NotNow
    if command.reason is ClosingReason.HANDLED and context.request_open:
        raise RequestOpen
    if command.reason is ClosingReason.NO_ANSWER and _may_still_answer(complaint, context):
        raise NotNow
    refusal = context.refusal
    closed = Closed(
        at=context.now,
        by=context.by,
        reason=command.reason,
        ground=refusal.ground if refusal else None,
        text=refusal.text if refusal else None,
    )
    if command.reason is ClosingReason.ACCEPTED:
        return [DecisionAccepted(at=context.now, by=context.by), closed]
    return [closed]


def reopen(complaint: Complaint, command: Reopen, context: Context) -> list[Fact]:
    """Takes an ended case up again; its history and its old promises stay as they were. The promises of one
    that was closed with a flood are those of its receipt."""
    received_at = complaint.received_at if complaint.is_flood else None
    return [Reopened(at=context.now, by=context.by, reason=command.reason, received_at=received_at)]


def can_be_closed(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether this person may end the case; one that nobody can review is ended by whoever handles it."""
    return None if can_end_unreviewed(complaint, context) else must_be_free(complaint, context)


def can_end_unreviewed(complaint: Complaint, context: Context) -> bool:
    """Whether a review waits that nobody can do, and there is no external body to go to."""
    return complaint.level == REVIEW and context.nobody_independent and context.terms.external_body is None


def can_be_answered(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether a decision was communicated, also when silence has closed the case since."""
    if complaint.stage is Stage.CLOSED and complaint.ended_because != ClosingReason.NO_ANSWER:
        return NotNow()
    return None


def _was_decided(complaint: Complaint) -> bool:
    """Whether there is a decision, which may be on its way, or an award."""
    return bool(complaint.decision or complaint.told or complaint.award)


def _fits(complaint: Complaint, reason: ClosingReason) -> bool:
    """Whether a case ends for this reason now: feedback is handled, a complaint is answered."""
    if complaint.feedback != Feedback.COMPLAINT:
        return reason is ClosingReason.HANDLED
    return _BY_STAFF.get(reason) is complaint.stage


def _together(complaint: Complaint, reason: ClosingReason, context: Context) -> Fact:
    proposal = complaint.closing
    if proposal is None or proposal.reason is not reason:
        return ClosingProposed(at=context.now, by=context.by, reason=reason)
    if context.is_own(proposal.by):
        raise SecondPersonNeeded
    return Closed(at=context.now, by=context.by, reason=reason)


def _may_still_answer(complaint: Complaint, context: Context) -> bool:
    """Whether the complainant's own time to answer has not run out."""
    windows = [clock for clock in complaint.clocks if clock.purpose == ANSWER]
    return not windows or context.now <= windows[-1].due


STAFF = (
    StaffDeclaration(
        Close,
        close,
        OPEN,
        can_be_closed,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=160,
        asked_twice=True,
        form_note=True,
        own_labels=("reason",),
        in_macros=True,
        summary="Ends the case",
        example={"reason": "accepted"},
    ),
    StaffDeclaration(
        Reopen,
        reopen,
        frozenset({CLOSED, WITHDRAWN}),
        must_be_free,
        roles=frozenset({Role.REVIEWER}),
        group=Group.WORK,
        place=170,
        summary="Reopens an ended case, with new deadlines",
        example={"reason": WHY},
    ),
    StaffDeclaration(
        TakeBack,
        take_back,
        OPEN,
        must_be_free,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=150,
        asked_twice=True,
        form_note=True,
        own_labels=("note",),
        summary="Records that the complainant withdraws; the note says how",
        example={"note": WHY},
    ),
)
