"""Contact plans (clauses 4 and 7): how a person is dealt with, and limits for unreasonable conduct.

A limit has a reason and an end: a date within a year on which it is reviewed. It stands in no gate of any
command, so it never stops a complaint, a message or an answer of the person from being taken.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.contact_plan import ContactLimit, ContactPlanDue, ContactPlanned
from complaints.casework.command import ALL, ANY, CommandWithTexts, Group, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.context.decision_context import Context
from complaints.due_dates.due_date import opening_by
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import LongText
from complaints.values.people import Role


class PlanContact(CommandWithTexts, frozen=True, kw_only=True):
    """Says how the organisation is in contact with the person from now on, in place of an earlier plan.

    A `limit` needs a `reason` and a date, within a year, on which it is reviewed (`review_on`). With `tell`
    the person gets a letter about it, which quotes the reason; one without a limit says that there is none
    any more.
    """

    verb = "plan_contact"
    plan: LongText
    limit: ContactLimit | None = None
    reason: LongText | None = None
    review_on: date | None = None
    tell: bool = False


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


def fallen_due(complaint: Complaint, context: Context) -> Iterator[Fact]:
    """What the schedule finds at `context.now`: a plan that is to be looked at again."""
    due = complaint.contact_plan.next_moment if complaint.contact_plan else None
    if due and due <= context.now:
        yield ContactPlanDue(at=context.now, by=context.by, due=due)


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


STAFF = (
    StaffDeclaration(
        PlanContact,
        plan,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        roles=frozenset({Role.REVIEWER}),
        group=Group.PEOPLE,
        place=25,
        own_labels=("reason",),
        texts={"plan": TextUse.NOTE, "reason": TextUse.REPLY},
        summary="Says how the organisation is in contact with the person, and what limits that until when",
        example={
            "plan": "Deniz answers every Friday, by mail.",
            "limit": "in_writing",
            "reason": "Three calls in which staff were threatened.",
            "review_on": "2026-06-01",
        },
    ),
)
