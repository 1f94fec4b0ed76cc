"""What one read finds of a member of staff who comes in."""

from collections.abc import Mapping
from typing import NamedTuple

from complaints.values.casework.saved_filters import SavedFilters
from complaints.values.people import Member
from complaints.values.session import Session


class MemberLookup(NamedTuple):
    """Who comes in, the session that goes on, whom the request is about, and the filters of who comes in.

    `counts` says how many cases each queue has, by site and name, and those of an owner who was asked for, by
    `count_of_owner`; a site that nobody counted is left out.
    """

    member: Member | None
    session: Session | None
    of: Member | None
    views: SavedFilters | None
    counts: Mapping[str, Mapping[str, int]] = {}


def count_of_owner(queue: str, owner: str | None) -> str:
    """The name of the number that a queue has of the cases of one member."""
    return f"{queue}:{owner}"
