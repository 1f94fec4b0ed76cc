"""What a page says of something that did not work: what is kept, what to do next, and other ways to us."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from complaints.site.site import Site
from complaints.values.errors import Invalid, Unavailable
from functions.http.request import Request
from functions.http.visit import Visit

if TYPE_CHECKING:
    pass


_KINDS = {
    403: "forbidden",
    404: "missing",
    409: "not_now",
    412: "stale",
    413: "too_large",
    429: "too_many",
    500: "broken",
    503: "away",
}
_SURE = 500
"""From this status on it is not known whether something was done."""


def failure_text(visit: Visit, status: int, retry_after: str, language: str) -> dict[str, Any]:
    """The values of the page. `retry_after` are the seconds of the header, if it has any."""
    kind = _KINDS.get(status, "other")
    wait = timedelta(seconds=int(retry_after or 0))
    return {
        "title": f"pages.failure.title.{kind}",
        "kept": f"pages.failure.kept.{_state_of_input(visit.request, status)}",
        "next": f"pages.failure.next.{kind}",
        "wait": visit.deps.date_formats.amount(language, wait),
        "site": _site(visit),
    }


def _state_of_input(request: Request, status: int) -> str:
    if request.method != "POST":
        return "nothing"
    return "typed" if status < _SURE else "unsure"


def _site(visit: Visit) -> Site | None:
    """The site that this is about, so that the page can name other ways to it; none for staff."""
    key = visit.request.noted.get("site") or visit.request.query.get("site")
    if not key or visit.request.noted.get("caller") == "staff":
        return None
    try:
        return visit.deps.sites.terms(key).site
    except (Invalid, Unavailable):
        return None
