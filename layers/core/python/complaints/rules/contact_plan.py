"""Contact plans (clauses 4 and 7): how a person is dealt with, and limits for unreasonable conduct.

A limit has a reason and an end: a date within a year on which it is reviewed. It stands in no gate of any
command, so it never stops a complaint, a message or an answer of the person from being taken.
"""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from complaints.commands.contact_plan import PlanContact
from complaints.context.decision_context import Context
from complaints.events.contact_plan import ContactPlanned
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.model.contact_plan import ContactPlan
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
        )
    ]


def planned(complaint: Complaint, fact: ContactPlanned) -> Complaint:
    """The last plan holds."""
    in_force = ContactPlan(entry=complaint.number + 1, limit=fact.limit, review_on=fact.review_on)
    return replace(complaint, contact_plan=in_force)


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
