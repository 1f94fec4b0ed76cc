"""The templates of letters and pages, filled in the reader's language. Heavy: import it where one is due."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from complaints.world.catalogues import Catalogues
from complaints.world.phrases import Phrases, direction

_WORDS = ("say", "count")
_FILTERS = (
    "moment", "dated", "day", "distance", "lasting", "money", "place", "weight", "isolated", "apart",
    "asked_for", "promised", "left_out", "remedied", "acted", "own_words",
)  # fmt: skip


class Stationery:
    """Templates below `folder`, with the words of `catalogues`."""

    def __init__(self, folder: Path, catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(("html",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        phrases = Phrases(catalogues)
        self._templates.globals.update({name: getattr(phrases, name) for name in _WORDS})
        self._templates.filters.update({name: getattr(phrases, name) for name in _FILTERS})

    def spoken(self, *wanted: str) -> str:
        """The first of these languages that there are words in, or English."""
        return self._catalogues.spoken(*wanted)

    def fill(self, template: str, *, language: str, zone: str, **values: object) -> str:
        """A template with its values, in a language that is `spoken`, times in that of `zone`.

        Raises `jinja2.UndefinedError` for a value and `LookupError` for a text that is missing.
        """
        return self._templates.get_template(template).render(
            values, language=language, direction=direction(language), zone=zone
        )
