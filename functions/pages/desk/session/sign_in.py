"""Sign-in and sign-out of staff at the pages of the desk: through the OpenID provider, with a session."""

import hmac

from chalice.app import Response

from complaints.adapters.container import container
from complaints.values.errors import NotFound, NotSignedIn
from complaints.values.session import IDLE
from functions.http import staff_sessions
from functions.http.request import current_request
from functions.http.responses import NO_STORE, reader_language
from functions.pages.desk.session import sign_in_state
from functions.pages.desk.session.guard import SIGN_IN, SIGNED_OUT, desk_page, own_address
from functions.pages.desk.session.layout import HOME, home_of
from functions.rendering.page import Headers, as_page, link, page

ARRIVAL = "/desk/signed-in"


@as_page
def start() -> Response:
    """Leads to the provider, which asks who it is: anew, where a session was left in this browser.

    Raises `NotFound` where none is set up.
    """
    deps = container()
    if not deps.sign_in.is_set_up:
        raise NotFound
    request = current_request()
    max_age = IDLE if staff_sessions.was_left(request) else None
    attempt, cookie = sign_in_state.begin(own_address(request.query.get("to", "")), max_age)
    return _go(deps.sign_in.address(attempt, _back()), cookie)


@as_page
def arrive() -> Response:
    """Takes who comes back from the provider, and leads to where the person wanted to go."""
    try:
        cookie, to = _session()
    except NotSignedIn:
        return _failed()
    return _go(link(to, {}), cookie, staff_sessions.expired_cookie(sign_in_state.COOKIE))


def _session() -> tuple[str, str]:
    """The cookie of a new session, and where to go. Raises `NotSignedIn`, `Unavailable`."""
    request = current_request()
    attempt, to = sign_in_state.read(request)
    state, code = request.query.get("state", ""), request.query.get("code", "")
    if not code or not hmac.compare_digest(state.encode(), attempt.state.encode()):
        raise NotSignedIn
    found = container().sign_in.claims(code, attempt, _back())
    request.note(caller="staff", staff=found.subject, roles=found.roles)
    staff_sessions.end_earlier_session(request)
    return staff_sessions.begin_session(found), home_of(found.roles) if to == HOME else to


@desk_page
def leave() -> Response:
    """Ends the session."""
    request = current_request()
    badge = staff_sessions.session_cookie_of(request)
    request.note(caller="staff", staff=badge.member)
    return _go(link(SIGNED_OUT, {}), staff_sessions.end_session(badge))


@as_page
def farewell() -> Response:
    """Says that somebody is signed out."""
    return page(
        "desk/signed-out.html",
        language=reader_language(),
        address=SIGNED_OUT,
        headers=dict(NO_STORE),
        sign_in=SIGN_IN,
    )


def _failed() -> Response:
    current_request().note(problem=NotSignedIn.code)
    return page(
        "desk/not-signed-in.html",
        language=reader_language(),
        address=SIGN_IN,
        status=401,
        headers={**NO_STORE, "WWW-Authenticate": "Bearer"},
        sign_in=SIGN_IN,
    )


def _back() -> str:
    """Where the provider sends people back to; it must know this address."""
    return container().settings.url + ARRIVAL


def _go(address: str, *cookies: str) -> Response:
    headers: Headers = {**NO_STORE, "Location": address, "Set-Cookie": list(cookies)}
    return Response(body="", status_code=303, headers=headers)
