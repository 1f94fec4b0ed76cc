"""Which letters a fact calls for, and what each says in data.

A letter holds no name, address or text: it says in which private entry they stand. Its dates are
those of the moment that it was called for, so that a letter sent late still says what was promised.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from complaints.clock import Clock
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.facts import Escalated, InformationAsked, MessageSent, Received, Referred, ResponseIssued
from complaints.pack_format import ExternalBody
from complaints.promise_facts import EscalationRaised, ExtensionRequested, ReminderRaised
from complaints.site import Terms
from complaints.words import Outcome, Remedy, Way


class LetterKind(StrEnum):
    """The folder of `templates/mail/` that says it."""

    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    MESSAGE = "message"
    RESOLUTION = "resolution"
    ESCALATION = "escalation"
    EXTENSION = "extension"
    REMINDER = "reminder"
    REVIEW = "review"
    REFERRAL = "referral"


class Promise(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Until when something is promised and why; while `paused_since` stands, `due` does not hold."""

    clock: str
    due: datetime | None
    amount: float
    unit: str
    paused_since: datetime | None = None
    in_time: bool | None = None


class Letter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One letter to one reader.

    `id` is the entry's number and a place within it (`000007.1`). `to` is `complainant`, `owner`,
    `team` or `manager`; `member` is the owner's id. `text_entry` is the number of the private entry
    whose first fact holds the text of the letter. `clock` and `due` are what an escalation is about;
    `late` says that the moment has passed. `about` is the clock of an extension.
    `external_body` is where to go who disagrees for good.
    """

    id: str
    kind: LetterKind
    reference: str
    site: str
    language: str
    to: str
    called_for: datetime
    received_at: datetime
    member: str | None = None
    text_entry: int | None = None
    promises: tuple[Promise, ...] = ()
    outcome: Outcome | None = None
    remedies: tuple[Remedy, ...] = ()
    clock: str | None = None
    due: datetime | None = None
    late: bool = False
    about: str | None = None
    external_body: ExternalBody | None = None


def promise(clock: Clock) -> Promise:
    """What the complainant is told of a clock."""
    return Promise(
        clock=clock.purpose,
        due=None if clock.paused_at else clock.due,
        amount=clock.length.amount,
        unit=clock.length.unit,
        paused_since=clock.paused_at,
        in_time=clock.in_time,
    )


def called_for(complaint: Complaint, facts: Iterable[Fact], terms: Terms) -> tuple[Letter, ...]:
    """The letters of one entry; `complaint` is the state after it, `number` the entry's own."""
    letters: list[Letter] = []
    for fact in facts:
        write = _WRITERS.get(type(fact))
        if write:
            place = f"{complaint.number:06d}.{len(letters) + 1}"
            letters.extend(write(complaint, fact, terms, place))
    return tuple(letters)


def _to_complainant(kind: LetterKind) -> Callable[[Complaint, Fact, Terms, str], Iterator[Letter]]:
    def write(complaint: Complaint, fact: Fact, terms: Terms, place: str) -> Iterator[Letter]:
        if Way.MAIL in complaint.reach:
            yield _letter(complaint, kind, place, fact.at, text_entry=complaint.number)

    return write


def _review(complaint: Complaint, fact: Escalated, terms: Terms, place: str) -> Iterator[Letter]:
    if Way.MAIL in complaint.reach:
        yield _letter(complaint, LetterKind.REVIEW, place, fact.at)


def _referral(complaint: Complaint, fact: Referred, terms: Terms, place: str) -> Iterator[Letter]:
    if Way.MAIL in complaint.reach:
        yield _letter(complaint, LetterKind.REFERRAL, place, fact.at, external_body=terms.external_body)


def _extension(complaint: Complaint, fact: ExtensionRequested, terms: Terms, place: str) -> Iterator[Letter]:
    clock = complaint.clock(fact.clock)
    yield _letter(
        complaint,
        LetterKind.EXTENSION,
        place,
        fact.at,
        text_entry=complaint.number,
        clock=clock.purpose,
        due=fact.due,
        about=clock.key,
    )


def _acknowledgement(complaint: Complaint, fact: Received, terms: Terms, place: str) -> Iterator[Letter]:
    if Way.MAIL in complaint.reach:
        yield _letter(complaint, LetterKind.ACKNOWLEDGEMENT, place, fact.at)


def _resolution(complaint: Complaint, fact: ResponseIssued, terms: Terms, place: str) -> Iterator[Letter]:
    decision = complaint.decision
    assert decision is not None
    yield _letter(
        complaint,
        LetterKind.RESOLUTION,
        place,
        fact.at,
        text_entry=decision.entry,
        outcome=decision.outcome,
        remedies=decision.remedies,
        external_body=terms.external_body,
    )


def _escalation(
    complaint: Complaint, fact: ReminderRaised | EscalationRaised, terms: Terms, place: str
) -> Iterator[Letter]:
    clock = complaint.clock(fact.clock)
    if fact.to == "complainant":
        if Way.MAIL in complaint.reach:
            yield _letter(complaint, LetterKind.REMINDER, place, fact.at, clock=clock.purpose, due=clock.due)
        return
    to = "team" if fact.to == "owner" and complaint.assignee is None else fact.to
    yield _letter(
        complaint,
        LetterKind.ESCALATION,
        place,
        fact.at,
        language=terms.site.language,
        to=to,
        member=complaint.assignee if to == "owner" else None,
        clock=clock.purpose,
        due=clock.due,
        late=clock.due < fact.at,
    )


def _letter(complaint: Complaint, kind: LetterKind, place: str, at: datetime, **more: Any) -> Letter:
    assert complaint.received_at is not None
    common: dict[str, Any] = {
        "language": complaint.language,
        "to": "complainant",
        "promises": tuple(promise(clock) for clock in complaint.promises()),
    }
    return Letter(
        id=place,
        kind=kind,
        reference=complaint.reference,
        site=complaint.site,
        called_for=at,
        received_at=complaint.received_at,
        **(common | more),
    )


_WRITERS: dict[type[Fact], Callable[[Complaint, Any, Terms, str], Iterator[Letter]]] = {
    Received: _acknowledgement,
    Escalated: _review,
    Referred: _referral,
    ExtensionRequested: _extension,
    InformationAsked: _to_complainant(LetterKind.QUESTION),
    MessageSent: _to_complainant(LetterKind.MESSAGE),
    ResponseIssued: _resolution,
    ReminderRaised: _escalation,
    EscalationRaised: _escalation,
}
