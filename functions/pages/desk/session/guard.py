"""The door of the desk's pages: who comes in by a session, and that a form was sent from our own page.

What somebody typed is never lost to it: whoever was signed out gets the words back, to send them again.
"""

import hmac
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from chalice.app import Response

from complaints.adapters.container import world
from complaints.values.errors import Forbidden, NotSignedIn, Refusal, Unavailable
from functions.http import staff_sessions
from functions.http.form_body import read_fields
from functions.http.request import Visit, current
from functions.http.responses import NOT_KEPT, Entrance, headers_of, plainly, reader_language, status_of
from functions.http.session_cookie import Badge
from functions.pages.desk.session.layout import FORM, form_token, refused
from functions.rendering.page import Headers, is_problem, link, page

MOST_FIELDS = 300
"""How many fields a form of the desk may send: a page of a hundred cases, each with its version."""

SIGN_IN, SIGNED_OUT = "/desk/sign-in", "/desk/signed-out"


def desk_page(entrance: Callable[..., Response]) -> Entrance:
    """An entrance of the desk's pages. Whoever is not signed in is led to sign in, and back."""

    @plainly
    @wraps(entrance)
    def answered(*args: str, **named: str) -> Response:
        visit = current()
        try:
            badge = staff_sessions.badge_of(visit)
            visit.language = badge.language
            if visit.method == "POST":
                _must_be_ours(visit)
                if not _is_of(visit, badge):
                    return _send_again(visit, "stale", Forbidden())
            response = entrance(*args, **named)
        except NotSignedIn as refusal:
            return _sign_in_first(visit, refusal)
        except Unavailable as refusal:
            if visit.method != "POST":
                raise
            return _send_again(visit, "unavailable", refusal)
        return _with_cookie(response, staff_sessions.renewed(badge, _chosen(visit, badge)))

    @wraps(entrance)
    def shown(*args: str, **named: str) -> Response:
        response = answered(*args, **named)
        return refused(response) if is_problem(response) else response

    return shown


def own_address(typed: str) -> str:
    """An address of the desk that may be gone to after signing in; the desk's first page for any other."""
    is_plain = typed.isascii() and typed.isprintable() and not set(typed) & set('\\ "<>')
    is_ours = typed.partition("?")[0] == "/desk" or typed.startswith(("/desk/", "/desk?"))
    return typed if is_plain and is_ours and len(typed) <= 1_000 else "/desk"


def _must_be_ours(visit: Visit) -> None:
    """Raises `Forbidden` for a form that another page sends.

    Our pages send no referrer, so that a form of theirs may have the origin `null` (Fetch, 3.2): then it
    takes a browser that says where it comes from (Fetch Metadata).
    """
    url = urlsplit(world().settings.url)
    origin = visit.headers.get("origin", "null")
    is_same = origin == f"{url.scheme}://{url.netloc}"
    came_from = visit.headers.get("sec-fetch-site", "same-origin" if is_same else "")
    if came_from != "same-origin" or not (is_same or origin == "null"):
        visit.note(rule="foreign-form")
        raise Forbidden


def _is_of(visit: Visit, badge: Badge) -> bool:
    """Whether a form was made for this session."""
    sent = dict(_fields(visit)).get(FORM, "")
    return hmac.compare_digest(sent.encode(), staff_sessions.form_token(badge).encode())


def _fields(visit: Visit) -> list[tuple[str, str]]:
    return read_fields(visit.raw, visit.headers.get("content-type", ""), MOST_FIELDS)


def _sign_in_first(visit: Visit, refusal: NotSignedIn) -> Response:
    visit.note(problem=refusal.code)
    if visit.method == "POST":
        _must_be_ours(visit)
        return _send_again(visit, "signed_out", refusal)
    asked = visit.path + (f"?{urlencode(visit.query)}" if visit.query else "")
    headers: Headers = {**NOT_KEPT, "Location": link(SIGN_IN, {"to": own_address(asked)})}
    return Response(body="", status_code=303, headers=headers)


def _send_again(visit: Visit, why: str, refusal: Refusal) -> Response:
    """All that was typed, in a form of this session, or with the way to sign in."""
    fields = [(name, value) for name, value in _fields(visit) if name != FORM]
    visit.note(problem=refusal.code, rule=f"form-{why}")
    headers: Headers = {**NOT_KEPT, **headers_of(refusal)}
    return page(
        "desk/again.html",
        language=reader_language(),
        address="/desk",
        status=status_of(refusal),
        headers=headers,
        why=why,
        to=visit.path,
        fields=fields,
        typed=[value for _, value in fields if len(value.split()) > 1],
        sign_in=SIGN_IN,
        form_token="" if isinstance(refusal, NotSignedIn) else form_token(),
    )


def _chosen(visit: Visit, badge: Badge) -> str:
    """The language that the person reads in from now on."""
    named = visit.query.get("lang", "")
    return named if named in world().catalogues.languages else badge.language


def _with_cookie(response: Response, cookie: str | None) -> Response:
    if cookie and "Set-Cookie" not in response.headers:
        response.headers["Set-Cookie"] = cookie
    return response
