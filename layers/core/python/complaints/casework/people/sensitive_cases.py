"""Sensitive cases: of a category, or with a point of one, that the codes of a site mark so, and requests
about personal data.

They are there for cleared members alone; requests about personal data also for whoever protects that data. No
other role stands above that. The codes as they are now decide, not those of the day on which a case came.
"""

from collections.abc import Iterable

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.workflow.assignment import Unassigned
from complaints.context.decision_context import Context
from complaints.site.site import Site
from complaints.values.codes import DATA_REQUEST, Codes
from complaints.values.people import Member


def hidden_categories(member: Member, codes: Codes) -> frozenset[str]:
    """The categories whose cases are not there for this member."""
    if member.sensitive:
        return frozenset()
    return codes.sensitive if member.sees_data_requests else sensitive_categories(codes)


def sensitive_categories(codes: Codes) -> frozenset[str]:
    """The categories whose cases are not there for everybody."""
    return codes.sensitive | {DATA_REQUEST}


def may_miss_cases(member: Member, site: Site) -> bool:
    """Whether a site may have cases that are not there for this member: then a number of all its cases is not
    one of those that are. Requests about personal data count where the site takes them."""
    hidden = hidden_categories(member, site.codes)
    return bool(hidden - {DATA_REQUEST}) or (DATA_REQUEST in hidden and site.takes_data_requests)


def may_see(member: Member, site: Site, categories: Iterable[str]) -> bool:
    """Whether cases of a site that are of these categories are there for this member: each must be."""
    return member.serves(site.key) and hidden_categories(member, site.codes).isdisjoint(categories)


def is_sensitive(site: Site, categories: Iterable[str]) -> bool:
    """Whether cases of these categories are not there for everybody."""
    return not sensitive_categories(site.codes).isdisjoint(categories)


def may_handle(member: Member, site: Site, categories: Iterable[str]) -> bool:
    """Whether this member can own cases of a site that are of these categories."""
    return member.handles(site.key) and may_see(member, site, categories)


def owner_lost(complaint: Complaint, categories: Iterable[str], context: Context) -> list[Fact]:
    """What follows for the owner, if the case is of these categories: who may not see it any more loses it.

    The owner is the colleague of the `context`, where the case may become sensitive.
    """
    owner = context.colleague
    is_owner = owner is not None and owner.id == complaint.assignee
    if owner is None or not is_owner or may_see(owner, context.terms.site, categories):
        return []
    return [Unassigned(at=context.now, by=context.by, was=owner.id)]
