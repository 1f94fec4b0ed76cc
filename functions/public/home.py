"""Pages that everybody may read: about this installation, and the problems that it names."""

from functools import cache

from chalice.app import Response

from complaints.values.errors import NotFound, Refusal
from functions.http.responses import status_of_kind
from functions.http.visit import Visit
from functions.public.site_param import listed_sites
from functions.rendering.page import as_page, link, page


@as_page
def home(visit: Visit) -> Response:
    """What this installation is, and where to go from here."""
    shown = visit.deps.settings.demonstration
    return page(
        visit.deps,
        "home.html",
        language=visit.language,
        address="/",
        sites=listed_sites(visit.deps),
        release=visit.deps.settings.release,
        demonstration=link(visit.deps.settings, shown, {"lang": visit.language}) if shown else None,
    )


@as_page
def nothing_here(_: Visit) -> Response:
    """Says to a person that an address is not there. Raises `NotFound`."""
    raise NotFound


@as_page
def problems(visit: Visit) -> Response:
    """Every problem of the API, by its status."""
    known = sorted(_statuses().items(), key=lambda each: (each[1], each[0]))
    return page(visit.deps, "problems.html", language=visit.language, address="/problems", problems=known)


@as_page
def problem_type(visit: Visit, code: str) -> Response:
    """What a problem of the API means. Raises `NotFound` for one that there is not."""
    statuses = _statuses()
    if code not in statuses:
        raise NotFound
    return page(
        visit.deps,
        "problem-type.html",
        language=visit.language,
        address=f"/problems/{code}",
        code=code,
        answered_with=statuses[code],
    )


@cache
def _statuses() -> dict[str, int]:
    """The code of every problem with the status of its answer."""
    found = {"unexpected": 500}
    kinds = list(Refusal.__subclasses__())
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        found[kind.code] = status_of_kind(kind)
    return found
