"""Acknowledgement (clause 7.4): the complainant knows that it arrived.

It is a fact when the mail service has taken the letter, or a person has spoken or written.
"""

from datetime import datetime

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.process.acknowledgement import Acknowledged
from complaints.casework.command import AT, RECEIVED, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.recorded_times import recorded_moment
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Way
from complaints.values.people import CASE_ROLES


class Acknowledge(StaffCommand, frozen=True, kw_only=True):
    """Says that receipt was acknowledged without a letter of ours (clause 7.4): `by` which way, and when."""

    verb = "acknowledge"
    by: Way
    at: datetime


def acknowledge(complaint: Complaint, command: Acknowledge, context: Context) -> list[Fact]:
    """Records an acknowledgement by telephone, post or in person. Raises `Invalid`."""
    if command.by in (Way.MAIL, Way.PAGE):
        raise Invalid(Wrong("/by", "not-by-mail"))
    told_at = recorded_moment(complaint, command.at, context)
    return [Acknowledged(at=context.now, by=context.by, way=command.by, told_at=told_at)]


STAFF = (
    StaffDeclaration(
        Acknowledge,
        acknowledge,
        frozenset({RECEIVED}),
        must_be_free,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=10,
        own_labels=("by",),
        summary="Records an acknowledgement by telephone, post or in person",
        example={"by": "telephone", "at": AT},
    ),
)
