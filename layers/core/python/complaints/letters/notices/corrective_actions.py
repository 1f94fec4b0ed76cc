"""Notices to staff of a corrective action that is due or late."""

from complaints.case.by_id import with_id
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.workflow.corrective_actions import MISSED, ActionRaised
from complaints.letters.draft import draft
from complaints.site.site import SiteTerms


def reminded(complaint: Complaint, fact: ActionRaised, terms: SiteTerms, place: str) -> Letter:
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
