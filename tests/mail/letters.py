"""Letters as they are called for, each with what it may hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from complaints.letters import Letter, LetterKind, Promise
from complaints.site import Site
from complaints.words import Outcome, Remedy, RemedyKind
from complaints.world.catalogues import Catalogues
from complaints.world.mailroom import Mailroom
from complaints.world.stationery import Stationery
from complaints.written import Reader, Rendered

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
URL = "https://complaints.example.org"
REFERENCE = "C-7K3M9-QX2HT-7"
LINK = f"{URL}/status/{REFERENCE}?t=tok-en_1"
RECEIVED = datetime(2026, 3, 4, 7, 15, 30, tzinfo=UTC)
DUE = datetime(2026, 4, 3, 15, 0, tzinfo=UTC)
WORDS = "Which of the two lamps was broken?\n\nA picture <helps> & is welcome."
READER = Reader("ada@example.org", "Ada Yılmaz")
ISTANBUL = Site(
    key="demo",
    name="Lamps & Co",
    zone="Europe/Istanbul",
    language="en",
    languages=("en", "tr"),
    holidays="tr",
    team="team@example.org",
    manager="manager@example.org",
)


def promise(**changed: Any) -> Promise:
    """A response within 30 days."""
    usual: dict[str, Any] = {"clock": "respond", "due": DUE, "amount": 30, "unit": "calendar_days"}
    return Promise(**usual | changed)


def letter(kind: LetterKind = LetterKind.ACKNOWLEDGEMENT, **changed: Any) -> Letter:
    """A letter of this kind to the complainant, in English."""
    usual: dict[str, Any] = {
        "id": "000001.1",
        "reference": REFERENCE,
        "site": ISTANBUL.key,
        "language": "en",
        "to": "complainant",
        "called_for": RECEIVED,
        "received_at": RECEIVED,
        "promises": (promise(),),
    }
    return Letter(kind=kind, **usual | changed)


def resolution(**changed: Any) -> Letter:
    """A decision with two remedies."""
    refund = Remedy(kind=RemedyKind.REFUND, amount="49.90", currency="GBP", by=date(2026, 4, 10))
    usual = {"outcome": Outcome.UPHELD, "remedies": (refund, Remedy(kind=RemedyKind.APOLOGY))}
    return letter(LetterKind.RESOLUTION, **usual | changed)


def escalation(**changed: Any) -> Letter:
    """A reminder to the owner that the response falls due."""
    usual: dict[str, Any] = {"to": "owner", "clock": "respond", "due": DUE}
    return letter(LetterKind.ESCALATION, **usual | changed)


STATIONERY = Stationery(TEMPLATES, Catalogues(TEMPLATES / "locale"))
MAILROOM = Mailroom(STATIONERY, URL)


@dataclass(frozen=True)
class Sample:
    """A letter with what it is rendered with."""

    name: str
    letter: Letter
    text: str | None = None
    link: str | None = LINK

    def rendered(self, reader: Reader = READER, site: Site = ISTANBUL) -> Rendered:
        return MAILROOM.render(self.letter, reader, site, text=self.text, link=self.link)


def samples(language: str) -> Iterator[Sample]:
    """Every letter in every shape, in one language."""
    paused = (promise(due=None, paused_since=RECEIVED),)
    yield Sample("acknowledgement", letter(language=language))
    yield Sample("question", letter(LetterKind.QUESTION, language=language), WORDS)
    yield Sample("question-paused", letter(LetterKind.QUESTION, language=language, promises=paused), WORDS)
    yield Sample("message", letter(LetterKind.MESSAGE, language=language), WORDS)
    yield Sample(
        "message-late", letter(LetterKind.MESSAGE, language=language, called_for=DUE.replace(day=4)), WORDS
    )
    for outcome in Outcome:
        yield Sample(f"resolution-{outcome}", resolution(language=language, outcome=outcome), WORDS)
    yield Sample("resolution-bare", resolution(language=language, remedies=()), WORDS)
    for to in ("owner", "team", "manager"):
        for late in (False, True):
            name = f"escalation-{to}-{'late' if late else 'soon'}"
            yield Sample(name, escalation(language=language, to=to, late=late), link=None)
