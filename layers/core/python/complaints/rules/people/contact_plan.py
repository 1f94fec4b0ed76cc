"""Contact plans (clauses 4 and 7): how a person is dealt with, and limits for unreasonable conduct.

A limit has a reason and an end: a date within a year on which it is reviewed. It stands in no gate of any
command, so it never stops a complaint, a message or an answer of the person from being taken.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from complaints.commands.people.contact_plan import PlanContact
from complaints.context.decision_context import Context
from complaints.due_dates.due_day import opening_by
from complaints.events.event import Fact
from complaints.events.people.contact_plan import ContactPlanDue, ContactPlanned
from complaints.model.complaint import Complaint
from complaints.model.people.contact_plan import ContactPlan
from complaints.values.errors import Invalid, Wrong

LONGEST = timedelta(days=366)
"""After so long at the latest a plan is reviewed."""


def plan(complaint: Complaint, command: PlanContact, context: Context) -> list[Fact]:
    """Records the plan. Raises `Invalid` with all that is wrong."""
    wrong = tuple(_wrong(complaint, command, context))
    if wrong:
        raise Invalid(*wrong)
    return [
        ContactPlanned(
            at=context.now,
            by=context.by,
            plan=command.plan,
            limit=command.limit,
            reason=command.reason,
            review_on=command.review_on,
            tell=command.tell,
            review_at=_review_at(command, context),
        )
    ]


def planned(complaint: Complaint, fact: ContactPlanned) -> Complaint:
    """The last plan holds."""
    in_force = ContactPlan(
        entry=complaint.number + 1, limit=fact.limit, review_on=fact.review_on, review_at=fact.review_at
    )
    return replace(complaint, contact_plan=in_force)


def fallen_due(complaint: Complaint, context: Context) -> Iterator[Fact]:
    """What the schedule finds at `context.now`: a plan that is to be looked at again."""
    due = complaint.contact_plan.next_moment if complaint.contact_plan else None
    if due and due <= context.now:
        yield ContactPlanDue(at=context.now, by=context.by, due=due)


def reminded(complaint: Complaint, fact: ContactPlanDue) -> Complaint:
    assert complaint.contact_plan is not None
    return replace(complaint, contact_plan=replace(complaint.contact_plan, raised=True))


def _review_at(command: PlanContact, context: Context) -> datetime | None:
    """When work begins on the date of the review, or on the last business day before it."""
    terms = context.terms
    return opening_by(terms.calendar(terms.packs[0].id), command.review_on) if command.review_on else None


def _wrong(complaint: Complaint, command: PlanContact, context: Context) -> Iterator[Wrong]:
    today = context.terms.today(context.now)
    if command.tell and not command.limit and not (complaint.contact_plan and complaint.contact_plan.limit):
        yield Wrong("/tell", "no-limit")
    if command.limit and not command.reason:
        yield Wrong("/reason", "missing")
    if command.limit and command.review_on is None:
        yield Wrong("/review_on", "missing")
    elif command.review_on and command.review_on <= today:
        yield Wrong("/review_on", "past")
    elif command.review_on and command.review_on > today + LONGEST:
        yield Wrong("/review_on", "too-far")
