"""Notices to staff of what is nearly due, late, due earlier, or to be looked at again.

Notices to staff of a corrective action that is due or late.
"""

from typing import Any

from msgspec.structs import replace

from complaints.case.by_id import with_id
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import CONTACT_PLAN, Letter, LetterKind
from complaints.case.deadlines import DueBroughtForward, EscalationRaised, ReminderRaised
from complaints.case.outcome.remedies import RemedyOverdue
from complaints.case.people.contact_plan import ContactPlanDue
from complaints.case.workflow.corrective_actions import MISSED, ActionRaised
from complaints.clocks.quiet_hours import not_before
from complaints.letters import overdue_notices
from complaints.letters.draft import draft
from complaints.promise_packs.schema import SIGNPOST
from complaints.site.site import SiteTerms

_NO_READER, _OWNER = "none", "owner"
_READERS = {SIGNPOST: "team"}
"""The role that gets the notice where no external body is known."""


def escalation(
    complaint: Complaint, fact: ReminderRaised | EscalationRaised, terms: SiteTerms, place: str
) -> Letter | None:
    letter = overdue_notices.to_complainant(complaint, fact, terms, place) or _notice(
        complaint, fact, terms, place
    )
    return replace(letter, not_before=not_before(complaint, fact, terms)) if letter else None


def _notice(
    complaint: Complaint, fact: ReminderRaised | EscalationRaised, terms: SiteTerms, place: str
) -> Letter | None:
    """Notices to staff of a promise that is nearly due or late."""
    if fact.to == _NO_READER:
        return None
    clock = complaint.clock(fact.clock)
    return _to_staff(
        complaint,
        fact,
        terms,
        place,
        _READERS.get(fact.to, fact.to),
        late=clock.due < fact.at,
        withheld=fact.withheld_until is not None,
    )


def brought_forward(complaint: Complaint, fact: DueBroughtForward, terms: SiteTerms, place: str) -> Letter:
    """The notice to staff that a promise is due earlier."""
    return _to_staff(complaint, fact, terms, place, _OWNER, earlier=True)


def _to_staff(
    complaint: Complaint,
    fact: ReminderRaised | EscalationRaised | DueBroughtForward,
    terms: SiteTerms,
    place: str,
    to: str,
    **more: bool,
) -> Letter:
    """A notice about a promise; the team gets it where the case has no owner."""
    clock = complaint.clock(fact.clock)
    owner = complaint.assignee if to == _OWNER else None
    return draft(
        complaint,
        LetterKind.ESCALATION,
        place,
        fact.at,
        language=terms.site.language,
        to="team" if to == _OWNER and owner is None else to,
        member=owner,
        clock=clock.purpose,
        due=clock.due,
        asks_for_holding_letter=isinstance(fact, ReminderRaised) and clock.holding_letter is not None,
        **more,
    )


def overdue_remedy(complaint: Complaint, fact: RemedyOverdue, terms: SiteTerms, place: str) -> Letter:
    """The notice that a promised remedy was not done by its date."""
    return _to_owner(complaint, fact, terms, place, clock="remedy", late=True, remedy=fact.id)


def contact_plan_due(complaint: Complaint, fact: ContactPlanDue, terms: SiteTerms, place: str) -> Letter:
    """The notice that a contact plan is to be looked at again."""
    return _to_owner(complaint, fact, terms, place, clock=CONTACT_PLAN)


def _to_owner(
    complaint: Complaint, fact: RemedyOverdue | ContactPlanDue, terms: SiteTerms, place: str, **more: Any
) -> Letter:
    """A notice of what is due at a date: to the owner, or to the team where nobody has the case."""
    return draft(
        complaint,
        LetterKind.ESCALATION,
        place,
        fact.at,
        language=terms.site.language,
        to=_OWNER if complaint.assignee else "team",
        member=complaint.assignee,
        due=fact.due,
        **more,
    )


def reminded_of_action(complaint: Complaint, fact: ActionRaised, terms: SiteTerms, place: str) -> Letter:
    """The letter to the owner, or to the manager."""
    action = with_id(complaint.actions, fact.id)
    return draft(
        complaint,
        LetterKind.ACTION,
        place,
        fact.at,
        language=terms.site.language,
        to=fact.to,
        member=action.owner if fact.to == "owner" else None,
        late=action.rungs[fact.rung].when == MISSED,
        action=action.action,
        due_on=action.due,
    )
