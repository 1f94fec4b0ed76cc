"""What is shown of corrective actions at the desk, as JSON."""

from datetime import date

from msgspec import Struct

from complaints.adapters.container import container
from complaints.model.complaint import Complaint
from complaints.model.corrective_action import ActionTaken
from complaints.site.site import Site
from complaints.values.codes import CodeList
from functions.http.responses import reader_language, text_of
from functions.serializers.field_types import Member
from functions.serializers.labels import label


class Action(Struct, frozen=True, kw_only=True):
    """A corrective action."""

    id: str
    action: str
    label: str
    cause: str | None
    owner: Member
    due: date
    done_on: date | None
    state: str
    state_label: str
    effective: bool | None
    overdue: bool
    needs_another: bool
    followed_by: str | None


def actions_view(complaint: Complaint) -> list[Action]:
    """The actions of the case in the reader's words."""
    deps = container()
    terms = deps.sites.terms(complaint.site)
    today = terms.today(deps.now())
    return [_action(action, terms.site, today) for action in complaint.actions]


def _action(action: ActionTaken, site: Site, today: date) -> Action:
    return Action(
        id=action.id,
        action=action.action,
        label=label(site.codes, CodeList.ACTIONS, action.action, reader_language(), site.language),
        cause=action.cause,
        owner=action.owner,
        due=action.due,
        done_on=action.done_on,
        state=action.state,
        state_label=text_of(f"words.action_state.{action.state}"),
        effective=action.effective,
        overdue=action.is_overdue(today),
        needs_another=action.needs_another,
        followed_by=action.followed_by,
    )
