"""The languages of a site in which there are words."""

from complaints.adapters.container import world
from complaints.site.site import Terms


def heard(terms: Terms, *wanted: str) -> str:
    """The first language of those asked for in which the site answers, or its own."""
    return world().catalogues.spoken(terms.language_for(*wanted), terms.site.language)


def offered(terms: Terms) -> list[str]:
    """Every language in which the site answers."""
    return [tag for tag in world().catalogues.languages if heard(terms, tag) == tag]
