"""Notices and invitations that waited until nobody needed them: for open hours, for a digest, or in a late
stream."""

from complaints.model.complaint import Complaint
from complaints.model.letter import Letter, LetterKind

_OF_A_PROMISE = (LetterKind.ESCALATION, LetterKind.REMINDER, LetterKind.SURVEY)


def is_obsolete(letter: Letter, complaint: Complaint) -> bool:
    """Whether it is of a promise that was kept, or is asked for no more, before the letter left; or tells
    somebody of a case that is not theirs any more, or over."""
    if letter.kind is LetterKind.ASSIGNMENT:
        return complaint.assignee != letter.member or not complaint.stage.is_open
    if letter.kind not in _OF_A_PROMISE:
        return False
    return not any(clock.purpose == letter.clock for clock in complaint.clocks if clock.stopped_at is None)
