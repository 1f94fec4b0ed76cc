"""The languages of a site in which there are words."""

from complaints.adapters.container import container
from complaints.site.site import SiteTerms


def reader_language_at(terms: SiteTerms, *wanted: str) -> str:
    """The first language of those asked for in which the site answers, or its own."""
    return container().catalogues.spoken(terms.language_for(*wanted), terms.site.language)


def offered_languages(terms: SiteTerms) -> list[str]:
    """Every language in which the site answers."""
    return [tag for tag in container().catalogues.languages if reader_language_at(terms, tag) == tag]
