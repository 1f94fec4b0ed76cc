"""What one read finds of a member of staff who comes in."""

from collections.abc import Mapping
from typing import NamedTuple

from complaints.values.casework.saved_filters import SavedFilters
from complaints.values.people import Member
from complaints.values.session import Session


class MemberLookup(NamedTuple):
    """Who comes in, the session that goes on, whom the request is about, and the filters of who comes in.

    `counts` says how many cases each queue has, by site and name; a site that nobody counted is left out.
    """

    member: Member | None
    session: Session | None
    of: Member | None
    views: SavedFilters | None
    counts: Mapping[str, Mapping[str, int]] = {}
