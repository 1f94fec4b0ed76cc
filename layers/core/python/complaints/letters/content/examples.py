"""Letters as they could be, each with what its kind says: what own words are tried on before they hold."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from complaints.case.correspondence.letter import (
    FORMER_ADDRESS,
    NOT_TO_COMPLAINANT,
    PROPOSED_ADDRESS,
    Block,
    Letter,
    LetterKind,
    Promise,
)
from complaints.case.people.contact_plan import ContactLimit
from complaints.clocks.lifecycle import ANSWER
from complaints.promise_packs.schema import PROGRESS, ExternalBody
from complaints.values.field_types import Feedback, Outcome, Remedy, RemedyKind

KINDS = tuple(kind for kind in LetterKind if kind not in NOT_TO_COMPLAINANT)
"""The letters that a site may have words of its own in."""

_REFERENCE = "C-7K3M9-QX2HT-7"
_ANOTHER = "C-2ABCD-EFGHJ-R"
_BODY = ExternalBody(name="Ombudsman", url="https://ombudsman.example/")
_SAYS_WHAT_STAFF_WROTE = frozenset(
    {
        LetterKind.QUESTION,
        LetterKind.MESSAGE,
        LetterKind.EXTENSION,
        LetterKind.HOLDING,
        LetterKind.RESOLUTION,
        LetterKind.CONTACT_LIMIT,
    }
)


def quotes(kind: LetterKind) -> bool:
    """Whether letters of a kind hold what staff wrote for them."""
    return kind in _SAYS_WHAT_STAFF_WROTE


def example(kind: LetterKind, site: str, language: str, now: datetime) -> Letter:
    """A letter of a kind to a complainant, called for at `now` (aware)."""
    later = now + timedelta(days=30)
    response = Promise(clock="respond", due=later, amount=30, unit="calendar_days")
    usual: dict[str, Any] = {
        "id": "000001.1",
        "reference": _REFERENCE,
        "site": site,
        "language": language,
        "to": "complainant",
        "called_for": now,
        "received_at": now,
        "promises": (response,),
    }
    return Letter(kind=kind, **usual | dict(_said(kind, later)))


def with_paragraph(letter: Letter, paragraph: str) -> Letter:
    """The example with a paragraph that promise packs ask for."""
    block = Block(words=paragraph, body=_BODY, due=letter.called_for, until=letter.called_for.date(), stage=1)
    return replace(letter, blocks=(block,))


def _said(kind: LetterKind, later: datetime) -> Mapping[str, Any]:
    """The parts of letters of a kind, besides those that all have."""
    late = {"clock": PROGRESS, "due": later, "external_body": _BODY, "outside_until": later.date()}
    decided = {"outcome": Outcome.UPHELD, "remedies": (Remedy(kind=RemedyKind.APOLOGY),), "answer_by": later}
    more: dict[LetterKind, dict[str, Any]] = {
        LetterKind.THANKS: {"feedback": Feedback.PRAISE, "promises": ()},
        LetterKind.RECLASSIFICATION: {"clock": "respond", "due": later},
        LetterKind.EXTENSION: {"clock": "respond", "due": later},
        LetterKind.HOLDING: {
            "clock": "respond",
            "due": later,
            "due_on": later.date(),
            "external_body": _BODY,
        },
        LetterKind.RESOLUTION: {"promises": (), **decided},
        LetterKind.REMINDER: {"clock": ANSWER, "due": later, "promises": ()},
        LetterKind.REVIEW: {"level": 2, "outcome": Outcome.NOT_UPHELD},
        LetterKind.REFERRAL: {"level": 3, "promises": (), "external_body": _BODY},
        LetterKind.PROGRESS: late,
        LetterKind.SIGNPOST: late,
        LetterKind.FORMER_ADDRESS: {"to": FORMER_ADDRESS, "promises": ()},
        LetterKind.CONFIRM_ADDRESS: {"to": PROPOSED_ADDRESS, "promises": ()},
        LetterKind.MERGED: {"other": _ANOTHER},
        LetterKind.CONTACT_LIMIT: {"limit": ContactLimit.IN_WRITING, "due_on": later.date()},
        LetterKind.CLOSING: {"promises": (), "ended_because": "accepted"},
        LetterKind.SETTLEMENT: {"promises": ()},
        LetterKind.SURVEY: {"promises": (), "answer_by": later},
    }
    return more.get(kind, {})
