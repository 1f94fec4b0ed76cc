"""Which letters a fact calls for, and what each says in data.

A letter holds no name, address or text: it says in which private entry they stand. Its dates are
those of the moment that it was called for, so that a letter sent late still says what was promised.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import (
    FORMER_ADDRESS,
    PROPOSED_ADDRESS,
    TO_UNITS,
    Letter,
    LetterKind,
    LetterPoint,
)
from complaints.case.correspondence.letters import AddressFailed, LetterFailed, LinkAsked, LinkChanged
from complaints.case.correspondence.messages import InformationAsked, MessageSent
from complaints.case.deadlines import (
    ClockStarted,
    DelayExplained,
    DueBroughtForward,
    EscalationRaised,
    ExtensionRequested,
    ReminderRaised,
)
from complaints.case.fact import Fact
from complaints.case.outcome.decision import ResponseIssued
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.remedies import EventRecorded, RemedyOverdue
from complaints.case.people.contact_details import ContactCorrected, MailAddressConfirmed, MailAddressProposed
from complaints.case.people.contact_plan import ContactPlanDue, ContactPlanned
from complaints.case.process.closing import Closed, Reopened, Withdrawn
from complaints.case.process.escalation import Escalated, Referred
from complaints.case.process.receipt import Received
from complaints.case.record.erasure import MOST_ASKED, ErasureProposed
from complaints.case.record.merging import Absorbed
from complaints.case.workflow.assignment import Assigned, ColleaguesTold
from complaints.case.workflow.automation import AutomationApplied
from complaints.case.workflow.corrective_actions import ActionRaised
from complaints.case.workflow.safety import DangerKnown
from complaints.case.workflow.tasks import TaskAssigned, TaskCompleted, TaskRaised, TaskReassigned
from complaints.casework.process.imports import is_silent
from complaints.clocks.external_bodies import open_until
from complaints.clocks.lifecycle import ANSWER, foreseen
from complaints.lazy_imports import lazy_imports
from complaints.letters.content.blocks import paragraphs
from complaints.letters.draft import draft
from complaints.letters.notices.staff import READERS, alarm
from complaints.site.pack_events import RESPONDED, events_of
from complaints.site.site import SiteTerms
from complaints.values.field_types import EarlierDecision, Feedback, LinkChange, Way

with lazy_imports():
    from complaints.letters import case_ended, overdue_notices
    from complaints.letters import draft as copies
    from complaints.letters.notices import reminders, staff, tasks

Writer = Callable[[Complaint, Any, SiteTerms, str], Letter | None]


def called_for(complaint: Complaint, facts: Iterable[Fact], terms: SiteTerms) -> tuple[Letter, ...]:
    """The letters of one entry; `complaint` is the state after it, `number` the entry's own."""
    letters: list[Letter] = []
    facts = tuple(facts)
    for fact in _worth_a_letter(complaint, facts, terms):
        for write in _writers_of(fact):
            place = f"{complaint.number:06d}.{len(letters) + 1}"
            if letter := write(complaint, fact, terms, place):
                letters.append(letter)
    rule = next((fact.title for fact in facts if isinstance(fact, AutomationApplied)), None)
    letters = staff.by_rule(letters, rule) if rule else letters
    letters += copies.copies(complaint, tuple(letters)) if complaint.joint else ()
    if terms.site.webhook is None:
        return tuple(letters)
    # Imported lazily: most sites have none. They stand last, so that the ids of mails are the same with and
    # without them.
    from complaints.letters.webhook_events import announced

    return (*letters, *announced(complaint, facts, terms, after=len(letters)))


def _writers_of(fact: Fact) -> tuple[Writer, ...]:
    first = _WRITERS.get(type(fact))
    return ((first,) if first else ()) + _FURTHER_WRITERS.get(type(fact), ())


def _worth_a_letter(complaint: Complaint, facts: tuple[Fact, ...], terms: SiteTerms) -> Iterator[Fact]:
    """Of promises that are brought forward together, only the first has a notice; a dead address has its
    notice when it is found. Nobody is told of a letter of a case that is being erased."""
    seen = False
    is_alive = Way.MAIL in complaint.reach or any(isinstance(fact, AddressFailed) for fact in facts)
    for fact in facts:
        if isinstance(fact, DueBroughtForward):
            if seen:
                continue
            seen = True
        if is_silent(complaint, fact):
            continue
        if isinstance(fact, ClockStarted) and not _is_nearer(complaint, fact, facts, terms):
            continue
        if isinstance(fact, ReminderRaised) and overdue_notices.is_overtaken(complaint, fact, facts):
            continue
        if isinstance(fact, LetterFailed) and (complaint.erasure or not (is_alive or fact.kind in TO_UNITS)):
            continue
        yield fact


def _said(kind: LetterKind) -> Writer:
    """A letter with what staff wrote for it."""

    def write(complaint: Complaint, fact: Fact, terms: SiteTerms, place: str) -> Letter:
        return draft(complaint, kind, place, fact.at, text_entry=complaint.number)

    return write


def _message(complaint: Complaint, fact: MessageSent, terms: SiteTerms, place: str) -> Letter:
    return draft(
        complaint,
        LetterKind.MESSAGE,
        place,
        fact.at,
        text_entry=complaint.number,
        has_file=fact.has_file,
    )


def _contact_limit(complaint: Complaint, fact: ContactPlanned, terms: SiteTerms, place: str) -> Letter | None:
    """What limits the contact from now on, and until when; or that nothing does any more."""
    if not fact.tell:
        return None
    return draft(
        complaint,
        LetterKind.CONTACT_LIMIT,
        place,
        fact.at,
        text_entry=complaint.number if fact.limit else None,
        limit=fact.limit,
        due_on=fact.review_on,
    )


def _acknowledgement(
    complaint: Complaint, fact: Received | Converted, terms: SiteTerms, place: str
) -> Letter:
    is_complaint = complaint.feedback is Feedback.COMPLAINT
    kind = LetterKind.ACKNOWLEDGEMENT if is_complaint else LetterKind.THANKS
    blocks = paragraphs(kind, complaint, terms, fact.at)
    return draft(complaint, kind, place, fact.at, blocks=blocks)


def _late_acknowledgement(
    complaint: Complaint, fact: Reopened, terms: SiteTerms, place: str
) -> Letter | None:
    """What a case that was closed with a flood never had."""
    if fact.received_at is None or complaint.acknowledged_at:
        return None
    blocks = paragraphs(LetterKind.ACKNOWLEDGEMENT, complaint, terms, fact.at)
    return draft(complaint, LetterKind.ACKNOWLEDGEMENT, place, fact.at, blocks=blocks)


def _review(complaint: Complaint, fact: Escalated, terms: SiteTerms, place: str) -> Letter:
    return draft(complaint, LetterKind.REVIEW, place, fact.at, outcome=complaint.known_outcome)


def _referral(complaint: Complaint, fact: Referred, terms: SiteTerms, place: str) -> Letter:
    return draft(
        complaint,
        LetterKind.REFERRAL,
        place,
        fact.at,
        outcome=complaint.known_outcome,
        external_body=terms.external_body,
        outside_until=open_until(complaint, fact.at, terms),
    )


def _extension(complaint: Complaint, fact: ExtensionRequested, terms: SiteTerms, place: str) -> Letter:
    clock = complaint.clock(fact.clock)
    is_outside = terms.site.external_body_at_once and complaint.feedback is Feedback.COMPLAINT
    return draft(
        complaint,
        LetterKind.EXTENSION,
        place,
        fact.at,
        text_entry=complaint.number,
        clock=clock.purpose,
        due=fact.due,
        about=clock.key,
        external_body=terms.external_body if is_outside else None,
    )


def _nearer_date(complaint: Complaint, fact: ClockStarted, terms: SiteTerms, place: str) -> Letter:
    """The date that a law gives an answer, once it is known that the law holds."""
    return draft(
        complaint,
        LetterKind.RECLASSIFICATION,
        place,
        fact.at,
        clock=fact.clock.purpose,
        due=fact.clock.due,
        blocks=paragraphs(LetterKind.RECLASSIFICATION, complaint, terms, fact.at),
    )


def _is_nearer(complaint: Complaint, fact: ClockStarted, facts: tuple[Fact, ...], terms: SiteTerms) -> bool:
    """Whether an answer is promised from now on for a day before all others, because more is known: a promise
    that a step begins is told by the letter about that step."""
    begun, rule = fact.clock, terms.rule_of(fact.clock)
    steps = (each for each in facts if not isinstance(each, EventRecorded))
    begins = {event for each in steps for event in events_of(each, complaint)}
    if begun.purpose != "respond" or rule is None or rule.starts_on in begins:
        return False
    running = [each for each in complaint.clocks if each.is_running and each.purpose == "respond"]
    return bool(running) and min(running, key=lambda clock: clock.due).key == begun.key


def _resolution(complaint: Complaint, fact: ResponseIssued, terms: SiteTerms, place: str) -> Letter:
    decision = complaint.decision
    assert decision is not None
    known = {point.id: point for point in complaint.points}
    replaces = decision.earlier is EarlierDecision.REPLACE
    return draft(
        complaint,
        LetterKind.RESOLUTION,
        place,
        fact.at,
        text_entry=decision.entry,
        outcome=decision.outcome,
        remedies=decision.general_remedies,
        points=tuple(
            LetterPoint(
                raised=known[point.id].entry,
                answered=point.entry,
                outcome=point.outcome,
                remedies=decision.remedies_of(point),
            )
            for point in decision.points
        ),
        earlier_decision=decision.earlier,
        still_owed=() if replaces else tuple(each.remedy for each in complaint.remedies_owed),
        answer_by=_answer_by(complaint, fact.at, terms),
        external_body=terms.external_body,
        is_final=complaint.level > 1 or terms.ends_with_first_decision(complaint.clocks),
        blocks=paragraphs(LetterKind.RESOLUTION, complaint, terms, fact.at),
    )


def _answer_by(complaint: Complaint, at: datetime, terms: SiteTerms) -> datetime | None:
    """Until when the complainant may answer a decision that is communicated at an instant."""
    windows = [clock.due for clock in foreseen(complaint, RESPONDED, at, terms) if clock.purpose == ANSWER]
    return max(windows, default=None)


def _link(complaint: Complaint, fact: LinkAsked, terms: SiteTerms, place: str) -> Letter:
    return draft(complaint, LetterKind.LINK, place, fact.at)


def _new_link(complaint: Complaint, fact: LinkChanged, terms: SiteTerms, place: str) -> Letter | None:
    """The link that took the place of all earlier ones, by mail: on paper it would lie about."""
    if fact.change is LinkChange.WITHDRAW or Way.MAIL not in complaint.reach:
        return None
    return draft(complaint, LetterKind.LINK, place, fact.at, is_renewed=True)


def _new_address(
    complaint: Complaint, fact: ContactCorrected | MailAddressConfirmed, terms: SiteTerms, place: str
) -> Letter | None:
    """The new links, to a mail address that was corrected."""
    has_new = isinstance(fact, MailAddressConfirmed) or fact.email is not None
    if not has_new or Way.MAIL not in complaint.reach:
        return None
    return draft(complaint, LetterKind.CONTACT, place, fact.at)


def _former_address(
    complaint: Complaint, fact: ContactCorrected | MailAddressConfirmed, terms: SiteTerms, place: str
) -> Letter | None:
    """A mail to the address that held before: whoever reads it learns of no promise, and gets no link."""
    if fact.former is None:
        return None
    return draft(
        complaint,
        LetterKind.FORMER_ADDRESS,
        place,
        fact.at,
        to=FORMER_ADDRESS,
        address_entry=fact.former,
        promises=(),
    )


def _proposed_address(
    complaint: Complaint, fact: MailAddressProposed, terms: SiteTerms, place: str
) -> Letter:
    """Asks whoever reads a mail address whether letters may go there."""
    return draft(
        complaint,
        LetterKind.CONFIRM_ADDRESS,
        place,
        fact.at,
        to=PROPOSED_ADDRESS,
        address_entry=complaint.number,
        promises=(),
    )


_WRITERS: dict[type[Fact], Writer] = {
    Received: _acknowledgement,
    Converted: _acknowledgement,
    Reopened: _late_acknowledgement,
    Escalated: _review,
    Referred: _referral,
    ExtensionRequested: _extension,
    ClockStarted: _nearer_date,
    DelayExplained: overdue_notices.explained_delay,
    InformationAsked: _said(LetterKind.QUESTION),
    MessageSent: _message,
    ContactPlanned: _contact_limit,
    ContactPlanDue: reminders.contact_plan_due,
    ResponseIssued: _resolution,
    ReminderRaised: reminders.escalation,
    EscalationRaised: reminders.escalation,
    DueBroughtForward: reminders.brought_forward,
    ActionRaised: reminders.reminded_of_action,
    RemedyOverdue: reminders.overdue_remedy,
    TaskAssigned: tasks.asked,
    ColleaguesTold: staff.notice,
    TaskReassigned: tasks.asked,
    TaskRaised: tasks.reminded,
    TaskCompleted: tasks.answered,
    LinkAsked: _link,
    LinkChanged: _new_link,
    ContactCorrected: _new_address,
    MailAddressProposed: _proposed_address,
    MailAddressConfirmed: _new_address,
    Assigned: staff.assignment,
    LetterFailed: staff.failure,
    Absorbed: case_ended.merged,
    Closed: case_ended.closing,
    Withdrawn: case_ended.closing,
}

_FURTHER_WRITERS: dict[type[Fact], tuple[Writer, ...]] = {
    ContactCorrected: (_former_address,),
    MailAddressConfirmed: (_former_address,),
    ErasureProposed: tuple(partial(staff.erasure_proposed, place) for place in range(MOST_ASKED)),
    DangerKnown: tuple(partial(alarm, reader) for reader in range(len(READERS))),
}
"""Of facts that call for letters to several readers, those to the others."""
