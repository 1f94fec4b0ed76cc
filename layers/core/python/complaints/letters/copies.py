"""Copies of letters for those who complain together with the complainant, as it was agreed with each."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import JOINT, Letter, LetterKind
from complaints.case.people.parties import LettersWanted

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
