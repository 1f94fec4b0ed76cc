"""Sensitive cases: those of a category that the codes of a site mark so are there for cleared members alone.

No role stands above that. The codes as they are now decide, not those of the day on which a case came.
"""

from complaints.site.site import Site
from complaints.values.codes import Codes
from complaints.values.people import Member


def hidden_categories(member: Member, codes: Codes) -> frozenset[str]:
    """The categories whose cases are not there for this member."""
    return frozenset() if member.sensitive else codes.sensitive


def may_see(member: Member, site: Site, category: str | None) -> bool:
    """Whether cases of a site and a category are there for this member."""
    return member.serves(site.key) and category not in hidden_categories(member, site.codes)


def may_handle(member: Member, site: Site, category: str | None) -> bool:
    """Whether this member can own cases of a site and a category."""
    return member.handles(site.key) and may_see(member, site, category)
