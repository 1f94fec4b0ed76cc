"""Every letter as it could be, in every language that there are words in: written without a run, and the same
each time."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import Templates
from complaints.adapters.mail.letter_renderer import LetterRenderer
from complaints.case.correspondence.letter import (
    INVITED,
    MAILS,
    NOT_TO_COMPLAINANT,
    Letter,
    LetterKind,
    TaskStep,
)
from complaints.delivery.rendered_letter import Reader, Rendered
from complaints.letters.content.examples import KINDS, example, quotes
from complaints.letters.notices.digest import with_lines
from complaints.values.people import Role
from infrastructure.local.seed import sites

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
URL = "https://complaints.example.org"
NOW = datetime(2026, 3, 4, 7, 15, tzinfo=UTC)
DUE = NOW + timedelta(days=30)

CATALOGUES = Catalogues(TEMPLATES / "locale")
MAILROOM = LetterRenderer(Templates(TEMPLATES, CATALOGUES), URL)
_SITE = sites()[0]
_TO_OTHERS: Mapping[LetterKind, Mapping[str, Any]] = {
    LetterKind.ESCALATION: {"clock": "respond", "due": DUE},
    LetterKind.ACTION: {"action": "training_given", "due_on": DUE.date()},
    LetterKind.TASK: {"task": "1", "step": TaskStep.ASKED, "due_on": DUE.date()},
    LetterKind.REQUEST: {"to": "unit", "task": "1", "step": TaskStep.ASKED, "due_on": DUE.date()},
    LetterKind.ASSIGNMENT: {"clock": "respond", "due": DUE},
    LetterKind.FAILURE: {"lost": LetterKind.RESOLUTION, "by_post": True},
    LetterKind.NOTICE: {"to": "manager"},
    LetterKind.SAFETY: {"known_by": "told", "due": NOW + timedelta(hours=4)},
    LetterKind.DIGEST: {},
    LetterKind.INVITATION: {
        "to": INVITED,
        "roles": (Role.AGENT, Role.REVIEWER),
        "site_names": (_SITE.name,),
        "answer_by": DUE,
    },
}


class Shown(NamedTuple):
    """A letter in words, and in which language they were wished for."""

    kind: LetterKind
    language: str
    rendered: Rendered


def every_letter() -> Iterator[Shown]:
    """Each kind in each language."""
    for kind in MAILS:
        for language in CATALOGUES.languages:
            yield shown(kind, language)


def shown(kind: LetterKind, language: str, *, text: str | None = None) -> Shown:
    """One letter; `text` is what staff wrote for it, else words say that it stands there."""
    letter = (
        _to_others(kind, language) if kind in NOT_TO_COMPLAINANT else example(kind, _SITE.key, language, NOW)
    )
    is_ours = kind in KINDS
    rendered = MAILROOM.render(
        letter,
        Reader(
            name=CATALOGUES.text(language, "mail.example.name"),
            sought=CATALOGUES.text(language, "mail.example.sought"),
        ),
        _SITE,
        text=text or CATALOGUES.text(language, "mail.example.text") if quotes(kind) else None,
        link=f"{URL}/status/{letter.reference}?t=example" if is_ours else _elsewhere(letter),
        replies=is_ours,
    )
    return Shown(kind, language, rendered)


def _elsewhere(letter: Letter) -> str:
    """The task, the case at the desk, or what the addresses of a digest's cases begin with."""
    if letter.kind is LetterKind.REQUEST:
        return f"{URL}/tasks/{letter.reference}/{letter.task}?t=example"
    return f"{URL}/desk/cases" + ("" if letter.kind is LetterKind.DIGEST else f"/{letter.reference}")


def _to_others(kind: LetterKind, language: str) -> Letter:
    """A letter to an owner or a unit; a digest tells of each other kind that may be its line."""
    usual = example(kind, _SITE.key, language, NOW)
    if kind is not LetterKind.DIGEST:
        return replace(usual, **{"to": "owner", **_TO_OTHERS[kind]})
    lines = (LetterKind.ESCALATION, LetterKind.ASSIGNMENT, LetterKind.FAILURE)
    return with_lines(replace(usual, to="owner"), tuple(_to_others(each, language) for each in lines))
