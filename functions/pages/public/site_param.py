"""The site that the address of a page, or a form of it, names."""

from typing import TYPE_CHECKING

from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, NotFound
from functions.http.request import Request

if TYPE_CHECKING:
    from complaints.context.stores import Sites


def terms_of(sites: "Sites", request: Request, key: str) -> SiteTerms:
    """The terms of the site. Raises `NotFound` where there is none: its page is not there either."""
    try:
        terms = sites.terms(key)
    except Invalid:
        raise NotFound from None
    request.note(site=terms.site.key)
    return terms
