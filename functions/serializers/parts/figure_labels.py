"""The words for what a figure is sorted by: categories, causes, outcomes and so on."""

from typing import TYPE_CHECKING

from babel.numbers import format_percent

from complaints.site.site import Site
from complaints.values.codes import CodeList
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


_CODES = {"category": CodeList.CATEGORIES, "cause": CodeList.CAUSES, "remedy": CodeList.REMEDIES}
_FAMILIES = {
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
    if by in _FAMILIES:
        return catalogues.text(language, f"{_FAMILIES[by]}{value}")
    if by == "level":
        return catalogues.text(language, "reports.level", n=value)
    return format_percent(int(value) / 100, locale=language) if by == "percentile" else value
