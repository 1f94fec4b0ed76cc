"""The letter of a message to many complainants before it is sent, as the first of them gets it, and the
standard texts that fit them all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from complaints.casework.correspondence.messages import Message
from complaints.values.casework.bulk_commands import BulkCase
from complaints.values.errors import Invalid, NotFound, NotNow
from functions.forms.urlencoded import FormData
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.visit import Visit
from functions.use_cases.cases.case_access import CaseAccess, open_case
from functions.use_cases.cases.case_texts import BETWEEN, CaseTexts, OfferedText
from functions.use_cases.cases.case_view import HISTORY
from functions.use_cases.cases.letter_preview import PreviewedLetter, letters_after

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LETTER, INSERT = "letter", "insert"
"""What buttons of the form ask for: the letter, and the text that is chosen after what was typed."""

TRIED = 5
"""How many cases are looked for at most: one may be hidden from who asks by now."""


class BulkMessage(NamedTuple):
    """What the form of a message shows: the `text` with its standard texts (`chosen`), those that are
    `offered`, and the letters, if they were asked for."""

    text: str
    chosen: str
    offered: list[OfferedText]
    letters: list[PreviewedLetter] | None = None


def first_of(visit: Visit, cases: Iterable[BulkCase]) -> CaseAccess | None:
    """The first case that whoever asks may write to."""
    found = auth.claims(visit, Message.verb)
    for case in list(cases)[:TRIED]:
        try:
            return open_case(visit, case.reference, Message.verb, found, last=HISTORY)
        except NotFound:
            continue
    return None


def message_of(deps: "Container", language: str, at: CaseAccess, form: FormData) -> BulkMessage:
    """The message as the form has it, after what its button asks for."""
    offered = CaseTexts(deps, at, language).same_for_all(Message.verb)
    text, chosen = form.get("value", ""), form.get("texts", "")
    if form.get("step") == INSERT:
        for each in offered:
            if each.code == form.get(INSERT):
                text = BETWEEN.join(filter(None, (text.rstrip(), each.text)))
                chosen = f"{chosen} {each.code}".strip()
    shown = _letters(deps, at, text) if form.get("step") == LETTER else None
    return BulkMessage(text, chosen, offered, shown)


def _letters(deps: "Container", at: CaseAccess, text: str) -> list[PreviewedLetter]:
    """The letters to the complainant of one case; none where the text cannot be sent."""
    try:
        return letters_after(deps, at, [read(Message, {"text": text})])
    except (Invalid, NotNow):
        return []
