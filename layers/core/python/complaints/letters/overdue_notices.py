"""Letters to the complainant about a promise that may be late or is late: the reason, and where to go."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.deadlines import DelayExplained, EscalationRaised, ReminderRaised
from complaints.case.fact import Fact
from complaints.clocks.external_bodies import body_of, open_until
from complaints.clocks.lifecycle import ANSWER
from complaints.letters.case_ended import invitation
from complaints.letters.content.blocks import paragraphs
from complaints.letters.draft import draft
from complaints.promise_packs.schema import HOLDING_LETTER, SIGNPOST, SURVEY, ExternalBody
from complaints.site.site import SiteTerms
from complaints.values.field_types import Feedback

COMPLAINANT = "complainant"
_OWNER, _TEAM = "owner", "team"
_DAYS_IN = {"weeks": 7, "calendar_days": 1}


def to_complainant(
    complaint: Complaint, fact: ReminderRaised | EscalationRaised, terms: SiteTerms, place: str
) -> Letter | None:
    """The letter of a rung to the complainant; `None` for a rung to staff.

    Where neither pack nor site names an external body, staff get the notice instead.
    """
    clock = complaint.clock(fact.clock)
    if clock.purpose == SURVEY and fact.to == COMPLAINANT:
        return invitation(complaint, fact.at, place)
    if fact.to == HOLDING_LETTER:
        return _unwritten(complaint, clock, fact, terms, place)
    pack = terms.pack_of(clock)
    body = _body(complaint, clock, terms)
    is_known = body is not None or (pack is not None and pack.external_body is not None)
    kinds = {COMPLAINANT: LetterKind.PROGRESS} | ({SIGNPOST: LetterKind.SIGNPOST} if is_known else {})
    kind = LetterKind.REMINDER if clock.purpose == ANSWER else kinds.get(fact.to)
    if kind is None:
        return None
    is_ours = kind is not LetterKind.REMINDER
    blocks = paragraphs(kind, complaint, terms, fact.at) if kind is LetterKind.SIGNPOST else ()
    return draft(
        complaint,
        kind,
        place,
        fact.at,
        clock=clock.purpose,
        due=clock.due,
        late=clock.due < fact.at,
        outcome=complaint.known_outcome if kind is LetterKind.SIGNPOST else None,
        external_body=body if is_ours else None,
        outside_until=open_until(complaint, fact.at, terms, pack=clock.pack) if is_ours else None,
        blocks=blocks,
    )


def explained_delay(complaint: Complaint, fact: DelayExplained, terms: SiteTerms, place: str) -> Letter:
    """The holding letter that a person wrote; of several clocks it names the one that is due first."""
    clock = min(map(complaint.clock, fact.clocks), key=lambda clock: clock.due)
    letter = _holding_letter(complaint, clock, fact.at, terms, place)
    return replace(letter, text_entry=complaint.number, due_on=fact.expected_on)


def _unwritten(
    complaint: Complaint, clock: Clock, fact: ReminderRaised | EscalationRaised, terms: SiteTerms, place: str
) -> Letter:
    """The holding letter that nobody wrote: the pack says when an answer may be expected."""
    later = clock.rungs[fact.rung].after
    assert later is not None, "a pack names the time after the due moment"
    amount, unit = later
    due_on = terms.calendar(clock.pack, clock.pack_version).date_of(clock.due)
    expected_on = due_on + timedelta(days=amount * _DAYS_IN[unit])
    return replace(_holding_letter(complaint, clock, fact.at, terms, place), due_on=expected_on)


def _holding_letter(complaint: Complaint, clock: Clock, at: datetime, terms: SiteTerms, place: str) -> Letter:
    return draft(
        complaint,
        LetterKind.HOLDING,
        place,
        at,
        clock=clock.purpose,
        due=clock.due,
        external_body=_body(complaint, clock, terms),
        blocks=paragraphs(LetterKind.HOLDING, complaint, terms, at),
    )


def _body(complaint: Complaint, clock: Clock, terms: SiteTerms) -> ExternalBody | None:
    is_request = complaint.feedback is Feedback.PERSONAL_DATA
    return body_of(terms.pack_of(clock), terms, is_request=is_request)


def is_overtaken(complaint: Complaint, fact: Fact, facts: Iterable[Fact]) -> bool:
    """Whether a reminder comes so late that the same entry holds the notice of the miss."""
    return isinstance(fact, ReminderRaised) and any(
        isinstance(other, EscalationRaised)
        and (other.clock, other.withheld_until) == (fact.clock, None)
        and _reader(complaint, other) == _reader(complaint, fact)
        for other in facts
    )


def _reader(complaint: Complaint, fact: ReminderRaised | EscalationRaised) -> str:
    return _TEAM if fact.to == _OWNER and complaint.assignee is None else fact.to
