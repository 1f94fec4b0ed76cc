"""Objectivity (clause 4): who must take no part."""

from collections.abc import Iterable

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.conflicts_of_interest import ConflictDeclared
from complaints.casework.command import ANY, OPEN, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.sensitive_cases import may_handle
from complaints.context.decision_context import Context
from complaints.site.site import Site
from complaints.values.errors import NotNow, SecondPersonNeeded
from complaints.values.field_types import LongText
from complaints.values.people import CASE_ROLES, Member, Role, accounts_of


class Recuse(StaffCommand, frozen=True, kw_only=True):
    """I must take no part: a conflict of interest."""

    verb = "recuse"
    reason: LongText


def recuse(complaint: Complaint, command: Recuse, context: Context) -> list[Fact]:
    """Declares a conflict of interest of one's own; it bars from the case for good."""
    return [ConflictDeclared(at=context.now, by=context.by, reason=command.reason)]


def must_be_free(complaint: Complaint, context: Context) -> NotNow | None:
    """Members cannot handle a case in which they have an interest, or review their own decision."""
    return SecondPersonNeeded() if any(map(context.is_own, complaint.barred)) else None


def must_have_no_interest(complaint: Complaint, context: Context) -> NotNow | None:
    """The person who decided at level 1 still handles what is left of it, such as a refund."""
    return SecondPersonNeeded() if any(map(context.is_own, complaint.conflicts)) else None


def nobody_is_independent(complaint: Complaint, members: Iterable[Member], site: Site) -> bool:
    """Whether a case of the site has no reviewer among the members who is free to handle it."""
    known = tuple(members)
    barred = {account for each in complaint.barred for account in accounts_of(each, known)}
    return not any(
        Role.REVIEWER in member.roles
        and may_handle(member, site, complaint.categories)
        and member.id not in barred
        for member in known
    )


def nobody_could_review(complaint: Complaint, members: Iterable[Member], site: Site) -> bool:
    """Whether the decision of level 1, if the person refuses it, has no reviewer who had no part in it."""
    return nobody_is_independent(replace(complaint, level=2), members, site)


def reviews_are_independent(members: Iterable[Member], site: Site) -> bool:
    """Whether a site can have decisions reviewed by somebody else: two people who handle cases, one of them a
    reviewer."""
    staff = [member for member in members if may_handle(member, site, ())]
    return len(staff) > 1 and any(Role.REVIEWER in member.roles for member in staff)


STAFF = (
    StaffDeclaration(
        Recuse,
        recuse,
        OPEN,
        must_be_free,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=30,
        asked_twice=True,
        summary="Declares my conflict of interest",
        example={"reason": "The complainant is my neighbour."},
    ),
)
