"""Sign-in and sign-out of staff at the pages of the desk: through the OpenID provider, with a session."""

import hmac
from collections.abc import Iterable
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.context.ports import Claims
from complaints.values.errors import NotFound, NotSignedIn
from complaints.values.people import Role
from complaints.values.session import IDLE
from functions.http import staff_sessions
from functions.http.responses import NO_STORE
from functions.http.visit import Visit
from functions.pages.desk.session import first_administrator, invitations, sign_in_state
from functions.pages.desk.session.guard import SIGN_IN, SIGNED_OUT, desk_page, own_address
from functions.pages.desk.session.layout import HOME, home_of
from functions.rendering.page import Headers, as_page, link, page

if TYPE_CHECKING:
    from complaints.adapters.container import Settings


ARRIVAL = "/desk/signed-in"
SETUP = "/desk/setup"


@as_page
def start(visit: Visit) -> Response:
    """Leads to the provider, which asks who it is: anew, where a session was left in this browser, or
    somebody signed out of it, whom the provider may still know.

    Raises `NotFound` where none is set up.
    """
    if not visit.deps.sign_in.is_set_up:
        raise NotFound
    max_age = IDLE if staff_sessions.was_left(visit) else None
    asks_again = staff_sessions.was_signed_out(visit.request)
    to = own_address(visit.request.query.get("to", ""))
    attempt, cookie = sign_in_state.begin(visit.deps, to, max_age, asks_again=asks_again)
    return _go(visit.deps.sign_in.address(attempt, _back(visit.deps.settings)), cookie)


@as_page
def arrive(visit: Visit) -> Response:
    """Takes who comes back from the provider, and leads to where the person wanted to go."""
    try:
        cookie, to = _session(visit)
    except NotSignedIn:
        return _failed(visit)
    over = [sign_in_state.COOKIE]
    if staff_sessions.was_signed_out(visit.request):
        over.append(staff_sessions.SIGNED_OUT)
    return _go(link(visit.deps.settings, to, {}), cookie, *map(staff_sessions.expired_cookie, over))


def _session(visit: Visit) -> tuple[str, str]:
    """The cookie of a new session, and where to go. Raises `NotSignedIn`, `Unavailable`."""
    attempt, to = sign_in_state.read(visit)
    state, code = visit.request.query.get("state", ""), visit.request.query.get("code", "")
    if not code or not hmac.compare_digest(state.encode(), attempt.state.encode()):
        raise NotSignedIn
    found = visit.deps.sign_in.claims(code, attempt, _back(visit.deps.settings))
    if first_administrator.is_first(visit.deps, found):
        first_administrator.add(visit.deps, found, visit.language)
        to = SETUP
    else:
        invitations.accept(visit.deps, found)
    visit.request.note(caller="staff", staff=found.subject, roles=found.roles)
    staff_sessions.end_earlier_session(visit)
    return staff_sessions.begin_session(visit.deps, found), _opened_at(to, _roles(visit.deps, found))


def _roles(deps: Container, found: Claims) -> tuple[Role, ...]:
    """What somebody may do here at most: where the provider limits nobody, what the member item says."""
    if len(found.roles) < len(Role):
        return found.roles
    member = deps.members.find(found.subject)
    return member.roles if member else found.roles


def _opened_at(to: str, roles: Iterable[Role]) -> str:
    """Where somebody goes: who wanted nothing but the desk, in some language, to the first page of theirs."""
    path, _, query = to.partition("?")
    if path != HOME or (query and not query.startswith("lang=")) or "&" in query:
        return to
    return f"{home_of(roles)}?{query}" if query else home_of(roles)


@desk_page
def leave(visit: Visit) -> Response:
    """Ends the session. That of the provider goes on, which is asked not to go by it at the next sign-in."""
    badge = staff_sessions.session_cookie_of(visit)
    visit.request.note(caller="staff", staff=badge.member)
    return _go(
        link(visit.deps.settings, SIGNED_OUT, {}),
        staff_sessions.end_session(visit.deps.sessions, visit.deps.now(), badge),
        staff_sessions.signed_out_cookie(),
    )


@as_page
def farewell(visit: Visit) -> Response:
    """Says that somebody is signed out."""
    return page(
        visit.deps,
        "desk/signed-out.html",
        language=visit.language,
        address=SIGNED_OUT,
        headers=dict(NO_STORE),
        sign_in=SIGN_IN,
    )


def _failed(visit: Visit) -> Response:
    visit.request.note(problem=NotSignedIn.code)
    return page(
        visit.deps,
        "desk/not-signed-in.html",
        language=visit.language,
        address=SIGN_IN,
        status=401,
        headers={**NO_STORE, "WWW-Authenticate": "Bearer"},
        sign_in=SIGN_IN,
    )


def _back(settings: "Settings") -> str:
    """Where the provider sends people back to; it must know this address."""
    return settings.url + ARRIVAL


def _go(address: str, *cookies: str) -> Response:
    headers: Headers = {**NO_STORE, "Location": address, "Set-Cookie": list(cookies)}
    return Response(body="", status_code=303, headers=headers)
