"""Letters in words: what a letter says in its reader's language, as text and as HTML."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from complaints.adapters.i18n.templates import Templates
from complaints.adapters.mail.mime_message import compose, with_files
from complaints.case.correspondence.letter import TO_STAFF, TO_UNITS, Letter
from complaints.delivery.rendered_letter import PointWords, Reader, Rendered
from complaints.delivery.reply_address import BORDER
from complaints.site.site import Site
from complaints.values.field_types import Feedback

_SUBJECT = "complainant-subject.txt"
"""One for all letters to the complainant of a case: mail programs put into one thread what has the same
subject."""

_PAPER = {False: "paper", True: "paper_no_telephone"}
"""How a letter without a link asks for an answer, by whether nobody is to offer to telephone."""


class LetterRenderer:
    """Writes letters on the stationery; `url` is this installation's public address."""

    def __init__(self, templates: Templates, url: str) -> None:
        self._stationery = templates
        self._url = url

    def message(
        self,
        letter: Letter,
        reader: Reader,
        site: Site,
        *,
        sender: str,
        text: str | None,
        link: str | None,
        points: Sequence[PointWords] = (),
        reply_to: str | None = None,
        answered: Sequence[str] = (),
    ) -> bytes:
        """The letter as it is handed to the mail service (RFC 5322). Raises `PostRefused`.

        `answered` are the Message-IDs of the reader's own mails.
        """
        rendered = self.render(
            letter, reader, site, text=text, link=link, points=points, replies=reply_to is not None
        )
        return compose(
            letter,
            rendered,
            sender=sender,
            sender_name=self.sender_name(site, rendered.language),
            to=reader.email,
            reply_to=reply_to,
            answered=answered,
        )

    def with_files(self, message: bytes, letter: Letter, files: Sequence[tuple[str, bytes]]) -> bytes:
        """The message of a letter, and PDF files with it, each with its name."""
        return with_files(message, letter, files)

    def sender_name(self, site: Site, language: str) -> str:
        """The name that mail of a site is from: what it calls itself in letters of a language."""
        return site.texts.letterhead.sender.get(language, site.name)

    def render(
        self,
        letter: Letter,
        reader: Reader,
        site: Site,
        *,
        text: str | None = None,
        link: str | None = None,
        points: Sequence[PointWords] = (),
        replies: bool = False,
    ) -> Rendered:
        """The letter in the first language that there is: its own, the site's, English.

        `text` is what staff wrote for it. `link` opens the complainant's page, or the case at the desk; of a
        digest its cases, each by its reference below. Each stays `None` in letters that have none. `replies`
        says that an answer to the mail reaches us.
        """
        language = self._stationery.spoken(letter.language, site.language)

        def part(name: str) -> str:
            return self._part(
                name,
                letter,
                reader,
                site,
                language=language,
                text=text,
                link=link,
                points=points,
                replies=replies,
            )

        subject = "subject.txt" if letter.kind in TO_STAFF | TO_UNITS else _SUBJECT
        return Rendered(language, part(subject).strip(), part("body.txt").strip() + "\n", part("body.html"))

    def printed(
        self,
        letter: Letter,
        reader: Reader,
        site: Site,
        *,
        style: tuple[str, str],
        text: str | None = None,
        link: str | None = None,
        points: Sequence[PointWords] = (),
    ) -> str:
        """The letter as a page that is printed; `style` is its style sheet: its address and integrity."""
        language = self._stationery.spoken(letter.language, site.language)
        return self._part(
            "body.html",
            letter,
            reader,
            site,
            language=language,
            text=text,
            link=link,
            points=points,
            printed={"style": style, "address": reader.address},
        )

    def _part(self, name: str, letter: Letter, reader: Reader, site: Site, **values: Any) -> str:
        common: dict[str, Any] = {
            "zone": site.zone,
            "letter": letter,
            "site": site,
            "name": reader.called,
            "instead_of": reader.instead_of,
            "away_until": reader.away_until,
            "large_print": reader.large_print,
            "what": "complaint" if letter.feedback == Feedback.COMPLAINT else "feedback",
            "way": "page" if values["link"] else "paper",
            "reply_way": "page" if values["link"] else _PAPER[reader.no_telephone],
            "no_telephone": reader.no_telephone,
            "plain_language": reader.plain_language,
            "no_reviewer": reader.no_reviewer,
            "sought": reader.sought,
            "invited_by": reader.invited_by_name,
            "enclosed": [each.name for each in letter.enclosures],
            "procedure": f"{self._url}/procedure?site={quote(site.key)}",
            "printed": None,
            "replies": False,
            "border": BORDER,
        }
        folder = "_base" if name == _SUBJECT else letter.kind
        return self._stationery.fill(f"mail/{folder}/{name}", **(common | values))
