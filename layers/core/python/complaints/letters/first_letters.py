"""First letters: to an address that nobody has shown to be theirs, which robots have us write to."""

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.context.case import ClaimedLetter
from complaints.delivery.rate_limits import FIRST, RECEIPTS
from complaints.letters.case_ended import WITHDRAWN
from complaints.values.field_types import Channel, Feedback, Stage, Way

_BY_ITSELF = (Channel.WEB, Channel.EMAIL)
"""Channels by which a complaint is taken without staff."""

_ENDS = (LetterKind.CLOSING, LetterKind.SETTLEMENT)


def is_first(letter: Letter, complaint: Complaint) -> bool:
    """Whether a letter is the first that its reader gets: also that of the end, where none was before. A
    receipt that was read on the page was no mail: robots read theirs there, too."""
    if letter.kind in FIRST:
        return True
    had_mail = complaint.acknowledged_at is not None and not complaint.acknowledged_on_page
    return letter.to == "complainant" and letter.kind in _ENDS and not had_mail


def is_taken_by_staff(complaint: Complaint) -> bool:
    """Whether somebody of staff spoke to the person, or had their letter, before there was a case; or found
    it to be a complaint that had been closed with a flood."""
    return complaint.channel not in _BY_ITSELF or complaint.taken_up is not None


def may_be_asked_for(complaint: Complaint) -> bool:
    """Whether somebody may look for a receipt that has not left: of a complaint that was sent by itself, and
    that nobody worked on so far."""
    return (
        complaint.channel in _BY_ITSELF
        and complaint.feedback is Feedback.COMPLAINT
        and complaint.acknowledged_at is None
        and complaint.stage is Stage.RECEIVED
        and Way.MAIL in complaint.reach
    )


def is_receipt(letter: Letter) -> bool:
    """Whether a letter says that a complaint, or other feedback, was received."""
    return letter.kind in RECEIPTS


def is_shown_by_mail(letter: Letter, complaint: Complaint) -> bool:
    """Whether a mail came from where a letter goes to, whose sender is authenticated: the complaint, or an
    answer since that address is in force. Nothing shows whose an address is that is only proposed."""
    if letter.to != "complainant":
        return False
    since = complaint.contact.email
    came_by_mail = complaint.channel is Channel.EMAIL and since <= 1
    return came_by_mail or (complaint.last_mail or 0) > since


def is_held(letter: Letter, complaint: Complaint) -> bool:
    """Whether a letter waits as long as the site holds automatic letters back, and counts for its mailbox: a
    receipt, or one of the end that staff had no part in. What they write leaves at once."""
    if not is_first(letter, complaint) or is_taken_by_staff(complaint):
        return False
    if letter.kind not in _ENDS:
        return True
    was_taken_up = complaint.assessed_at or complaint.decision or complaint.stage_before_question
    return letter.ended_because == WITHDRAWN and not was_taken_up


def is_of_flood(letter: Letter, complaint: Complaint) -> bool:
    """Whether a letter is of a case that was closed with a flood: nobody is behind it whom it would reach.
    What a person asks for afterwards leaves, and so does what staff write: one of them may be real. That a
    letter of before did not arrive tells staff nothing."""
    if not complaint.is_flood or complaint.ended_at is None:
        return False
    return letter.called_for <= complaint.ended_at or letter.kind is LetterKind.FAILURE


def is_needless(claimed: ClaimedLetter, complaint: Complaint) -> bool:
    """Whether a receipt that waited, and certainly never left, is overtaken by the letter of the end, or by
    that of a case which was closed with a flood and taken up again."""
    was_tried = claimed.doubtful or claimed.message_id is not None
    is_of_before = complaint.taken_up is not None and int(claimed.letter.id[:6]) < complaint.taken_up
    if is_of_before and not was_tried and claimed.letter.kind in RECEIPTS:
        return True
    has_waited = claimed.attempts > 1 or claimed.holds > 0
    return has_waited and not was_tried and claimed.letter.kind in RECEIPTS and not complaint.stage.is_open
