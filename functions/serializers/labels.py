"""Words for codes: the site's own, else those that every installation has.

What promise packs are called: those of the product in the reader's language, own ones as in their file.

The words for what a figure is sorted by: categories, causes, outcomes and so on.
"""

from typing import TYPE_CHECKING

from babel.numbers import format_percent

from complaints.site.site import Site
from complaints.values.codes import CodeList, Codes

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container


_FAMILIES = {
    CodeList.CATEGORIES: "api.category.",
    CodeList.CAUSES: "words.cause.",
    CodeList.REMEDIES: "words.remedy.",
    CodeList.OUTCOMES: "words.outcome.",
    CodeList.ACTIONS: "words.action.",
}


def label(
    catalogues: "Catalogues", codes: Codes, code_list: CodeList, name: str, language: str, other: str
) -> str:
    """The words for a code in a language; in the `other` one for a code that has none in this.

    Sub-categories are all of a site's own, and have its words or none.
    """
    own = codes.label(code_list, name, language, other)
    family = _FAMILIES.get(code_list)
    return own or (catalogues.text(language, f"{family}{name}") if family else name)


def pack_title(deps: "Container", pack: str, own: str, language: str) -> str:
    """The title of the pack of that name; `own` is the title that it has in its file."""
    return (
        deps.catalogues.text(language, f"pages.pack.{pack}") if pack in deps.shipped_data.pack_names else own
    )


_CODES = {"category": CodeList.CATEGORIES, "cause": CodeList.CAUSES, "remedy": CodeList.REMEDIES}
_FIGURE_FAMILIES = {
    "channel": "case.channel.",
    "outcome": "words.outcome.",
    "setting": "office.kind.",
    "split": "evaluation.",
}
_NOTHING = {"category": "reports.no_category", "cause": "evaluation.unknown"}
UNKNOWN = "unknown"


def figure_label(catalogues: "Catalogues", site: Site, language: str, by: str, value: str) -> str:
    """What a value is called in a language."""
    if by in _NOTHING and value in ("", UNKNOWN):
        return catalogues.text(language, _NOTHING[by])
    if by in _CODES:
        return label(catalogues, site.codes, _CODES[by], value, language, site.language)
    if by in _FIGURE_FAMILIES:
        return catalogues.text(language, f"{_FIGURE_FAMILIES[by]}{value}")
    if by == "level":
        return catalogues.text(language, "reports.level", n=value)
    return format_percent(int(value) / 100, locale=language) if by == "percentile" else value
