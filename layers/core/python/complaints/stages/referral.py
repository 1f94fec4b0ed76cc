"""The body outside (clause 7.9): how far it is with a complaint, what it decided, and what it awards."""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.commands.outcome.referral import RecordReferral
from complaints.context.decision_context import Context
from complaints.events.case import Closed
from complaints.events.event import Fact
from complaints.events.outcome.referral import ReferralRecorded
from complaints.model.complaint import Complaint
from complaints.model.outcome.decision import Decision
from complaints.model.outcome.referral import Referral, ReferralStep
from complaints.rules.conflicts_of_interest import must_have_no_interest
from complaints.rules.overdue_remedies import overdue_from
from complaints.stages.escalation import OUTSIDE
from complaints.stages.outcomes import wrong_remedies
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import ClosingReason, EarlierDecision, Outcome, Stage

MOST_STEPS = 5
"""Of how many earlier steps the entries are known to the case: one batch read holds their words."""


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


def recorded(complaint: Complaint, fact: ReferralRecorded) -> Complaint:
    before = complaint.referral
    referral = Referral(
        step=fact.step,
        on=fact.on,
        entry=complaint.number + 1,
        earlier=before.entries[:MOST_STEPS] if before else (),
    )
    complaint = replace(complaint, external_body=complaint.external_body or fact.body)
    if fact.result is None:
        return replace(complaint, referral=referral)
    known = complaint.known_decision
    award = Decision(
        outcome=fact.result,
        entry=complaint.number + 1,
        at=fact.at,
        decided_by=fact.by.id,
        level=OUTSIDE,
        earlier=fact.earlier_decision,
        remedies=fact.remedies,
        overdue_from=fact.overdue_from,
        issued=True,
        told_at=fact.at,
    )
    overturned = known.outcome is not fact.result if known else None
    return replace(complaint, referral=replace(referral, award=award, overturned=overturned))


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
