"""The last letters of a case (clauses 7.9 and 8.3), and the one that tells of a merge."""

from datetime import datetime

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.outcome.survey import OPEN_FOR
from complaints.case.process.closing import Closed, Withdrawn
from complaints.case.record.merging import Absorbed
from complaints.letters.content.blocks import paragraphs
from complaints.letters.draft import draft
from complaints.promise_packs.schema import SURVEY
from complaints.site.site import SiteTerms
from complaints.values.field_types import ClosingReason, Feedback, Remedy

WITHDRAWN = "withdrawn"
WITH_LETTER = frozenset(
    {
        ClosingReason.ACCEPTED,
        ClosingReason.NO_ANSWER,
        ClosingReason.REFUSED,
        ClosingReason.EXTERNAL_DECIDED,
    }
)
"""Reasons that the complainant is written of; the others are about people whom no letter reaches or helps."""


def closing(complaint: Complaint, fact: Closed | Withdrawn, terms: SiteTerms, place: str) -> Letter | None:
    """Why the case is closed, what remains to do, and how to come back."""
    reason = fact.reason if isinstance(fact, Closed) else WITHDRAWN
    is_request = complaint.feedback is Feedback.PERSONAL_DATA
    if isinstance(fact, Closed) and reason not in WITH_LETTER and not is_request:
        return None
    remedies = tuple(each.remedy for each in complaint.remedies_owed)
    if reason == ClosingReason.ACCEPTED and any(clock.settles_early(fact.at) for clock in complaint.clocks):
        return _settlement(complaint, fact.at, terms, place, remedies)
    award = complaint.award if reason == ClosingReason.EXTERNAL_DECIDED else None
    refusal = fact if isinstance(fact, Closed) and fact.ground else None
    return draft(
        complaint,
        LetterKind.CLOSING,
        place,
        fact.at,
        ended_because=reason,
        ground=refusal.ground if refusal else None,
        text_entry=complaint.number if refusal and refusal.text else None,
        outcome=award.outcome if award else None,
        remedies=remedies,
        blocks=paragraphs(LetterKind.CLOSING, complaint, terms, fact.at) if is_request else (),
    )


def _settlement(
    complaint: Complaint, at: datetime, terms: SiteTerms, place: str, remedies: tuple[Remedy, ...]
) -> Letter:
    """What is settled within the short period of a law ends with a letter of its own (DISP 1.5.4R)."""
    blocks = paragraphs(LetterKind.SETTLEMENT, complaint, terms, at)
    return draft(complaint, LetterKind.SETTLEMENT, place, at, remedies=remedies, blocks=blocks)


def invitation(complaint: Complaint, at: datetime, place: str) -> Letter:
    """Asks how the complaint was handled, and says until when an answer is waited for."""
    return draft(complaint, LetterKind.SURVEY, place, at, clock=SURVEY, answer_by=at + OPEN_FOR, promises=())


def merged(complaint: Complaint, fact: Absorbed, terms: SiteTerms, place: str) -> Letter:
    """Written in the case that goes on: its reference and its dates are those that hold now."""
    return draft(complaint, LetterKind.MERGED, place, fact.at, other=fact.source)
