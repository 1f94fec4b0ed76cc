"""Letters in words: what a letter says in its reader's language, as text and as HTML."""

import unicodedata
from urllib.parse import quote

from msgspec import Struct

from complaints.letters import Letter
from complaints.site import Site
from complaints.world.stationery import Stationery


class Reader(Struct, frozen=True):
    """Who gets a letter; a complainant need not have a name."""

    email: str
    name: str | None = None

    @property
    def called(self) -> str | None:
        """The name, if it can only be a name: letters, and dots, hyphens and apostrophes that end no link.

        Others decide what stands there, and our letters must not carry their links (abuse case 27).
        """
        name = self.name or ""
        words = name.replace("-", " ").replace("'", " ").replace("’", " ").split()
        return name if words and all(_is_letters(word.removesuffix(".")) for word in words) else None


class Rendered(Struct, frozen=True):
    """A letter in words: a subject of one line, and the same facts as text and as HTML."""

    language: str
    subject: str
    text: str
    html: str


class Mailroom:
    """Writes letters on the stationery; `url` is this installation's public address."""

    def __init__(self, stationery: Stationery, url: str) -> None:
        self._stationery = stationery
        self._url = url

    def render(
        self, letter: Letter, reader: Reader, site: Site, *, text: str | None = None, link: str | None = None
    ) -> Rendered:
        """The letter in the first language that there is: its own, the site's, English.

        `text` is what staff wrote for it, `link` opens the complainant's page; each stays `None` in
        letters that have none.
        """
        language = self._stationery.spoken(letter.language, site.language)

        def part(name: str) -> str:
            return self._stationery.fill(
                f"mail/{letter.kind}/{name}",
                language=language,
                zone=site.zone,
                letter=letter,
                site=site,
                name=reader.called,
                text=text,
                link=link,
                procedure=f"{self._url}/procedure?site={quote(site.key)}",
            )

        return Rendered(
            language, part("subject.txt").strip(), part("body.txt").strip() + "\n", part("body.html")
        )


def _is_letters(word: str) -> bool:
    return all(unicodedata.category(sign)[0] in "LM" for sign in word)
