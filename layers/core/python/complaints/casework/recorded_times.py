"""Validates recorded instants: neither in the future nor before the complaint."""

from datetime import date, datetime

from complaints.case.complaint import Complaint
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong


def recorded_moment(complaint: Complaint, told_at: datetime | None, context: Context) -> datetime:
    """The moment of a talk or a post that staff record, in whole seconds as the product's own clock.

    Raises `Invalid`, pointing at `/at`.
    """
    if told_at is None:
        raise Invalid(Wrong("/at", "missing"))
    if told_at.tzinfo is None:
        raise Invalid(Wrong("/at", "no-offset"))
    told_at = told_at.replace(microsecond=0)
    if told_at > context.now:
        raise Invalid(Wrong("/at", "future"))
    if complaint.received_at and told_at < complaint.received_at:
        raise Invalid(Wrong("/at", "before-receipt"))
    return told_at


def letter_told_at(
    complaint: Complaint, told_at: datetime | None, written_at: datetime | None, context: Context
) -> datetime:
    """As `recorded_moment`, of what a letter says: no earlier than the minute in which it was written."""
    told_at = recorded_moment(complaint, told_at, context)
    if written_at and told_at < written_at.replace(second=0, microsecond=0):
        raise Invalid(Wrong("/at", "before-letter"))
    return told_at


def done_day(complaint: Complaint, done_on: date | None, context: Context) -> date:
    """The date on which something was done that staff record, or today. Raises `Invalid`."""
    today = context.terms.today(context.now)
    if done_on is None:
        return today
    if done_on > today:
        raise Invalid(Wrong("/done_on", "future"))
    if complaint.received_at and done_on < context.terms.today(complaint.received_at):
        raise Invalid(Wrong("/done_on", "before-receipt"))
    return done_on
