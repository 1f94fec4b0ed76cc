"""What became of a letter: the mail service took it, or it cannot be delivered.

A clock measures what happened: `Acknowledged` and `Responded` follow from the letter that was
taken, never from the one that was meant.
"""

from msgspec.structs import replace

from complaints.commands import LetterRefused, LetterTaken
from complaints.complaint import Complaint
from complaints.extension import notice_lost, notice_taken
from complaints.fact import Fact
from complaints.facts import Acknowledged, LetterFailed, LetterSent, Responded
from complaints.given import Given
from complaints.words import Stage, Way


def taken(complaint: Complaint, command: LetterTaken, given: Given) -> list[Fact]:
    """The letter is out, and what it told is told."""
    sent = LetterSent(
        at=given.now,
        by=given.by,
        letter=command.letter,
        kind=command.kind,
        message_id=command.message_id,
        doubtful=command.doubtful,
    )
    return [sent, *_told(complaint, command, given)]


def refused(complaint: Complaint, command: LetterRefused, given: Given) -> list[Fact]:
    """The letter cannot be delivered; the desk is shown."""
    failed = LetterFailed(
        at=given.now, by=given.by, letter=command.letter, kind=command.kind, reason=command.reason
    )
    return [failed, *(notice_lost(command.about, given) if command.about else ())]


def sent(complaint: Complaint, fact: LetterSent) -> Complaint:
    return complaint


def failed(complaint: Complaint, fact: LetterFailed) -> Complaint:
    """A decision whose letter failed may be told again, in another way."""
    complaint = replace(complaint, failed_letters=(*complaint.failed_letters, fact.letter))
    decision = complaint.decision
    if fact.kind == "resolution" and decision and complaint.stage is Stage.INVESTIGATING:
        return replace(complaint, decision=replace(decision, issued=False))
    return complaint


def _told(complaint: Complaint, command: LetterTaken, given: Given) -> list[Fact]:
    now, by, message_id = given.now, given.by, command.message_id
    if command.kind == "extension" and command.about:
        return notice_taken(complaint, command.about, now, given)
    if command.kind == "acknowledgement" and complaint.acknowledged_at is None:
        return [Acknowledged(at=now, by=by, way=Way.MAIL, told_at=now, message_id=message_id)]
    if command.kind == "resolution" and complaint.stage is Stage.INVESTIGATING:
        return [Responded(at=now, by=by, way=Way.MAIL, told_at=now, message_id=message_id)]
    return []
