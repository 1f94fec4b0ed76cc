"""Notices to staff about a case: that they own it now, or that a letter of it did not arrive.

These are notices like those of due dates: counted with them, sent in open hours, and put into digests.
"""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import COPY, NOT_TO_COMPLAINANT, TO_UNITS, Letter, LetterKind
from complaints.case.correspondence.letters import LetterFailed
from complaints.case.record.erasure import ErasureProposed
from complaints.case.workflow.assignment import Assigned, ColleaguesTold, tells_owner
from complaints.clocks.quiet_hours import next_opening
from complaints.letters.draft import draft
from complaints.site.site import SiteTerms
from complaints.values.field_types import Way

_NAME_THEIR_RULE = frozenset({LetterKind.ASSIGNMENT, LetterKind.NOTICE})


def assignment(complaint: Complaint, fact: Assigned, terms: SiteTerms, place: str) -> Letter | None:
    """The letter to the new owner, with the promise that is due first."""
    if not tells_owner(fact):
        return None
    first = complaint.binding_clock
    return _notice(
        complaint,
        LetterKind.ASSIGNMENT,
        place,
        fact,
        terms,
        to="owner",
        member=fact.to,
        clock=first.purpose if first else None,
        due=first.due if first else None,
    )


def notice(complaint: Complaint, fact: ColleaguesTold, terms: SiteTerms, place: str) -> Letter:
    """The notice to an address of the site."""
    return _notice(complaint, LetterKind.NOTICE, place, fact, terms, to=fact.to)


def erasure_proposed(
    place_asked: int, complaint: Complaint, fact: ErasureProposed, terms: SiteTerms, place: str
) -> Letter | None:
    """The notice to one of those who are asked whether they agree that the case is erased."""
    if place_asked >= len(fact.asked):
        return None
    member = fact.asked[place_asked]
    return _notice(complaint, LetterKind.NOTICE, place, fact, terms, to="owner", member=member)


def by_rule(letters: Iterable[Letter], rule: str) -> list[Letter]:
    """The letters of an entry of an automation rule with this title: those to staff name it."""
    return [replace(each, rule=rule) if each.kind in _NAME_THEIR_RULE else each for each in letters]


def failure(complaint: Complaint, fact: LetterFailed, terms: SiteTerms, place: str) -> Letter | None:
    """The letter to the owner, else to the team; none of a letter to staff, so that no failure calls for the
    next one, nor of a webhook, which the desk sees among the letters of the case."""
    if fact.kind == COPY or fact.kind in NOT_TO_COMPLAINANT - TO_UNITS:
        return None
    return _notice(
        complaint,
        LetterKind.FAILURE,
        place,
        fact,
        terms,
        to="owner" if complaint.assignee else "team",
        member=complaint.assignee,
        lost=LetterKind(fact.kind),
        by_post=Way.MAIL not in complaint.reach and fact.kind not in TO_UNITS,
    )


def _notice(
    complaint: Complaint,
    kind: LetterKind,
    place: str,
    fact: Assigned | LetterFailed | ColleaguesTold | ErasureProposed,
    terms: SiteTerms,
    **more: Any,
) -> Letter:
    return draft(
        complaint,
        kind,
        place,
        fact.at,
        language=terms.site.language,
        not_before=None if complaint.is_urgent else next_opening(fact.at, terms),
        withheld=complaint.notices.were_enough(fact.at),
        **more,
    )
