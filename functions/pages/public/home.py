"""Pages that everybody may read: about this installation, and the problems that it names."""

from functools import cache

from chalice.app import Response

from complaints.adapters.container import container
from complaints.values.errors import NotFound, Refusal
from functions.http.request import current_request
from functions.http.responses import reader_language, status_of_kind
from functions.pages.public.site_param import listed_sites
from functions.rendering.page import as_page, link, page


@as_page
def home() -> Response:
    """What this installation is, and where to go from here."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    shown = deps.settings.demonstration
    return page(
        deps,
        "home.html",
        language=language,
        address="/",
        sites=listed_sites(deps),
        release=deps.settings.release,
        demonstration=link(deps.settings, shown, {"lang": language}) if shown else None,
    )


@as_page
def nothing_here() -> Response:
    """Says to a person that an address is not there. Raises `NotFound`."""
    raise NotFound


@as_page
def problems() -> Response:
    """Every problem of the API, by its status."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    known = sorted(_statuses().items(), key=lambda each: (each[1], each[0]))
    return page(deps, "problems.html", language=language, address="/problems", problems=known)


@as_page
def problem_type(code: str) -> Response:
    """What a problem of the API means. Raises `NotFound` for one that there is not."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    statuses = _statuses()
    if code not in statuses:
        raise NotFound
    return page(
        deps,
        "problem-type.html",
        language=language,
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
