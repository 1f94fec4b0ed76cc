"""Who gets the notices for a member of staff: the member, or during an absence the stand-in.

It is one step and no further: where the stand-in is away too, the team gets the notice, so that nothing is
lost.
"""

from datetime import date
from typing import NamedTuple

from complaints.values.people import Member


class Reading(NamedTuple):
    """Who of the staff reads something, the team where there is no `member`; `instead_of` is who is away."""

    member: Member | None
    instead_of: Member | None = None


def reader(owner: Member | None, stand_in: Member | None, site: str, on: date) -> Reading:
    """Who gets the notices for `owner` at a site on a local date; `stand_in` is named by the absence."""
    if owner is None or not owner.active:
        return Reading(None)
    if not owner.is_away(on):
        return Reading(owner if owner.email else None)
    takes_it = stand_in and stand_in.stands_in_for(owner, site, on) and not stand_in.is_away(on)
    return Reading(stand_in if stand_in and takes_it and stand_in.email else None, owner)
