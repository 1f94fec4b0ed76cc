"""The body outside (clause 7.9): how far it is with a complaint, what it decided, and what it awards."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.referral import ReferralRecorded, ReferralStep
from complaints.case.process.closing import Closed
from complaints.casework.command import CLOSED, REFERRED, RESPONDED, Group, StaffCommand, StaffDeclaration
from complaints.casework.outcome.outcomes import wrong_remedies
from complaints.casework.outcome.remedies import overdue_from
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import (
    ClosingReason,
    EarlierDecision,
    LongText,
    Outcome,
    Remedy,
    ShortText,
    Stage,
)
from complaints.values.people import CASE_ROLES

Result = Literal["upheld", "partly_upheld", "not_upheld"]
"""As in `Outcome`: upheld is the complaint, not our decision."""

RESULTS = (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD)


class RecordReferral(StaffCommand, frozen=True, kw_only=True):
    """Records how far a body outside is, or what it decided (`result`), on a date.

    `body_reference` is its own number of the case, `summary` what it says. The `remedies` of a decision are
    what we are to do: they are owed like those of our own, beside them, or in their place
    (`earlier_decision`). A decision closes a case that is referred.
    """

    verb = "record_referral"
    step: ReferralStep
    on: date
    body_reference: ShortText | None = None
    result: Result | None = None
    summary: LongText | None = None
    earlier_decision: EarlierDecision | None = None
    remedies: tuple[Remedy, ...] = ()


def record_referral(complaint: Complaint, command: RecordReferral, context: Context) -> list[Fact]:
    """Records a step of a body outside; its decision ends a case that is referred. Raises `Invalid`."""
    wrong = [*_wrong(complaint, command, context)]
    if wrong:
        raise Invalid(*wrong)
    body = context.terms.external_body
    recorded = ReferralRecorded(
        at=context.now,
        by=context.by,
        body=complaint.external_body or (body.name if body else None),
        step=command.step,
        on=command.on,
        body_reference=command.body_reference,
        summary=command.summary,
        result=Outcome(command.result) if command.result else None,
        earlier_decision=command.earlier_decision,
        remedies=command.remedies,
        overdue_from=overdue_from(command.remedies, context.terms),
    )
    if command.step is not ReferralStep.DECIDED or complaint.stage is not Stage.REFERRED:
        return [recorded]
    return [recorded, Closed(at=context.now, by=context.by, reason=ClosingReason.EXTERNAL_DECIDED)]


def can_be_recorded(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether no body outside has decided yet: people go to one by themselves, too, once they have an
    answer, and to one that the site does not name."""
    if complaint.award:
        return NotNow()
    return must_have_no_interest(complaint, context)


def _wrong(complaint: Complaint, command: RecordReferral, context: Context) -> Iterator[Wrong]:
    today = context.terms.today(context.now)
    if command.on > today:
        yield Wrong("/on", "future")
    if complaint.received_at and command.on < context.terms.today(complaint.received_at):
        yield Wrong("/on", "before-receipt")
    if command.step is ReferralStep.DECIDED:
        if command.result is None:
            yield Wrong("/result", "missing")
    else:
        for field in ("result", "remedies", "earlier_decision"):
            if getattr(command, field):
                yield Wrong(f"/{field}", "only-with-decision")
    if command.earlier_decision is EarlierDecision.UPHOLD and command.remedies:
        yield Wrong("/earlier_decision", "unknown-value")
    yield from wrong_remedies(command.remedies, today, context.terms.site.codes)


STAFF = (
    StaffDeclaration(
        RecordReferral,
        record_referral,
        frozenset({RESPONDED, CLOSED, REFERRED}),
        can_be_recorded,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=135,
        own_labels=("by", "on", "step"),
        summary="Records how far a body outside is, what it decided, and what it awards",
        example={
            "step": "decided",
            "on": "2026-06-01",
            "result": "upheld",
            "remedies": [{"kind": "compensation", "amount": "150.00", "currency": "EUR", "by": "2026-06-29"}],
        },
    ),
)
