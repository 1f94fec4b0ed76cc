"""Which pages of other websites may read our answers (CORS): those of the site that a call names."""

from complaints.refusals import Invalid, Unavailable
from complaints.world.assemble import world
from functions.visits import Visit

OPEN_TO_SITES = ("/v1/form", "/v1/challenge", "/v1/complaints")
EXPOSED = "Location, Retry-After, Idempotent-Replayed, ETag"
ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key"
ALLOWED_METHODS = "GET, POST"
PREFLIGHT_SECONDS = "600"


def headers(visit: Visit) -> dict[str, str]:
    """The headers by which a page may read the answer; none for a page that may not."""
    if not visit.route.startswith(OPEN_TO_SITES):
        return {}
    vary = {"Vary": "Origin, Accept-Language"}
    origin = visit.headers.get("origin")
    if not origin or not _is_of_site(origin, visit.query.get("site", "")):
        return vary
    allowed = vary | {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": EXPOSED}
    if visit.method != "OPTIONS":
        return allowed
    return allowed | {
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Allow-Methods": ALLOWED_METHODS,
        "Access-Control-Max-Age": PREFLIGHT_SECONDS,
    }


def _is_of_site(origin: str, site: str) -> bool:
    """Compared whole. A site that is not known, or cannot be looked up now, has no origins."""
    try:
        return bool(site) and origin in world().sites.terms(site).site.origins
    except (Invalid, Unavailable):
        return False
