"""Other accounts of the same person, by which nobody decides on their own work."""

from datetime import datetime
from typing import TYPE_CHECKING

from complaints.case.complaint import Complaint
from complaints.values.people import Actor, accounts_of

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def other_accounts(deps: "Container", complaint: Complaint, by: Actor, now: datetime) -> frozenset[str]:
    """Under which ids whoever asks is a member, too, where somebody else had a part in the case: one query a
    minute, and one for somebody who was added since."""
    if complaint.with_a_part <= {by.id}:
        return frozenset()
    known = deps.members.known(now)
    if not any(each.id == by.id for each in known):
        known = deps.members.all()
    return accounts_of(by.id, known)
