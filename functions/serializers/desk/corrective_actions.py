"""What is shown of corrective actions at the desk, as JSON."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints.model.complaint import Complaint
from complaints.model.workflow.corrective_action import ActionTaken
from complaints.site.site import Site
from complaints.values.codes import CodeList
from functions.serializers.field_types import Member
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container


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


def actions_view(deps: "Container", language: str, complaint: Complaint) -> list[Action]:
    """The actions of the case in the reader's words."""
    terms = deps.sites.terms(complaint.site)
    today = terms.today(deps.now())
    return [_action(deps.catalogues, language, action, terms.site, today) for action in complaint.actions]


def _action(catalogues: "Catalogues", language: str, action: ActionTaken, site: Site, today: date) -> Action:
    return Action(
        id=action.id,
        action=action.action,
        label=label(catalogues, site.codes, CodeList.ACTIONS, action.action, language, site.language),
        cause=action.cause,
        owner=action.owner,
        due=action.due,
        done_on=action.done_on,
        state=action.state,
        state_label=catalogues.text(language, f"words.action_state.{action.state}"),
        effective=action.effective,
        overdue=action.is_overdue(today),
        needs_another=action.needs_another,
        followed_by=action.followed_by,
    )
