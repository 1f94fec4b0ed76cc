"""Overdue remedies (clause 7.9): what was promised by a date and is not done is told to staff, once."""

from collections.abc import Iterator
from datetime import datetime

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.remedies import RemedyOverdue
from complaints.context.decision_context import Context
from complaints.site.site import SiteTerms
from complaints.values.field_types import Remedy


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
