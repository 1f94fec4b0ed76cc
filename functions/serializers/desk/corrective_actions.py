"""What is shown of corrective actions at the desk, as JSON."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.workflow.corrective_actions import ActionPlanned, ActionTaken
from complaints.site.site import Site
from complaints.values.codes import CodeList
from functions.serializers.field_types import Member
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container


class Action(Struct, frozen=True, kw_only=True):
    """A corrective action. What was said of it in words (`text`, `measure`, `target`) is not repeated after a
    command."""

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
    text: str | UnsetType | None = UNSET
    measure: str | UnsetType | None = UNSET
    target: str | UnsetType | None = UNSET


def actions_view(
    deps: "Container", language: str, complaint: Complaint, facts: Iterable[tuple[int, Fact]] = ()
) -> list[Action]:
    """The actions of the case in the reader's words; with the `facts` about them, where entries were read."""
    if not complaint.actions:
        return []
    terms = deps.sites.terms(complaint.site)
    today, said = terms.today(deps.now()), action_words(facts)
    return [
        replace(_action(deps.catalogues, language, action, terms.site, today), **said.get(action.id, {}))
        for action in complaint.actions
    ]


def action_words(numbered_facts: Iterable[tuple[int, Fact]]) -> dict[str, dict[str, str | None]]:
    """What was said of actions in words, field by field, by their ids."""
    planned = (fact for _, fact in numbered_facts if isinstance(fact, ActionPlanned))
    return {fact.id: {name: getattr(fact, name) for name in fact.PRIVATE} for fact in planned}


def entries(complaint: Complaint) -> set[int]:
    """The entries that hold the words of actions that wait."""
    return {action.entry for action in complaint.actions if action.entry and action.waits}


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
