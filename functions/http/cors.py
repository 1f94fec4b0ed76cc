"""CORS: which pages of other websites may read our answers. Those of the site that a call names may."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from complaints.values.errors import Invalid, Unavailable
from functions.http.request import Request

if TYPE_CHECKING:
    from complaints.adapters.container import Container


OPEN_TO_SITES = ("/v1/form", "/v1/challenge", "/v1/complaints")
EXPOSED = "Location, Retry-After, Idempotent-Replayed, ETag"
ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key"
ALLOWED_METHODS = "GET, POST"
PREFLIGHT_SECONDS = "600"
RESOURCE_POLICY = "Cross-Origin-Resource-Policy"
_PORT = re.compile(r":[0-9]+$")


def headers(deps: "Container", request: Request) -> dict[str, str]:
    """The headers by which a page may read the answer; none for a page that may not."""
    if not request.route.startswith(OPEN_TO_SITES):
        return {}
    vary = {"Vary": "Origin, Accept-Language"}
    origin = request.headers.get("origin")
    if not origin or not _may_read(deps, origin, request):
        return vary
    allowed = vary | {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": EXPOSED,
        RESOURCE_POLICY: "cross-origin",
    }
    if request.method != "OPTIONS":
        return allowed
    return allowed | {
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Allow-Methods": ALLOWED_METHODS,
        "Access-Control-Max-Age": PREFLIGHT_SECONDS,
    }


def _may_read(deps: "Container", origin: str, request: Request) -> bool:
    """A site that cannot be looked up now has no origins.

    That there is no such site may be read at the form by every page: a widget with a wrong key says so
    then, and does not take it for a failure.
    """
    site = request.query.get("site", "")
    try:
        return bool(site) and _is_among(origin, deps.sites.terms(site).site.origins)
    except Invalid:
        return request.route == "/v1/form"
    except Unavailable:
        return False


def _is_among(origin: str, allowed: Sequence[str]) -> bool:
    """Compared whole, but for the ports of this machine: `http://localhost:*` names them all."""
    return origin in allowed or _PORT.sub(":*", origin) in allowed
