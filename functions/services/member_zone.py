"""The time zone in which a member of staff reads dates."""

from complaints.adapters.container import container
from complaints.values.people import Member


def zone_of(member: Member) -> str:
    """The zone of the first site that the member serves, or UTC."""
    return container().sites.terms(member.sites[0]).site.zone if member.sites else "UTC"
