"""Letters as mail: what a letter says in its reader's language, and the message that carries it."""

import re
import unicodedata
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from complaints.letters import Letter, LetterKind
from complaints.ports import PostRefused
from complaints.site import Site
from complaints.world.stationery import Stationery

_NO_HEADER = ("Cc", "Cf", "Cs", "Zl", "Zp")


class Reader(Struct, frozen=True):
    """Who gets a letter; a complainant need not have a name."""

    email: str
    name: str | None = None


class Rendered(Struct, frozen=True):
    """A letter in words: one line of subject, and the same facts as text and as HTML."""

    language: str
    subject: str
    text: str
    html: str


class Mailroom:
    """Writes letters with the templates below `templates`; `url` is this installation's public address, and
    `sender` the mail address that all letters come from."""

    def __init__(self, templates: Path, url: str, sender: str) -> None:
        self._stationery = Stationery(templates)
        self._url = url
        self._sender = sender

    def render(
        self, letter: Letter, reader: Reader, site: Site, *, text: str | None = None, link: str | None = None
    ) -> Rendered:
        """The letter in the first language that there is: its own, the site's, English.

        `text` is what staff wrote in it; `link` opens the complainant's page. Raises
        `jinja2.UndefinedError` where the letter needs one that is not given.
        """
        ...
