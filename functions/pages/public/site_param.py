"""The site that the address of a page, or a form of it, names."""

from complaints.adapters.container import container
from complaints.site.site import SiteTerms
from complaints.values.errors import Invalid, NotFound
from functions.http.request import current_request


def terms_of(key: str) -> SiteTerms:
    """The terms of the site. Raises `NotFound` where there is none: its page is not there either."""
    try:
        terms = container().sites.terms(key)
    except Invalid:
        raise NotFound from None
    current_request().note(site=terms.site.key)
    return terms
