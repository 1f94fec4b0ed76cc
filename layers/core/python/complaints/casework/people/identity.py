"""Sealed identities (clause 4.4; Directive (EU) 2019/1937, Article 16): a custodian opens them with a reason.

In a category that the site has sealed it is stored apart who complains: name, contact details, and whatever
else says who somebody is. Nobody reads that but a custodian, and what writes to the person. The seal is put
on when the complaint comes. It lasts whatever the case is classified as later.
"""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.identity import IdentityOpened
from complaints.casework.command import ALL, ANY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.context.decision_context import Context
from complaints.values.errors import NotNow, Refusal
from complaints.values.field_types import LongText
from complaints.values.people import Role


class OpenIdentity(StaffCommand, frozen=True, kw_only=True):
    """Opens who complains in a sealed case, for a quarter of an hour and for whoever asks alone.

    Who asked, when and why stands in the case; the identity does not.
    """

    verb = "open_identity"
    reason: LongText


def open_identity(complaint: Complaint, command: OpenIdentity, context: Context) -> list[Fact]:
    """Puts on record who opens the identity, and why."""
    return [IdentityOpened(at=context.now, by=context.by, reason=command.reason)]


def can_be_opened(complaint: Complaint, context: Context) -> Refusal | None:
    """There is an identity under seal, and who asks has no interest in the case."""
    is_nobody_known = complaint.is_anonymous and not complaint.joint
    if not complaint.sealed or is_nobody_known:
        return NotNow()
    return must_have_no_interest(complaint, context)


STAFF = (
    StaffDeclaration(
        OpenIdentity,
        open_identity,
        ALL,
        can_be_opened,
        feedback=ANY,
        when_merged=True,
        when_restricted=True,
        roles=frozenset({Role.CUSTODIAN}),
        group=Group.RECORD,
        place=15,
        own_labels=("reason",),
        summary="Opens who complains in a sealed case, for a quarter of an hour",
        example={"reason": "The prosecutor asks for the witness."},
    ),
)
