"""What became of a letter: the mail service took it, or it cannot be delivered.

A clock measures what happened: `Acknowledged` and `Responded` follow from the letter that was
taken, never from the one that was meant.
"""

from datetime import datetime

from msgspec.structs import replace

from complaints.commands.case import LetterRefused, LetterTaken
from complaints.context.decision_context import Context
from complaints.events.case import Acknowledged, LetterFailed, LetterSent, Responded
from complaints.events.correspondence.letters import AddressFailed
from complaints.events.event import Fact
from complaints.events.outcome.survey import SurveySent
from complaints.model.complaint import Complaint
from complaints.model.correspondence.letter import COPY, NOT_TO_COMPLAINANT, TO_UNITS, LetterKind
from complaints.rules.deadline_extension import notice_lost, notice_taken
from complaints.values.field_types import Stage, Way


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


def sent(complaint: Complaint, fact: LetterSent) -> Complaint:
    return complaint


def failed(complaint: Complaint, fact: LetterFailed) -> Complaint:
    """A decision whose letter failed may be sent again in another way; staff get one notice of it.

    A failed webhook blocks nothing, and may be sent again and fail again. Of a case that is being erased
    nobody gets a notice.
    """
    if fact.kind == LetterKind.WEBHOOK:
        return complaint
    complaint = replace(complaint, failed_letters=(*complaint.failed_letters, fact.letter))
    if complaint.erasure:
        return complaint
    is_theirs = fact.kind not in {*NOT_TO_COMPLAINANT, COPY} and Way.MAIL in complaint.reach
    if is_theirs or fact.kind in TO_UNITS:
        complaint = replace(complaint, notices=complaint.notices.and_one(fact.at))
    decision = complaint.decision
    if fact.kind == "resolution" and decision and complaint.stage is Stage.INVESTIGATING:
        return replace(complaint, decision=replace(decision, issued=False))
    return complaint


def address_failed(complaint: Complaint, fact: AddressFailed) -> Complaint:
    """Letters are printed from now on, and staff get a notice that they wait to be posted."""
    return replace(complaint, reach=tuple(way for way in complaint.reach if way is not Way.MAIL))


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
