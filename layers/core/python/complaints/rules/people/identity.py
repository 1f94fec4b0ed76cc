"""Sealed identities (clause 4.4; Directive (EU) 2019/1937, Article 16): a custodian opens them with a reason.

In a category that the site has sealed it is stored apart who complains: name, contact details, and whatever
else says who somebody is. Nobody reads that but a custodian, and what writes to the person. The seal is put
on when the complaint comes. It lasts whatever the case is classified as later.
"""

from msgspec.structs import replace

from complaints.commands.people.identity import OpenIdentity
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.people.identity import IdentityOpened
from complaints.model.complaint import Complaint
from complaints.model.people.identity import IdentityOpening
from complaints.rules.conflicts_of_interest import must_have_no_interest
from complaints.values.errors import NotNow, Refusal


def open_identity(complaint: Complaint, command: OpenIdentity, context: Context) -> list[Fact]:
    """Puts on record who opens the identity, and why."""
    return [IdentityOpened(at=context.now, by=context.by, reason=command.reason)]


def can_be_opened(complaint: Complaint, context: Context) -> Refusal | None:
    """There is an identity under seal, and who asks has no interest in the case."""
    is_nobody_known = complaint.is_anonymous and not complaint.joint
    if not complaint.sealed or is_nobody_known:
        return NotNow()
    return must_have_no_interest(complaint, context)


def identity_opened(complaint: Complaint, fact: IdentityOpened) -> Complaint:
    return replace(complaint, identity_opened=IdentityOpening(fact.by.id, fact.at))
