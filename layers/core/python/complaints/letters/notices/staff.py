"""Notices to staff about a case: that they own it now, or that a letter of it did not arrive.

These are notices like those of due dates: counted with them, sent in open hours, and put into digests.

Alarms: a danger to somebody is told to the site's safety contact, the team and the manager at once.

They wait for no open hours and no digest, and count among no notices of a day.
"""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import COPY, NOT_TO_COMPLAINANT, TO_UNITS, Letter, LetterKind
from complaints.case.correspondence.letters import LetterFailed
from complaints.case.record.erasure import ErasureProposed
from complaints.case.workflow.assignment import Assigned, ColleaguesTold, tells_owner
from complaints.case.workflow.safety import DangerKnown
from complaints.clocks.quiet_hours import next_opening
from complaints.letters.draft import draft
from complaints.promise_packs.schema import IMMEDIATE_ACTION
from complaints.site.site import Site, SiteTerms
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


READERS = ("safety", "team", "manager")


def alarm(
    reader: int, complaint: Complaint, fact: DangerKnown, terms: SiteTerms, place: str
) -> Letter | None:
    """The alarm to one of the `READERS`; none where the site has no such address, or another has it too."""
    earlier = {_address(terms.site, role) for role in READERS[:reader]}
    address = _address(terms.site, READERS[reader])
    if address is None or address in earlier:
        return None
    running = (clock for clock in complaint.clocks if clock.purpose == IMMEDIATE_ACTION and clock.is_running)
    return draft(
        complaint,
        LetterKind.SAFETY,
        place,
        fact.at,
        language=terms.site.language,
        to=READERS[reader],
        known_by=fact.known_by,
        due=min((clock.due for clock in running), default=None),
    )


def _address(site: Site, role: str) -> str | None:
    address: str | None = getattr(site, role)
    return address
