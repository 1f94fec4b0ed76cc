"""Open tasks as a list, by their due dates: mine, or those of the teams of my sites."""

from collections.abc import Iterable, Mapping
from datetime import date

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.workflow.tasks import ListedTask, TaskAssigned
from complaints.reporting.list_rows import TaskPage
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Member
from functions.http import auth, cursors
from functions.http.parsing.query_params import MOST, USUAL, number
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers import field_types
from functions.serializers.field_types import Cursor, Reference
from functions.serializers.parts.entries_with_texts import opened_facts_of_cases

READ = "read_queue"
MINE, TEAM = "mine", "team"
WHOSE = (MINE, TEAM)


class TaskItem(Struct, frozen=True, kw_only=True):
    """An open task in a list; `id` is its number in the case. `text` is what is asked; a `call` tells what a
    letter of this kind says."""

    reference: Reference
    id: str
    site: str
    category: str | None
    to: field_types.Member | None
    due: date
    overdue: bool
    text: str | None
    call: str | None


class TaskList(Struct, frozen=True, kw_only=True):
    """A page of open tasks, the one that is due first before all others."""

    items: list[TaskItem]
    next: Cursor


def list_tasks(visit: Visit) -> Response:
    """One page of open tasks: the caller's read, one for me or for each team, and one for what is asked."""
    _, me = auth.member_who_may(visit, READ)
    return json_response(page_of(visit.deps, me, visit.request.query, visit.language))


def page_of(deps: Container, me: Member, query: Mapping[str, str], language: str) -> TaskList:
    """The page that a query asks for; what is hidden from the member is left out. Raises `Invalid`.

    In place of a text that was removed a `language` says so.
    """
    whose, site = query.get("whose", MINE), query.get("site")
    wrong = [] if whose in WHOSE else [Wrong("/whose", "unknown-value")]
    limit = number(query.get("limit"), USUAL, MOST, "/limit", wrong)
    if wrong or limit is None:
        raise Invalid(*wrong)
    sites = tuple(key for key in me.sites if site in (None, key))
    listed = "|".join((me.id, "tasks", whose, ",".join(sites)))
    after = cursors.read_cursor(deps, query.get("cursor"), listed)
    page = TaskPage((), None)
    if sites and whose == MINE:
        page = deps.task_lists.of_member(me.id, after=after, limit=limit)
    elif sites:
        page = deps.task_lists.of_teams(sites, after=after, limit=limit)
    hidden = auth.hidden_from(deps, me, sites)
    tasks = [
        each.task
        for each in page.items
        if each.task.site in sites and each.task.categories.isdisjoint(hidden.get(each.task.site, ()))
    ]
    texts = _texts(deps, tasks, language)
    items = [_item(deps, task, texts.get((task.reference, task.id))) for task in tasks]
    more = cursors.make_cursor(deps.secrets, deps.now(), page.next, listed) if page.next else None
    return TaskList(items=items, next=more)


def _texts(deps: Container, tasks: Iterable[ListedTask], language: str) -> dict[tuple[str, str], str]:
    """What is asked, by the reference of the case and the id of the task."""
    entries: dict[str, set[int]] = {}
    for task in tasks:
        if task.entry and task.call is None:
            entries.setdefault(task.reference, set()).add(task.entry)
    return {
        (reference, fact.id): fact.text
        for reference, facts in opened_facts_of_cases(deps, entries, language).items()
        for _, fact in facts
        if isinstance(fact, TaskAssigned)
    }


def _item(deps: Container, task: ListedTask, text: str | None) -> TaskItem:
    today = deps.sites.terms(task.site).today(deps.now())
    return TaskItem(
        reference=task.reference,
        id=task.id,
        site=task.site,
        category=task.category,
        to=task.to,
        due=task.due,
        overdue=task.due < today,
        text=text,
        call=task.call,
    )
