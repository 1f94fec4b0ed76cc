"""What was promised to put things right, until it is done (clause 7.9); and what happened outside.

Overdue remedies (clause 7.9): what was promised by a date and is not done is told to staff, once.
"""

from collections.abc import Iterator
from datetime import date, datetime

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.decision import PromisedRemedy, Responded
from complaints.case.outcome.remedies import EventRecorded, RemedyDeclined, RemedyDone, RemedyOverdue
from complaints.case.process.closing import Closed
from complaints.casework.command import (
    AT,
    CLOSED,
    OPEN,
    PROMISED,
    REFERRED,
    RESPONDED,
    WHY,
    WITHDRAWN,
    Command,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.casework.recorded_times import done_day, recorded_moment
from complaints.context.decision_context import Context
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import (
    ClosingReason,
    CodeName,
    LongText,
    Remedy,
    RemedyKind,
    ShortText,
    Stage,
    Text,
)
from complaints.values.people import CASE_ROLES


class Record(StaffCommand, frozen=True, kw_only=True):
    """Records an `event` outside that a promise depends on: when it happened, and the evidence of it."""

    verb = "record"
    event: ShortText
    at: datetime
    evidence: LongText


class Remedied(StaffCommand, frozen=True, kw_only=True):
    """`remedy` is the id of one that is owed, or its kind: then the oldest of that kind is meant.

    `how` it was done, such as by bank transfer, `done_by` whom, and the `budget` of the site that paid.
    """

    verb = "remedied"
    remedy: CodeName
    done_on: date
    how: ShortText | None = None
    done_by: ShortText | None = None
    budget: ShortText | None = None


class DeclineRemedy(StaffCommand, frozen=True, kw_only=True):
    """The person declines one remedy of several, and the decision stays as it is. `remedy` is as in
    `Remedied`, `reason` how it is known."""

    verb = "decline_remedy"
    remedy: CodeName
    reason: Text


class DeclineOwnRemedy(Command, frozen=True, kw_only=True):
    """The complainant wants none of one remedy: its id, or its kind."""

    verb = "decline_own_remedy"
    remedy: CodeName
    reason: Text | None = None


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


STAFF = (
    StaffDeclaration(
        DeclineRemedy,
        decline,
        frozenset({RESPONDED, CLOSED, REFERRED, WITHDRAWN}),
        can_be_done,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=125,
        own_labels=("reason",),
        summary="Records that the person declines one remedy of several",
        example={"remedy": "refund", "reason": WHY},
    ),
    StaffDeclaration(
        Record,
        record,
        OPEN | {CLOSED},
        can_be_recorded,
        roles=CASE_ROLES,
        feedback=PROMISED,
        group=Group.WORK,
        place=130,
        summary="Records an external event that a deadline depends on",
        example={"event": "complained_to_board", "at": AT, "evidence": "Letter of the board, 12/2026."},
    ),
    StaffDeclaration(
        Remedied,
        remedied,
        frozenset({RESPONDED, CLOSED, REFERRED, WITHDRAWN}),
        can_be_done,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=100,
        summary="Records that a remedy was done",
        example={"remedy": "refund", "done_on": "2026-04-02"},
    ),
)


def overdue_from(remedies: tuple[Remedy, ...], terms: SiteTerms) -> tuple[datetime | None, ...]:
    """For each remedy with a date when it is overdue: when work begins after that date; often nothing."""
    if not any(remedy.by for remedy in remedies):
        return ()
    calendar = terms.calendar(terms.packs[0].id)
    return tuple(
        calendar.local(calendar.next_open(calendar.end_of(remedy.by, "midnight"))) if remedy.by else None
        for remedy in remedies
    )


def fallen_due(complaint: Complaint, context: Context) -> Iterator[Fact]:
    """What the schedule finds at `context.now`: remedies that are owed beyond their dates."""
    for owed in complaint.remedies_owed:
        if owed.overdue_at and owed.overdue_at <= context.now:
            yield RemedyOverdue(
                at=context.now, by=context.by, id=owed.id, remedy=owed.remedy.kind, due=owed.overdue_at
            )
