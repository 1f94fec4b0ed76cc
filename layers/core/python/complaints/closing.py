"""Closing (clause 7.9): the complainant agrees, takes it back, or does not answer."""

from msgspec.structs import replace

from complaints.commands import Answer, Close, Withdraw
from complaints.complaint import Complaint
from complaints.durations import later
from complaints.facts import Closed, DecisionAccepted, Fact, Withdrawn
from complaints.given import Given
from complaints.refusals import NotNow, NotYetOffered, SecondPersonNeeded
from complaints.words import ClosingReason, Stage

ANSWER_WINDOW_DAYS = 30
"""How long a complainant has to answer a decision: the `answer_window` of `iso10002-default`."""

_TWO_PEOPLE = (ClosingReason.ABUSIVE, ClosingReason.UNIDENTIFIABLE)


def answer(complaint: Complaint, command: Answer, given: Given) -> list[Fact]:
    """The complainant accepts the decision. A refusal goes to the next level, which is not offered yet."""
    if not command.accepts:
        raise NotYetOffered
    return [
        DecisionAccepted(at=given.now, by=given.by, reason=command.reason),
        Closed(at=given.now, by=given.by, reason=ClosingReason.ACCEPTED),
    ]


def withdraw(complaint: Complaint, command: Withdraw, given: Given) -> list[Fact]:
    """The complainant takes the complaint back."""
    return [Withdrawn(at=given.now, by=given.by, reason=command.reason)]


def close(complaint: Complaint, command: Close, given: Given) -> list[Fact]:
    """Staff close what was accepted, or what stayed without an answer for the whole window."""
    if command.reason in _TWO_PEOPLE:
        raise SecondPersonNeeded
    if command.reason is ClosingReason.EXTERNAL_DECIDED:
        raise NotNow
    if command.reason is ClosingReason.NO_ANSWER and not _window_is_over(complaint, given):
        raise NotNow
    return [Closed(at=given.now, by=given.by, reason=command.reason)]


def accepted(complaint: Complaint, fact: DecisionAccepted) -> Complaint:
    return complaint


def closed(complaint: Complaint, fact: Closed) -> Complaint:
    return replace(complaint, stage=Stage.CLOSED, ended_at=fact.at, ended_because=fact.reason, has_news=False)


def withdrawn(complaint: Complaint, fact: Withdrawn) -> Complaint:
    return replace(complaint, stage=Stage.WITHDRAWN, ended_at=fact.at, ended_because="withdrawn")


def _window_is_over(complaint: Complaint, given: Given) -> bool:
    if complaint.responded_at is None:
        return False
    calendar = given.terms.calendar(given.terms.packs[0].id)
    return given.now > later(calendar, complaint.responded_at, ANSWER_WINDOW_DAYS, "calendar_days")
