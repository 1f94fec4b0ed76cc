"""Drafting a letter: what every letter says of its case, whatever else it tells.

By which way a letter to the complainant goes: as the person can, and wants to, be reached.

Copies of letters for those who complain together with the complainant, as it was agreed with each.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import JOINT, Letter, LetterKind, promise
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.people.parties import LettersWanted
from complaints.values.field_types import Way


def draft(complaint: Complaint, kind: LetterKind, place: str, at: datetime, **more: Any) -> Letter:
    """A letter of a kind, to the complainant unless `more` says otherwise; `place` becomes its id."""
    assert complaint.received_at is not None
    common: dict[str, Any] = {
        "language": complaint.language,
        "to": "complainant",
        "promises": tuple(promise(clock) for clock in complaint.promises()),
    }
    values = common | more
    return Letter(
        id=place,
        kind=kind,
        reference=complaint.reference,
        site=complaint.site,
        called_for=at,
        received_at=complaint.received_at,
        level=complaint.level,
        feedback=complaint.feedback,
        data_right=complaint.data_right,
        answers=complaint.last_mail if values["to"] == "complainant" else None,
        on_paper=values["to"] == "complainant" and way_of(complaint, kind) not in (Way.MAIL, Way.PAGE),
        **values,
    )


_BY_MAIL = frozenset(
    {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.THANKS,
        LetterKind.LINK,
        LetterKind.CONTACT,
        LetterKind.SURVEY,
    }
)
"""Letters that whoever has a mail address gets by mail: the receipt at once, and links."""

_TALKED_ABOUT = frozenset({LetterKind.QUESTION, LetterKind.MESSAGE, LetterKind.PROGRESS, LetterKind.REMINDER})
"""Letters in whose place whoever prefers the telephone is called; decisions and notices stay in writing."""

_IN_ORDER = (Way.MAIL, Way.POST, Way.TELEPHONE, Way.PAGE)


def way_of(complaint: Complaint, kind: LetterKind) -> Way:
    """The way in which a letter of this kind goes; by post what no detail of the person leads to.

    Nobody is called who needs no telephone calls.
    """
    preferred, reach = complaint.preferred_way, set(complaint.reach)
    if complaint.needs(AdjustmentKind.NO_TELEPHONE):
        reach.discard(Way.TELEPHONE)
    is_mail = Way.MAIL in reach and kind in _BY_MAIL
    is_said = preferred is not Way.TELEPHONE or kind in _TALKED_ABOUT
    if preferred in reach and is_said and not is_mail:
        return preferred
    return next((way for way in _IN_ORDER if way in reach), Way.POST)


_OF_ONE_PERSON = frozenset({LetterKind.LINK, LetterKind.CONTACT, LetterKind.SURVEY})
"""Letters that are about the complainant's own link, or own view."""

_DECISIONS = frozenset(
    {LetterKind.RESOLUTION, LetterKind.REFERRAL, LetterKind.CLOSING, LetterKind.SETTLEMENT}
)


def copies(complaint: Complaint, letters: Sequence[Letter]) -> Iterator[Letter]:
    """The copies of these letters. They open no page, and nothing hangs on whether they arrive."""
    place = len(letters)
    for letter in letters:
        for person in complaint.joint:
            if letter.to == "complainant" and _is_wanted(letter.kind, person.letters):
                place += 1
                yield replace(
                    letter,
                    id=f"{complaint.number:06d}.{place}",
                    to=JOINT,
                    address_entry=person.entry,
                    about=None,
                    answers=None,
                    on_paper=person.on_paper,
                )


def _is_wanted(kind: LetterKind, choice: LettersWanted) -> bool:
    if choice is LettersWanted.NONE or kind in _OF_ONE_PERSON:
        return False
    return choice is LettersWanted.ALL or kind in _DECISIONS
