"""What became of a letter: the mail service took it, or it cannot be delivered.

A clock measures what happened: `Acknowledged` and `Responded` follow from the letter that was
taken, never from the one that was meant.
"""

from datetime import datetime

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
    return [
        sent,
        *told(
            complaint,
            command.letter,
            command.kind,
            command.about,
            Way.MAIL,
            given.now,
            given,
            command.message_id,
        ),
    ]


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


def told(
    complaint: Complaint,
    letter: str,
    kind: str,
    about: str | None,
    way: Way,
    told_at: datetime,
    given: Given,
    message_id: str | None = None,
) -> list[Fact]:
    """What follows when a letter to the complainant is out: `about` is the clock of an extension."""
    if kind == "extension" and about:
        return notice_taken(complaint, about, told_at, given)
    if kind == "acknowledgement" and complaint.acknowledged_at is None:
        return [Acknowledged(at=given.now, by=given.by, way=way, told_at=told_at, message_id=message_id)]
    if kind == "resolution" and _is_awaited(complaint, letter):
        return [Responded(at=given.now, by=given.by, way=way, told_at=told_at, message_id=message_id)]
    return []


def _is_awaited(complaint: Complaint, letter: str) -> bool:
    """Whether a letter tells the decision in force: an older one may have been long under way."""
    decision = complaint.decision
    if decision is None or not decision.is_on_its_way or complaint.stage is not Stage.INVESTIGATING:
        return False
    return int(letter.partition(".")[0]) > decision.entry
