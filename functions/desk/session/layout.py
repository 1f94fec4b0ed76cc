"""Pages of the desk: the frame with the places that somebody may go to, and who is signed in."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from chalice.app import Response
from msgspec.structs import replace

from complaints.case.correspondence.letterhead import PLAIN, Letterhead
from complaints.handling.permissions import may
from complaints.values.casework.saved_filters import View
from complaints.values.errors import Refusal
from complaints.values.people import Actor, Member, Role
from functions.http import auth, staff_sessions
from functions.http.responses import NO_STORE
from functions.http.visit import Visit
from functions.rendering.page import PRODUCT, Headers, page, problem, problem_values
from functions.use_cases.member_time_zone import zone_of

if TYPE_CHECKING:
    pass


class NavigationItem(NamedTuple):
    """A place of the desk, what somebody must be allowed in order to go there, and its group in the frame."""

    name: str
    address: str
    action: str
    group: str


RECORD, HOME_PAGE, LISTS, WORK, SETTINGS = "record", "home", "lists", "work", "settings"
GROUPS = (RECORD, HOME_PAGE, LISTS, WORK, SETTINGS)
PLACES = (
    NavigationItem("open", "/desk", "read_queue", LISTS),
    NavigationItem("mine", "/desk?queue=mine", "assign", LISTS),
    NavigationItem("unassigned", "/desk?queue=unassigned", "read_queue", LISTS),
    NavigationItem("due_soon", "/desk?queue=due_soon", "read_queue", LISTS),
    NavigationItem("overdue", "/desk?queue=overdue", "read_queue", LISTS),
    NavigationItem("awaiting_complainant", "/desk?queue=awaiting_complainant", "read_queue", LISTS),
    NavigationItem("approvals", "/desk/approvals", "approve", LISTS),
    NavigationItem("responded", "/desk?queue=responded", "read_queue", LISTS),
    NavigationItem("closed", "/desk?queue=closed", "read_queue", LISTS),
    NavigationItem("settings", "/desk/settings", "read_settings", SETTINGS),
    NavigationItem("setup", "/desk/setup", "add_site", SETTINGS),
    NavigationItem("embed", "/desk/embed", "change_site", SETTINGS),
    NavigationItem("texts", "/desk/texts", "read_settings", SETTINGS),
    NavigationItem("automations", "/desk/automations", "change_automation", SETTINGS),
    NavigationItem("packs", "/desk/packs", "read_settings", SETTINGS),
    NavigationItem("members", "/desk/settings?kind=member", "read_staff", SETTINGS),
    NavigationItem("home", "/desk/home", "read_reports", HOME_PAGE),
    NavigationItem("tasks", "/desk/tasks", "complete", WORK),
    NavigationItem("actions", "/desk/actions", "read_queue", WORK),
    NavigationItem("intake", "/desk/intake", "receive", RECORD),
    NavigationItem("workload", "/desk/workload", "read_queue", WORK),
    NavigationItem("mail", "/desk/mail", "read_mail", WORK),
    NavigationItem("reports", "/desk/reports", "read_reports", WORK),
    NavigationItem("effect", "/desk/reports/effect", "read_reports", WORK),
    NavigationItem("survey_texts", "/desk/survey-texts", "read_survey_texts", WORK),
    NavigationItem("records", "/desk/records", "read_records", WORK),
    NavigationItem("access", "/desk/access", "read_access_log", WORK),
    NavigationItem("retention", "/desk/retention", "read_retention", WORK),
    NavigationItem("proof", "/desk/proof", "read_proof", WORK),
    NavigationItem("strays", "/desk/stray-mail", "read_stray_mail", WORK),
)
"""Those of a group in the order of the frame; the first that one may enter is where one begins."""

_OF_SITES = frozenset(place.address for place in PLACES)
"""Whoever serves no site is told so there, and led on: as the first administrator, before there is one."""

_READ_BY = {
    Role.AGENT: "agent",
    Role.REVIEWER: "reviewer",
    Role.QUALITY: "quality",
    Role.AUDITOR: "auditor",
    Role.PRIVACY: "privacy",
    Role.CUSTODIAN: "custodian",
    Role.ADMIN: "administrator",
}
_READ_AT = {
    "approvals": "reviewer",
    "home": "manager",
    "workload": "manager",
    "reports": "manager",
    "settings": "administrator",
    "setup": "administrator",
    "members": "administrator",
    "embed": "website-developer",
}

FORM = "form"
"""The field of a form that says which session it was made for."""

HOME = "/desk"
FORBIDDEN, CONFLICT = 403, 409
_SAID_TO_STAFF = {403: "forbidden", 404: "missing", 422: "unknown"}
"""What staff are told in other words than complainants, by status."""
OUT_OF_ORDER = 500
"""From this status on nothing more is asked of the store."""

KEPT_BY_NOBODY: Headers = {**NO_STORE, "X-Robots-Tag": "noindex"}


def desk_layout(
    visit: Visit,
    template: str,
    by: Actor,
    member: Member,
    *,
    address: str,
    query: Mapping[str, str] | None = None,
    place: str = "",
    zone: str | None = None,
    status: int = 200,
    headers: Headers | None = None,
    counts: Mapping[str, int] | None = None,
    views: Sequence[View] = (),
    shown_view: str = "",
    letterhead: Letterhead | None = None,
    **values: Any,
) -> Response:
    """A page of `templates/pages/desk/` for who is signed in, which extends `pages/desk/_frame.html`.

    `address` and `query` are the page's own, `place` the place of the frame that it is. Times are
    those of `zone`, or of the member's first site. Whoever serves one site reads its name and its colour in
    the frame; of several, the name of the product. The template knows `may(action)`, `site_name(key)`, and
    `form_token`, which every form sends as `form`. `counts` says how many cases places have, by their names;
    `views` are the saved filters of the member, where they were read, and `shown_view` is the query of the
    one that the page shows. With a `letterhead` the page has its colours and may show its logo.
    """
    site = visit.deps.sites.terms(member.sites[0]).site if len(member.sites) == 1 else None
    return page(
        visit.deps,
        f"desk/{template}",
        language=visit.language,
        address=address,
        query=query,
        owner=site.name if site else PRODUCT,
        letterhead=letterhead or (replace(site.texts.letterhead, logo=None) if site else PLAIN),
        zone=zone or zone_of(visit.deps.sites, member),
        status=status,
        headers=KEPT_BY_NOBODY | (headers or {}),
        places=_places(by.roles),
        home=home_of(by.roles),
        here=place,
        handbook=handbook_page(place, by.roles),
        release=visit.deps.settings.release,
        counts=counts,
        views=views,
        shown_view=shown_view,
        me=member,
        roles=by.roles,
        may=lambda action: may(by.roles, action),
        site_name=lambda key: visit.deps.sites.terms(key).site.name,
        form_token=form_token(visit),
        now=visit.deps.now(),
        **values,
    )


def handbook_page(place: str, roles: Iterable[Role]) -> str:
    """The page of the handbook about the work at a place of the desk, else that of the role."""
    held = tuple(roles)
    return _READ_AT.get(place) or (_READ_BY[held[0]] if held else _READ_BY[Role.AGENT])


@cache
def _places(roles: tuple[Role, ...]) -> tuple[tuple[str, tuple[NavigationItem, ...]], ...]:
    """Each group of the frame, with those of its places that somebody with these roles may go to."""
    open_to = tuple(place for place in PLACES if may(roles, place.action))
    groups = ((group, tuple(place for place in open_to if place.group == group)) for group in GROUPS)
    return tuple((group, places) for group, places in groups if places)


def home_of(roles: Iterable[Role]) -> str:
    """The first place that somebody with these roles may go to: an administrator has no queue."""
    held = tuple(roles)
    return next((place.address for place in PLACES if may(held, place.action)), HOME)


def refused(visit: Visit, response: Response) -> Response:
    """The page that says what a problem says, in the frame if the person may be at the desk at all."""
    try:
        if response.status_code >= OUT_OF_ORDER:
            return problem(visit, response)
        by, member = auth.member_who_may(visit, "read_me")
    except Refusal:
        return problem(visit, response)
    address = visit.request.path if visit.request.method == "GET" else HOME
    if address in _OF_SITES and not member.sites and response.status_code != FORBIDDEN:
        return desk_layout(visit, "no-site.html", by, member, address=address)
    values = problem_values(visit, response)
    if visit.request.method == "GET" and response.status_code in _SAID_TO_STAFF:
        kind = _SAID_TO_STAFF[response.status_code]
        values |= {"next": f"pages.failure.desk.{kind}", "kept": "pages.failure.desk.kept"}
    return desk_layout(
        visit,
        "problem.html",
        by,
        member,
        address=address,
        case=_case_of(visit.request.path) if response.status_code == CONFLICT else None,
        **values,
    )


def _case_of(path: str) -> str | None:
    """The case that a page of a case is of: there it stands what is possible now."""
    root, _, below = path.partition(f"{HOME}/cases/")
    return None if root else below.partition("/")[0] or None


def form_token(visit: Visit) -> str:
    """What every form of this session sends as `FORM`. Raises `NotSignedIn`."""
    return staff_sessions.form_token(visit.deps, staff_sessions.session_cookie_of(visit))
