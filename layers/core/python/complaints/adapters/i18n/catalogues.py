"""Every word that people read: gettext catalogues with symbolic msgids, a domain for each surface.

The first part of a msgid names its domain (`mail.question.title` stands in `mail.po`), so that a
submission reads the catalogue that it speaks from and no other. Placeholders are `%(name)s`.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from math import ceil
from pathlib import Path

FALLBACK = "en"
_CACHE_SIZE = 4_096


class _Unknown(NullTranslations):
    """The end of every chain of languages."""

    def gettext(self, message: str) -> str:
        raise LookupError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise LookupError(msgid1)


class _Later(NullTranslations):
    """Translations that are read when one of them is asked for."""

    def __init__(self, read: Callable[[], NullTranslations]) -> None:
        super().__init__()
        self._read_on_demand = read

    def gettext(self, message: str) -> str:
        return self._read_on_demand().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._read_on_demand().ngettext(msgid1, msgid2, n)


class Catalogues:
    """The compiled catalogues below `folder` (`<language>/LC_MESSAGES/<domain>.mo`).

    A language that is missing, or lacks a text, speaks English: a letter that cannot be translated
    is still sent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = lru_cache(maxsize=64)(self._chain)
        self._found = lru_cache(maxsize=_CACHE_SIZE)(
            lambda tag, msgid: self._words(tag, msgid).gettext(msgid)
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are, in the order of their tags."""
        return tuple(sorted(path.parent.name for path in self._folder.glob("*/LC_MESSAGES")))

    def spoken(self, *preferred: str) -> str:
        """The first of these languages that there is a catalogue of (`tr-CY` is also `tr`), or English."""
        tags = (tag for want in preferred for tag in (want, want.partition("-")[0]))
        return next((tag for tag in tags if tag in self.languages), FALLBACK)

    def text(self, language: str, msgid: str, /, **values: object) -> str:
        """A text with its placeholders filled. Raises `LookupError` for a msgid or value that is missing."""
        return self.pattern(language, msgid) % values

    def pattern(self, language: str, msgid: str) -> str:
        """A text with its placeholders open. Raises `LookupError` for an unknown msgid."""
        return self._found(language, msgid)

    def count(self, language: str, msgid: str, n: float, /, **values: object) -> str:
        """A text in the plural form of `n`, its placeholder `%(n)s`. Raises `LookupError` as `text` does."""
        form = self._words(language, msgid).ngettext(msgid, f"{msgid}.many", ceil(n))
        return form % (values | {"n": f"{n:g}"})

    def why(self, language: str, amount: float, unit: str, added: tuple[float, str] | None = None) -> str:
        """Why a promise has its date: the period, and by how much it was `added` to."""
        period = self.count(language, f"words.why.{unit}", amount)
        if added is None:
            return period
        more = self.count(language, f"words.why.{added[1]}", added[0])
        return self.text(language, "words.why.extended", why=period, more=more)

    def _words(self, language: str, msgid: str) -> NullTranslations:
        return self._read(language, msgid.partition(".")[0])

    def _chain(self, language: str, domain: str) -> NullTranslations:
        path = self._folder / language / "LC_MESSAGES" / f"{domain}.mo"
        # English is read where a text is missing: most requests speak one language.
        after = _Unknown() if language == FALLBACK else _Later(lambda: self._read(FALLBACK, domain))
        if language not in self.languages or not path.exists():
            return after
        with path.open("rb") as compiled:
            words = GNUTranslations(compiled)
        words.add_fallback(after)
        return words
