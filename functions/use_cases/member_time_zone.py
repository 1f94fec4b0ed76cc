"""The time zone in which a member of staff reads dates."""

from typing import TYPE_CHECKING

from complaints.values.people import Member

if TYPE_CHECKING:
    from complaints.context.stores import Sites


def zone_of(sites: "Sites", member: Member) -> str:
    """The zone of the first site that the member serves, or UTC."""
    return sites.terms(member.sites[0]).site.zone if member.sites else "UTC"
