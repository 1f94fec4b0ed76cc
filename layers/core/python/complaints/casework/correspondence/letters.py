"""Letters on their way: the mail service took one, or it cannot be delivered; one on paper was posted.

A clock measures what happened: `Acknowledged` and `Responded` follow from the letter that was
taken, never from the one that was meant.
"""

from datetime import datetime

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letters import AddressFailed, LetterFailed, LetterSent
from complaints.case.fact import Fact
from complaints.case.outcome.decision import Responded
from complaints.case.outcome.survey import SurveySent
from complaints.case.process.acknowledgement import Acknowledged
from complaints.casework.command import Command, StaffCommand
from complaints.casework.correspondence.deadline_extension import notice_lost, notice_taken
from complaints.context.decision_context import Context
from complaints.values.field_types import ShortText, Stage, Way


class LetterTaken(Command, frozen=True, kw_only=True):
    """The mail service took a letter: now, or at the moment `taken_at` that it tells of later; or it can be
    read from now on `on_page`, by whoever stays anonymous.

    `digest` and `recipient` say what was sent to whom (`delivery/letter_digest.py`).
    """

    verb = "letter_taken"
    letter: str
    kind: str
    message_id: str
    about: str | None = None
    doubtful: bool = False
    taken_at: datetime | None = None
    digest: str = ""
    recipient: str = ""
    on_page: bool = False


class LetterRefused(Command, frozen=True, kw_only=True):
    """A letter cannot be delivered; `address_fails` when no mail reaches the complainant any more."""

    verb = "letter_refused"
    letter: str
    kind: str
    reason: str
    about: str | None = None
    address_fails: bool = False


class Posted(StaffCommand, frozen=True, kw_only=True):
    """A letter was printed and posted, or handed over; `letter` is its id."""

    verb = "posted"
    letter: ShortText
    at: datetime


def taken(complaint: Complaint, command: LetterTaken, context: Context) -> list[Fact]:
    """Records that the letter was sent, and what was communicated by it. Of a case that is being erased that
    it was sent is all that matters, and it holds no word."""
    sent = LetterSent(
        at=context.now,
        by=context.by,
        letter=command.letter,
        kind=command.kind,
        message_id=command.message_id,
        doubtful=command.doubtful,
        digest=command.digest,
        recipient=command.recipient,
        way=Way.PAGE if command.on_page else None,
    )
    if complaint.erasure:
        return [sent]
    return [
        sent,
        *facts_once_communicated(
            complaint,
            command.letter,
            command.kind,
            command.about,
            Way.PAGE if command.on_page else Way.MAIL,
            command.taken_at or context.now,
            context,
            command.message_id,
        ),
    ]


def refused(complaint: Complaint, command: LetterRefused, context: Context) -> list[Fact]:
    """The letter cannot be delivered; the desk is shown. Said again, it is nothing new."""
    if command.letter in complaint.failed_letters:
        return []
    failed = LetterFailed(
        at=context.now, by=context.by, letter=command.letter, kind=command.kind, reason=command.reason
    )
    if complaint.erasure:
        return [failed]
    return [failed, *_notice_lost(complaint, command, context), *_address_lost(complaint, command, context)]


def _notice_lost(complaint: Complaint, command: LetterRefused, context: Context) -> list[Fact]:
    """A notice that was taken in time counts, whatever became of it afterwards."""
    is_asked = command.about and complaint.clock(command.about).added is None
    return notice_lost(command.about, context) if command.about and is_asked else []


def _address_lost(complaint: Complaint, command: LetterRefused, context: Context) -> list[Fact]:
    """Once for an address: a dead one is written to no more, the mail service's or ours.

    A letter that was called for before the address was corrected says nothing of the one in force.
    """
    is_earlier = is_before_address(command.letter, complaint)
    if not command.address_fails or is_earlier or Way.MAIL not in complaint.reach:
        return []
    return [AddressFailed(at=context.now, by=context.by, letter=command.letter, reason=command.reason)]


def facts_once_communicated(
    complaint: Complaint,
    letter: str,
    kind: str,
    about: str | None,
    way: Way,
    told_at: datetime,
    context: Context,
    message_id: str | None = None,
) -> list[Fact]:
    """What follows when a letter to the complainant is out: `about` is the clock of an extension."""
    if kind == "extension" and about:
        return notice_taken(complaint, about, told_at, context)
    if kind == "acknowledgement" and complaint.acknowledged_at is None:
        return [Acknowledged(at=context.now, by=context.by, way=way, told_at=told_at, message_id=message_id)]
    if kind == "resolution" and _is_awaited(complaint, letter):
        return [Responded(at=context.now, by=context.by, way=way, told_at=told_at, message_id=message_id)]
    if kind == "survey":
        return _survey_sent(complaint, letter, told_at, context)
    return []


def _survey_sent(complaint: Complaint, letter: str, told_at: datetime, context: Context) -> list[Fact]:
    """The first invitation counts."""
    if complaint.survey:
        return []
    return [SurveySent(at=context.now, by=context.by, letter=letter, told_at=told_at)]


def _is_awaited(complaint: Complaint, letter: str) -> bool:
    """Whether a letter tells the decision in force: an older one may have been long under way."""
    decision = complaint.decision
    if decision is None or not decision.is_on_its_way or complaint.stage is not Stage.INVESTIGATING:
        return False
    return _entry_of(letter) > decision.entry


def is_before_address(letter: str, complaint: Complaint) -> bool:
    """Whether a letter was called for before the mail address in force was on record."""
    return _entry_of(letter) < complaint.contact.email


def _entry_of(letter: str) -> int:
    """The number of the entry that called for a letter."""
    return int(letter.partition(".")[0])
