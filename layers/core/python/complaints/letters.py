"""Which letters a fact calls for, and what each says in data.

A letter holds no name, address or text: it says in which private entry they stand. Its dates are
those of the moment that it was called for, so that a letter sent late still says what was promised.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from complaints.clocks import ANSWER, EVENTS, foreseen
from complaints.complaint import Complaint
from complaints.drafting import draft
from complaints.fact import Fact
from complaints.facts import (
    Escalated,
    InformationAsked,
    MessageSent,
    Received,
    Referred,
    Responded,
    ResponseIssued,
)
from complaints.feedback_facts import Converted
from complaints.letter import Letter as Letter
from complaints.letter import LetterKind as LetterKind
from complaints.letter import Promise as Promise
from complaints.letter import promise as promise
from complaints.promise_facts import EscalationRaised, ExtensionRequested, ReminderRaised
from complaints.site import Terms
from complaints.words import Feedback, Outcome

Writer = Callable[[Complaint, Any, Terms, str], Letter | None]

_NOBODY = "none"
_READERS = {"external_signpost": "team", "complainant": "team"}
"""Who is told for a reader of a pack that has no letter of its own: somebody who sees to it."""


def called_for(complaint: Complaint, facts: Iterable[Fact], terms: Terms) -> tuple[Letter, ...]:
    """The letters of one entry; `complaint` is the state after it, `number` the entry's own."""
    letters: list[Letter] = []
    for fact in facts:
        write = _WRITERS.get(type(fact))
        place = f"{complaint.number:06d}.{len(letters) + 1}"
        letter = write(complaint, fact, terms, place) if write else None
        if letter:
            letters.append(letter)
    return tuple(letters)


def _said(kind: LetterKind) -> Writer:
    """A letter with what staff wrote for it."""

    def write(complaint: Complaint, fact: Fact, terms: Terms, place: str) -> Letter:
        return draft(complaint, kind, place, fact.at, text_entry=complaint.number)

    return write


def _acknowledgement(complaint: Complaint, fact: Received | Converted, terms: Terms, place: str) -> Letter:
    is_complaint = complaint.feedback == Feedback.COMPLAINT
    kind = LetterKind.ACKNOWLEDGEMENT if is_complaint else LetterKind.THANKS
    return draft(complaint, kind, place, fact.at)


def _review(complaint: Complaint, fact: Escalated, terms: Terms, place: str) -> Letter:
    return draft(complaint, LetterKind.REVIEW, place, fact.at, outcome=_known_outcome(complaint))


def _referral(complaint: Complaint, fact: Referred, terms: Terms, place: str) -> Letter:
    outcome, body = _known_outcome(complaint), terms.external_body
    return draft(complaint, LetterKind.REFERRAL, place, fact.at, outcome=outcome, external_body=body)


def _known_outcome(complaint: Complaint) -> Outcome | None:
    """The outcome that the complainant was told and that stands for now, if there is one."""
    told = complaint.told_decision
    return told.outcome if told else None


def _extension(complaint: Complaint, fact: ExtensionRequested, terms: Terms, place: str) -> Letter:
    clock = complaint.clock(fact.clock)
    return draft(
        complaint,
        LetterKind.EXTENSION,
        place,
        fact.at,
        text_entry=complaint.number,
        clock=clock.purpose,
        due=fact.due,
        about=clock.key,
        external_body=terms.external_body if terms.site.external_body_at_once else None,
    )


def _resolution(complaint: Complaint, fact: ResponseIssued, terms: Terms, place: str) -> Letter:
    decision = complaint.decision
    assert decision is not None
    return draft(
        complaint,
        LetterKind.RESOLUTION,
        place,
        fact.at,
        text_entry=decision.entry,
        outcome=decision.outcome,
        remedies=decision.remedies,
        answer_by=_answer_by(complaint, fact.at, terms),
        external_body=terms.external_body,
    )


def _answer_by(complaint: Complaint, at: datetime, terms: Terms) -> datetime | None:
    """Until when the complainant may answer a decision that is told at an instant."""
    (event,) = EVENTS[Responded]
    windows = [clock.due for clock in foreseen(complaint, event, at, terms) if clock.purpose == ANSWER]
    return max(windows, default=None)


def _escalation(
    complaint: Complaint, fact: ReminderRaised | EscalationRaised, terms: Terms, place: str
) -> Letter | None:
    clock = complaint.clock(fact.clock)
    about: dict[str, Any] = {"clock": clock.purpose, "due": clock.due}
    if clock.purpose == ANSWER:
        return draft(complaint, LetterKind.REMINDER, place, fact.at, late=clock.due < fact.at, **about)
    if fact.to == _NOBODY:
        return None
    to = _READERS.get(fact.to, fact.to)
    to = "team" if to == "owner" and complaint.assignee is None else to
    member = complaint.assignee if to == "owner" else None
    return draft(
        complaint,
        LetterKind.ESCALATION,
        place,
        fact.at,
        language=terms.site.language,
        to=to,
        member=member,
        late=clock.due < fact.at,
        **about,
    )


_WRITERS: dict[type[Fact], Writer] = {
    Received: _acknowledgement,
    Converted: _acknowledgement,
    Escalated: _review,
    Referred: _referral,
    ExtensionRequested: _extension,
    InformationAsked: _said(LetterKind.QUESTION),
    MessageSent: _said(LetterKind.MESSAGE),
    ResponseIssued: _resolution,
    ReminderRaised: _escalation,
    EscalationRaised: _escalation,
}
