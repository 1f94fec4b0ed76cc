"""The site that the address of a page, or a form of it, names."""

from complaints.adapters.container import world
from complaints.site.site import Terms
from complaints.values.errors import Invalid, NotFound
from functions.http.request import current


def terms_of(key: str) -> Terms:
    """The terms of the site. Raises `NotFound` where there is none: its page is not there either."""
    try:
        terms = world().sites.terms(key)
    except Invalid:
        raise NotFound from None
    current().note(site=terms.site.key)
    return terms
