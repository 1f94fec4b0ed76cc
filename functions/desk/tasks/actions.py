"""The register of corrective actions (clause 8.7): of all cases, themes, reviews and audits of a site."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.workflow.corrective_actions import ActionState, ListedAction
from complaints.management.improvement.actions import Action
from complaints.management.record import ManagementRecord, RecordKind
from complaints.site.site import Site
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Member
from functions.http import auth
from functions.http.formats.csv_export import CSV, CSV_FORMATS, Cell, csv_text
from functions.http.responses import csv_response, json_response
from functions.http.visit import Visit
from functions.serializers import field_types
from functions.serializers.labels import label

READ = "read_queue"
MOST = 500
"""How many actions of cases are looked at; a site has far fewer that wait. Of more, the answer says so."""

MINE, ALL = "mine", "all"
WHOSE = (ALL, MINE)


class Shown(StrEnum):
    """Which actions are shown: those that wait for anything, are late, wait for their check, or had it."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    TO_CHECK = "to_check"
    CHECKED = "checked"


class RegisteredAction(Struct, frozen=True, kw_only=True):
    """A corrective action. One of a case has its `case` and `number` there, another one its `record`; `next`
    is when it is to be done, or else to be checked."""

    case: field_types.Reference | None
    number: str | None
    record: str | None
    site: str
    text: str
    action: str
    cause: str | None
    theme: str | None
    owner: field_types.Member
    checker: field_types.Member | None
    due: date
    check_on: date | None
    done_on: date | None
    state: ActionState
    overdue: bool
    cost: str | None
    currency: str | None


class ActionRegister(Struct, frozen=True, kw_only=True):
    """The actions of a site that were asked for, by the date of what is to come next. `is_cut`: its cases
    have more actions than were looked at."""

    site: str
    items: list[RegisteredAction]
    is_cut: bool


COLUMNS = RegisteredAction.__struct_fields__


class AskedActions(NamedTuple):
    """Who asks, of which site, and for which actions."""

    me: Member
    site: str
    shown: Shown
    whose: str


def list_actions(visit: Visit) -> Response:
    """The register as JSON or CSV: the caller's read, and two queries."""
    _, me = auth.member_who_may(visit, READ)
    asked = asked_for(me, visit.request.query)
    found = register(visit.deps, asked, visit.language)
    kind = visit.request.query.get("format", "json")
    if kind in CSV_FORMATS:
        return as_sheet(asked, found.items, kind)
    if kind != "json":
        raise Invalid(Wrong("/format", "unknown-value"))
    return json_response(found)


def asked_for(me: Member, query: Mapping[str, str]) -> AskedActions:
    """What an address asks for. Raises `Invalid`."""
    shown, whose = query.get("show", Shown.WAITING), query.get("whose", ALL)
    site = query.get("site") or next(iter(me.sites), "")
    wrong = [
        Wrong(pointer, code)
        for is_known, pointer, code in (
            (shown in set(Shown), "/show", "unknown-value"),
            (whose in WHOSE, "/whose", "unknown-value"),
            (site in me.sites, "/site", "not-your-site"),
        )
        if not is_known
    ]
    if wrong:
        raise Invalid(*wrong)
    return AskedActions(me, site, Shown(shown), whose)


def register(deps: Container, asked: AskedActions, language: str) -> ActionRegister:
    """The actions that were asked for; what is hidden from the member is left out. Raises `Unavailable`."""
    terms = deps.sites.terms(asked.site)
    today = terms.today(deps.now())
    hidden = auth.hidden_from(deps, asked.me, (asked.site,)).get(asked.site, ())
    is_waiting = asked.shown is not Shown.CHECKED
    of_cases = deps.task_lists.actions(asked.site, is_waiting=is_waiting, limit=MOST + 1)
    records = deps.management_records.of_site(asked.site, RecordKind.ACTION)
    found = [
        *(
            _of_case(deps, each, terms.site, language, today)
            for each in of_cases[:MOST]
            if each.categories.isdisjoint(hidden)
        ),
        *_of_records(records, today),
    ]
    chosen = [each for each in found if _is_asked(each, asked)]
    items = sorted(chosen, key=_next, reverse=not is_waiting)
    return ActionRegister(site=asked.site, items=items, is_cut=len(of_cases) > MOST)


def as_sheet(asked: AskedActions, items: Iterable[RegisteredAction], kind: str = CSV) -> Response:
    """The register as a sheet; its name is made of what was asked for."""
    rows: Iterator[list[Cell]] = ([_cell(getattr(each, name)) for name in COLUMNS] for each in items)
    headers = {"Content-Disposition": f'attachment; filename="actions-{asked.site}-{asked.shown}.csv"'}
    return csv_response(csv_text(COLUMNS, rows, kind), headers)


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, bool) else str(value)


def _is_asked(action: RegisteredAction, asked: AskedActions) -> bool:
    is_checked = action.state in (ActionState.EFFECTIVE, ActionState.NOT_EFFECTIVE)
    if is_checked is not (asked.shown is Shown.CHECKED):
        return False
    if asked.shown is Shown.OVERDUE and not action.overdue:
        return False
    if asked.shown is Shown.TO_CHECK and action.state is not ActionState.DONE:
        return False
    return asked.whose == ALL or asked.me.id in (action.owner, action.checker)


def _next(action: RegisteredAction) -> tuple[date, str]:
    """When something is to happen with it next."""
    day = action.check_on if action.done_on and action.check_on else action.due
    return day, f"{action.case or action.record}#{action.number}"


def _of_case(
    deps: Container, action: ListedAction, site: Site, language: str, today: date
) -> RegisteredAction:
    state = ActionState.PLANNED if action.done_on is None else ActionState.DONE
    if action.effective is not None:
        state = ActionState.EFFECTIVE if action.effective else ActionState.NOT_EFFECTIVE
    return RegisteredAction(
        case=action.reference,
        number=action.id,
        record=None,
        site=action.site,
        text=label(deps.catalogues, site.codes, CodeList.ACTIONS, action.action, language, site.language),
        action=action.action,
        cause=action.cause,
        theme=None,
        owner=action.owner,
        checker=None,
        due=action.due,
        check_on=None,
        done_on=action.done_on,
        state=state,
        overdue=action.done_on is None and action.due < today,
        cost=None,
        currency=None,
    )


def _of_records(records: Iterable[ManagementRecord], today: date) -> Iterator[RegisteredAction]:
    for each in records:
        action = each.content
        if isinstance(action, Action):
            yield RegisteredAction(
                case=None,
                number=None,
                record=each.id,
                site=each.site,
                text=action.text,
                action=action.action,
                cause=action.cause,
                theme=action.theme,
                owner=action.owner,
                checker=action.checker,
                due=action.due,
                check_on=action.check_on,
                done_on=action.done_on,
                state=action.state,
                overdue=action.is_overdue(today),
                cost=action.cost,
                currency=action.currency,
            )
