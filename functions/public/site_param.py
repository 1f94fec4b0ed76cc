"""The site that the address of a page, or a form of it, names, and those that people choose from."""

from typing import TYPE_CHECKING

from complaints.site.site import Site, SiteTerms
from complaints.values.errors import Invalid, NotFound
from functions.http.request import Request

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import Sites


def terms_of(sites: "Sites", request: Request, key: str) -> SiteTerms:
    """The terms of the site. Raises `NotFound` where there is none: its page is not there either."""
    try:
        terms = sites.terms(key)
    except Invalid:
        raise NotFound from None
    request.note(site=terms.site.key)
    return terms


def listed_sites(deps: "Container") -> list[Site]:
    """Every site but the one at which this installation complains to itself."""
    return [site for site in deps.sites.all() if site.key != deps.settings.synthetic_site]
