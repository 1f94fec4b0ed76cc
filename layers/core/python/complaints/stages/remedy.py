"""What was promised to put things right, until it is done (clause 7.9); and what happened outside."""

from msgspec.structs import replace

from complaints.commands.case import DeclineOwnRemedy, DeclineRemedy, Record, Remedied
from complaints.context.decision_context import Context
from complaints.events.case import Closed, EventRecorded, RemedyDone, Responded
from complaints.events.event import Fact
from complaints.events.outcome.redress import RemedyDeclined
from complaints.model.complaint import Complaint
from complaints.model.outcome.decision import CompletedRemedy, PromisedRemedy
from complaints.rules.conflicts_of_interest import must_have_no_interest
from complaints.rules.staff_recorded_times import done_day, recorded_moment
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import ClosingReason, RemedyKind, Stage

EXTERNAL_DECIDED = "external_decided"
_TOLD = (RemedyKind.APOLOGY, RemedyKind.EXPLANATION)


def remedied(complaint: Complaint, command: Remedied, context: Context) -> list[Fact]:
    """Records that a remedy was done.

    Raises `Invalid` for one that is not owed, a wrong date, or a budget that the site does not name.
    """
    named = _owed(complaint, command.remedy)
    if command.budget is not None and command.budget not in context.terms.site.budgets:
        raise Invalid(Wrong("/budget", "unknown-value"))
    return [
        RemedyDone(
            at=context.now,
            by=context.by,
            remedy=named.remedy.kind,
            done_on=done_day(complaint, command.done_on, context),
            id=named.id,
            budget=command.budget,
            how=command.how,
            done_by=command.done_by,
        )
    ]


def done_by_telling(complaint: Complaint, told: Responded, context: Context) -> list[Fact]:
    """An apology and an explanation are done by the response that holds them, once it was communicated."""
    return [
        RemedyDone(
            at=context.now,
            by=context.by,
            remedy=each.remedy.kind,
            done_on=told.told_at.astimezone(context.terms.zone).date(),
            id=each.id,
        )
        for each in complaint.remedies_owed
        if complaint.decision and each.entry == complaint.decision.entry and each.remedy.kind in _TOLD
    ]


def decline(complaint: Complaint, command: DeclineRemedy | DeclineOwnRemedy, context: Context) -> list[Fact]:
    """Records that the person declines one remedy. Raises `Invalid` for one that is not owed."""
    named = _owed(complaint, command.remedy)
    return [
        RemedyDeclined(
            at=context.now, by=context.by, id=named.id, remedy=named.remedy.kind, reason=command.reason
        )
    ]


def _owed(complaint: Complaint, named: str) -> PromisedRemedy:
    """The remedy that an id names, or the oldest of a kind. Raises `Invalid` for one that is not owed."""
    for each in complaint.remedies_owed:
        if named in (each.id, each.remedy.kind):
            return each
    raise Invalid(Wrong("/remedy", "not-promised"))


def record(complaint: Complaint, command: Record, context: Context) -> list[Fact]:
    """Records an outside event that a promise of this case knows. Raises `Invalid`."""
    happened_at = recorded_moment(complaint, command.at, context)
    known = context.terms.outside_events
    if complaint.stage is Stage.REFERRED:
        known |= {EXTERNAL_DECIDED}
    if command.event not in known:
        raise Invalid(Wrong("/event", "unknown-value"))
    recorded = EventRecorded(
        at=context.now, by=context.by, event=command.event, told_at=happened_at, evidence=command.evidence
    )
    if command.event != EXTERNAL_DECIDED:
        return [recorded]
    return [recorded, Closed(at=context.now, by=context.by, reason=ClosingReason.EXTERNAL_DECIDED)]


def can_be_recorded(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether any outside event is known to the promises of this case."""
    if not context.terms.outside_events and complaint.stage is not Stage.REFERRED:
        return NotNow()
    return must_have_no_interest(complaint, context)


def can_be_done(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether a remedy is promised and not done."""
    if not complaint.remedies_owed:
        return NotNow()
    return must_have_no_interest(complaint, context)


def done(complaint: Complaint, fact: RemedyDone) -> Complaint:
    named = _meant(complaint, fact)
    completed = CompletedRemedy(
        place=named.place,
        done_on=fact.done_on,
        recorded_by=fact.by.id,
        entry=complaint.number + 1,
        budget=fact.budget,
    )
    return complaint.with_decision(complaint.deciding(named.entry).with_done(completed))


def declined(complaint: Complaint, fact: RemedyDeclined) -> Complaint:
    named = next(each for each in complaint.remedies_promised if each.id == fact.id)
    decision = complaint.deciding(named.entry)
    return complaint.with_decision(replace(decision, declined=(*decision.declined, named.place)))


def _meant(complaint: Complaint, fact: RemedyDone) -> PromisedRemedy:
    """The remedy that a fact names; an older fact knows the last decision alone, and kinds in it."""
    last = complaint.decisions[-1].entry if complaint.decisions else None
    return next(
        each
        for each in complaint.remedies_promised
        if (each.id == fact.id)
        or (fact.id is None and each.entry == last and each.is_owed and each.remedy.kind == fact.remedy)
    )


def recorded(complaint: Complaint, fact: EventRecorded) -> Complaint:
    return complaint
