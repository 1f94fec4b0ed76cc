"""The languages of a site in which there are words."""

from typing import TYPE_CHECKING

from complaints.site.site import SiteTerms

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


def reader_language_at(catalogues: "Catalogues", terms: SiteTerms, *preferred: str) -> str:
    """The first language of those asked for in which the site answers, or its own."""
    return catalogues.spoken(terms.language_for(*preferred), terms.site.language)


def offered_languages(catalogues: "Catalogues", terms: SiteTerms) -> list[str]:
    """Every language in which the site answers."""
    return [tag for tag in catalogues.languages if reader_language_at(catalogues, terms, tag) == tag]
