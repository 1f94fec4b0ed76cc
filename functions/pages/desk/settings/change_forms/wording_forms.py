"""The form of a site's own words in one place of its letters, and the places that have some."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from complaints.letters.content.blocks import PARAGRAPHS
from complaints.settings.setting import Setting
from complaints.settings.site.wordings import PLACES
from complaints.site.site import Texts
from functions.pages.forms.inputs import Choice

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


def places(catalogues: "Catalogues", language: str) -> list[Choice]:
    """The kinds of letters, then the paragraphs that promise packs ask for."""
    return [Choice(place, called(catalogues, language, place)) for place in PLACES]


def called(catalogues: "Catalogues", language: str, place: str) -> str:
    """What a place is called: a paragraph by its id, as promise packs call it."""
    if place in PARAGRAPHS:
        return catalogues.text(language, "office.place.paragraph", id=place)
    return catalogues.text(language, f"case.letter.{place}")


def chosen(setting: Setting, query: Mapping[str, str]) -> dict[str, Any]:
    """The own words of the place that an address names; nothing of a new one."""
    words = _words(setting).get(query.get("code", ""))
    return {"place": query["code"], "texts": words} if words else {}


def lists(setting: Setting, catalogues: "Catalogues", language: str) -> dict[str, list[Mapping[str, Any]]]:
    """The places that have own words."""
    rows: list[Mapping[str, Any]] = [
        {"code": place, "label": called(catalogues, language, place), "state": "offered"}
        for place in PLACES
        if place in _words(setting)
    ]
    return {"wordings": rows} if rows else {}


def _words(setting: Setting) -> Mapping[str, Mapping[str, str]]:
    return setting.record.letters | setting.record.blocks if isinstance(setting.record, Texts) else {}
