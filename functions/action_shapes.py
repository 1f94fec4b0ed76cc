"""What is shown of corrective actions at the desk, as JSON."""

from typing import Any

from complaints.codes import CodeList
from complaints.complaint import Complaint
from complaints.corrective_action import ActionTaken
from complaints.given import Given
from functions.answers import reader_language, say
from functions.labels import label


def shape(complaint: Complaint, given: Given) -> dict[str, Any]:
    """The cause that was found, and the actions of the case in the reader's words."""
    return {
        "cause": complaint.cause,
        "actions": [_action(action, given) for action in complaint.actions],
    }


def _action(action: ActionTaken, given: Given) -> dict[str, Any]:
    site = given.terms.site
    return {
        "id": action.id,
        "action": action.action,
        "label": label(site.codes, CodeList.ACTIONS, action.action, reader_language(), site.language),
        "cause": action.cause,
        "owner": action.owner,
        "due": action.due,
        "done_on": action.done_on,
        "state": action.state,
        "state_label": say(f"words.action_state.{action.state}"),
        "effective": action.effective,
        "overdue": action.is_overdue(given.terms.today(given.now)),
        "needs_another": action.needs_another,
        "followed_by": action.followed_by,
    }
