"""The guard of the desk's pages: who has a session, and the CSRF check of every form that is sent.

What somebody typed is never lost to it: whoever was signed out gets the words back, to send them again.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.values.errors import Forbidden, NotSignedIn, Refusal, Unavailable
from functions.desk.session.layout import FORM, form_token, refused
from functions.forms.urlencoded import read_fields
from functions.http import staff_sessions
from functions.http.request import Request
from functions.http.responses import NO_STORE, Handler, headers_of, status_of
from functions.http.session_cookie import SessionCookie
from functions.http.visit import Visit
from functions.rendering.page import Headers, link, page, problems_as_pages

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Settings


MOST_FIELDS = 300
"""How many fields a form of the desk may send: a page of a hundred cases, each with its version."""

SIGN_IN, SIGNED_OUT = "/desk/sign-in", "/desk/signed-out"


def desk_page(handler: Callable[..., Response], *, renews: bool = True) -> Handler:
    """An entrance of the desk's pages. Whoever is not signed in is led to sign in, and back.

    What a page asks for by itself `renews` no session: it would never end while a page is open.
    """

    @problems_as_pages(refused)
    @wraps(handler)
    def answered(visit: Visit, **named: str) -> Response:
        deps, request = visit
        try:
            badge = staff_sessions.session_cookie_of(Visit(deps, request))
            request.language = badge.language
            if request.method == "POST":
                _check_origin(deps.settings, request)
                if not _has_csrf_token(Visit(deps, request), badge):
                    return _send_again(deps, visit.language, request, "stale", Forbidden())
            response = handler(visit, **named)
        except NotSignedIn as refusal:
            return _sign_in_first(deps, visit.language, request, refusal)
        except Unavailable as refusal:
            if request.method != "POST":
                raise
            return _send_again(deps, visit.language, request, "unavailable", refusal)
        if not renews:
            return response
        return _with_cookie(
            response, staff_sessions.renewed_cookie(deps, badge, _chosen(deps.catalogues, request, badge))
        )

    return answered


def own_address(typed: str) -> str:
    """An address of the desk that may be gone to after signing in; the desk's first page for any other."""
    is_plain = typed.isascii() and typed.isprintable() and not set(typed) & set('\\ "<>')
    is_ours = typed.partition("?")[0] == "/desk" or typed.startswith(("/desk/", "/desk?"))
    return typed if is_plain and is_ours and len(typed) <= 1_000 else "/desk"


def _check_origin(settings: "Settings", request: Request) -> None:
    """Raises `Forbidden` for a form that another page sends.

    Our pages send no referrer, so that a form of theirs may have the origin `null` (Fetch, 3.2): then it
    takes a browser that says where it comes from (Fetch Metadata).
    """
    url = urlsplit(settings.url)
    origin = request.headers.get("origin", "null")
    is_same = origin == f"{url.scheme}://{url.netloc}"
    came_from = request.headers.get("sec-fetch-site", "same-origin" if is_same else "")
    if came_from != "same-origin" or not (is_same or origin == "null"):
        request.note(rule="foreign-form")
        raise Forbidden


def _has_csrf_token(visit: Visit, badge: SessionCookie) -> bool:
    """Whether a form was made for this session."""
    sent = dict(_fields(visit.request)).get(FORM, "")
    return staff_sessions.is_form_token(visit.deps, badge, sent)


def _fields(request: Request) -> list[tuple[str, str]]:
    return read_fields(request.raw, request.headers.get("content-type", ""), MOST_FIELDS)


def _sign_in_first(deps: Container, language: str, request: Request, refusal: NotSignedIn) -> Response:
    request.note(problem=refusal.code)
    if request.method == "POST":
        _check_origin(deps.settings, request)
        return _send_again(deps, language, request, "signed_out", refusal)
    asked = request.path + (f"?{urlencode(request.query)}" if request.query else "")
    headers: Headers = {**NO_STORE, "Location": link(deps.settings, SIGN_IN, {"to": own_address(asked)})}
    return Response(body="", status_code=303, headers=headers)


def _send_again(deps: Container, language: str, request: Request, why: str, refusal: Refusal) -> Response:
    """All that was typed, in a form of this session, or with the way to sign in."""
    fields = [(name, value) for name, value in _fields(request) if name != FORM]
    request.note(problem=refusal.code, rule=f"form-{why}")
    headers: Headers = {**NO_STORE, **headers_of(refusal)}
    return page(
        deps,
        "desk/again.html",
        language=language,
        address="/desk",
        status=status_of(refusal),
        headers=headers,
        why=why,
        to=request.path,
        fields=fields,
        typed=[value for _, value in fields if len(value.split()) > 1],
        sign_in=SIGN_IN,
        form_token="" if isinstance(refusal, NotSignedIn) else form_token(Visit(deps, request)),
    )


def _chosen(catalogues: "Catalogues", request: Request, badge: SessionCookie) -> str:
    """The language that the person reads in from now on."""
    named = request.query.get("lang", "")
    return named if named in catalogues.languages else badge.language


def _with_cookie(response: Response, cookie: str | None) -> Response:
    if cookie and "Set-Cookie" not in response.headers:
        response.headers["Set-Cookie"] = cookie
    return response
