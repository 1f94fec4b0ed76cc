"""What is to be seen in a picture, and how it is looked at."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from playwright.sync_api import Browser

from infrastructure.screenshots.chromium import DESKTOP, PHONE, opened, take_picture
from infrastructure.screenshots.gallery import Section, Shown

Cast = TypeVar("Cast")
"""What an album has made ready for its scenes: a run, and who acts in it."""

LANGUAGES = {"en": "English", "tr": "Turkish", "ar": "Arabic"}
WINDOWS = {"phone": PHONE, "desktop": DESKTOP}


class View(NamedTuple):
    """How pages are viewed: in which language, in which window, in light or dark mode."""

    language: str
    window: Literal["phone", "desktop"]
    scheme: Literal["light", "dark"] = "light"

    @property
    def words(self) -> str:
        """As a heading says it: "Turkish, phone"."""
        return f"{LANGUAGES[self.language]}, {self.window}{', dark' if self.scheme == 'dark' else ''}"


class Scene(NamedTuple, Generic[Cast]):
    """One state of one surface; `see` brings a page there, in a language.

    `state` begins the names of its pictures, `words` say what is to be seen; a scene that is not `whole`
    ends with the window, as a dialog does that stands before a page.
    """

    state: str
    words: str
    views: Sequence[View]
    see: Callable[[Any, Cast, str], None]
    whole: bool = True

    def pictures(self) -> Iterator[tuple[str, View]]:
        """The name of each picture, without its ending, and how it is looked at."""
        for view in self.views:
            dark = "-dark" if view.scheme == "dark" else ""
            yield f"{self.state}-{view.language}-{view.window}{dark}", view

    def section(self) -> Section:
        """Its pictures side by side in the gallery."""
        shown = [Shown(name, f"{self.words}: {view.words}") for name, view in self.pictures()]
        return Section(self.words, "", [view.words for view in self.views], [shown])

    def take(self, browser: Browser, folder: Path, cast: Cast) -> None:
        """Takes all its pictures."""
        for name, view in self.pictures():
            window = WINDOWS[view.window]
            with opened(browser, viewport=window, color_scheme=view.scheme, locale=view.language) as page:
                self.see(page, cast, view.language)
                take_picture(page, folder / f"{name}.webp", whole=self.whole)
