"""A link that was lost: it is sent once more, to the address on record and to no other."""

import hmac

from complaints.commands.correspondence.letters import AskLink
from complaints.context.decision_context import Context
from complaints.events.correspondence.letters import LinkAsked
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.values.errors import NotNow
from complaints.values.field_types import Way


def ask(complaint: Complaint, command: AskLink, context: Context) -> list[Fact]:
    """Calls for a letter with the link."""
    return [LinkAsked(at=context.now, by=context.by)]


def can_be_sent(complaint: Complaint, context: Context) -> NotNow | None:
    """There is an address, and mail still reaches it."""
    return None if Way.MAIL in complaint.reach else NotNow()


def is_address(named: str, on_record: str) -> bool:
    """Whether the address is the one on record, in any case of letters.

    >>> is_address("Ada@Example.org", "ada@example.org"), is_address("", "")
    (True, False)
    """
    return bool(named) and hmac.compare_digest(named.lower().encode(), on_record.lower().encode())


def asked(complaint: Complaint, fact: LinkAsked) -> Complaint:
    return complaint
