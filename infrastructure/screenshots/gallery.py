"""docs/gallery.md: written from the same lists that the pictures are taken by."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from playwright.sync_api import Browser

HEAD = """\
# Gallery

What people see, with example data. `make pictures` takes all of it anew and writes this page, and
`make pictures ALBUM=letters` takes one album; `make letters` writes every letter in every language on one
page. How to add an album is said in `infrastructure/screenshots/albums/__init__.py`.
"""


class Shown(NamedTuple):
    """A picture by its name without ending, and what is to be seen for who does not see it."""

    name: str
    words: str


class Section(NamedTuple):
    """A table of pictures: `columns` are its headings."""

    title: str
    words: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Shown]]


class Album(Protocol):
    """What a module of `infrastructure/pictures/albums` has."""

    TITLE: str
    WORDS: str
    SECTIONS: Sequence[Section]

    def take(self, browser: Browser, folder: Path) -> None:
        """Puts all its pictures into the folder."""


def page(albums: Mapping[str, Album]) -> str:
    """The page, in Markdown; albums by the names of their folders."""
    return "\n".join([HEAD, *(line for name, album in albums.items() for line in _album(name, album))])


def _album(name: str, album: Album) -> Iterator[str]:
    yield from (f"## {album.TITLE}", "", album.WORDS, "")
    for section in album.SECTIONS:
        yield from (f"### {section.title}", "")
        if section.words:
            yield from (section.words, "")
        yield _row(section.columns)
        yield _row(["---"] * len(section.columns))
        for row in section.rows:
            yield _row([f"![{shown.words}](pictures/{name}/{shown.name}.webp)" for shown in row])
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
