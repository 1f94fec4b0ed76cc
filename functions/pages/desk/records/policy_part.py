"""The page of a policy: who has confirmed to have read the version in force, and who has not."""

from typing import TYPE_CHECKING, Any

from complaints.management.policies import Policy, unread
from functions.api.management.records import OpenedRecord
from functions.pages.desk.records.forms import FormWords

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def values(deps: "Container", at: OpenedRecord, words: FormWords) -> dict[str, Any]:
    """How many of the members of the site have confirmed, and the names of those who have not."""
    policy = at.record.content
    assert isinstance(policy, Policy)
    # Read anew: who has just joined has still to read it.
    staff = [member for member in deps.members.all() if member.serves(at.record.site)]
    left = unread(policy, staff)
    return {
        "readers": len(staff),
        "confirmed": len(staff) - len(left),
        "unread": [member.name for member in left],
    }
