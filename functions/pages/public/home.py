"""Pages that everybody may read: about this installation, and the problems that it names."""

from functools import cache

from chalice.app import Response

from complaints.adapters.container import container
from complaints.values.errors import NotFound, Refusal
from functions.http.responses import reader_language, status_of_kind
from functions.rendering.page import as_page, link, page


@as_page
def home() -> Response:
    """What this installation is, and where to go from here."""
    deps, language = container(), reader_language()
    shown = deps.settings.demonstration
    return page(
        "home.html",
        language=language,
        address="/",
        sites=deps.sites.all(),
        demonstration=link(shown, {"lang": language}) if shown else None,
    )


@as_page
def nothing_here() -> Response:
    """Says to a person that an address is not there. Raises `NotFound`."""
    raise NotFound


@as_page
def problems() -> Response:
    """Every problem of the API, by its status."""
    known = sorted(_statuses().items(), key=lambda each: (each[1], each[0]))
    return page("problems.html", language=reader_language(), address="/problems", problems=known)


@as_page
def problem_type(code: str) -> Response:
    """What a problem of the API means. Raises `NotFound` for one that there is not."""
    statuses = _statuses()
    if code not in statuses:
        raise NotFound
    return page(
        "problem-type.html",
        language=reader_language(),
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
