"""The token of a link leaves the address: it is exchanged for a cookie of the one page that the link opens.

Addresses stand in the history of a browser, in bookmarks and in pictures of the screen, and in the logs of
whatever lies between. A fragment would never be sent, but needs a script. An exchange that worked only once
would be used up by the programs that open links in mails before people do; this one can be made again as long
as the link holds, and changes nothing. Of a link that was renewed, its cookies open nothing either.

The cookie opens pages and carries out nothing: each form holds the token itself, so no other website can send
one (CSRF). Its path keeps the cases of one browser apart. It ends with the browser, which others may use.
Whose browser keeps no cookies gets `own_case_page.lost_page`, whose form works without.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.values.text import receipt_code
from functions.http.request import Request
from functions.rendering.page import PRIVATE, Headers, link, root

if TYPE_CHECKING:
    from complaints.adapters.container import Settings

CASE, ADDRESS = "t", "c"
"""The parameters of links: that of a case or a task, and that which confirms a mail address."""

COOKIES = {CASE: "__Secure-link", ADDRESS: "__Secure-address"}
"""The prefix binds them to TLS (RFC 6265bis, 4.1.3.1); `__Host-` would ask for the path of all pages."""

_ATTRIBUTES = "Secure; HttpOnly; SameSite=Lax"
"""Lax: a link is opened from a mail, which is another site."""


def token_of(request: Request, parameter: str = CASE) -> str:
    """The token that opens the page: of the link that is being opened, or of the cookie."""
    return request.query.get(parameter) or request.cookie(COOKIES[parameter])


def is_link(request: Request, parameter: str = CASE) -> bool:
    """Whether the address holds a token, which is to be exchanged."""
    return bool(request.query.get(parameter))


def exchanged(
    settings: "Settings", request: Request, path: str, token: str, *, parameter: str = CASE, below: str = ""
) -> Response:
    """Leads from a link to the page `below` a path, at its address without the token."""
    query = {name: value for name, value in request.query.items() if name != parameter}
    return leading_to_page(settings, path, token, query, parameter=parameter, below=below)


def ended(settings: "Settings", path: str) -> str:
    """The cookie that takes away the one which opened the pages below a path."""
    return f"{COOKIES[CASE]}=; Max-Age=0; Path={root(settings)}{path}; {_ATTRIBUTES}"


def cookie(settings: "Settings", path: str, token: str, *, parameter: str = CASE) -> str:
    """The cookie by which a token, or a receipt code, opens the page at a path, and all below it."""
    return (
        f"{COOKIES[parameter]}={receipt_code.normalised(token)}; Path={root(settings)}{path}; {_ATTRIBUTES}"
    )


def leading_to_page(
    settings: "Settings",
    path: str,
    token: str,
    query: Mapping[str, str],
    *,
    parameter: str = CASE,
    below: str = "",
) -> Response:
    """Leads to the page `below` a path, at which and below which the token opens all pages."""
    headers: Headers = {
        "Location": link(settings, f"{path}{below}", query),
        "Set-Cookie": cookie(settings, path, token, parameter=parameter),
    }
    return Response(body="", status_code=303, headers=PRIVATE | headers)
