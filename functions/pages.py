"""Pages that everybody may read: about this installation, its procedures, and the problems that it names."""

from collections.abc import Iterable
from functools import cache

from chalice.app import Response

from complaints.clocks import promised
from complaints.pack_format import ExternalBody, Pack
from complaints.refusals import NotFound, Refusal
from complaints.site import Terms, spoken
from complaints.world.assemble import world
from functions.answers import STATUS, reader_language
from functions.paper import as_page, link, page
from functions.spoken_here import heard, offered
from functions.visits import current


@as_page
def home() -> Response:
    """What this installation is, and where to go from here."""
    here, language = world(), reader_language()
    shown = here.settings.demonstration
    return page(
        "home.html",
        language=language,
        address="/",
        sites=here.sites.all(),
        demonstration=link(shown, {"lang": language}) if shown else None,
    )


@as_page
def procedure() -> Response:
    """The published procedure of the site that the address names, or whose there are."""
    key = current().query.get("site")
    if key:
        return _procedure(world().sites.terms(key))
    sites = world().sites.all()
    return page("procedures.html", language=reader_language(), address="/procedure", sites=sites)


def _procedure(terms: Terms) -> Response:
    site, now = terms.site, world().now()
    packs = terms.in_force(now)
    language = heard(terms, *current().languages)
    return page(
        "procedure.html",
        language=language,
        introduction=spoken(site.texts.introduction, language, site.language),
        address="/procedure",
        query={"site": site.key},
        owner=site.name,
        zone=site.zone,
        offered=offered(terms),
        site=site,
        clocks=promised(terms, now),
        packs=packs,
        bodies=_bodies(terms, packs),
    )


def _bodies(terms: Terms, packs: Iterable[Pack]) -> list[ExternalBody]:
    """Where people can go outside: the site's own body, and those of the packs in force."""
    named = (terms.site.external_body, *(pack.external_body for pack in packs))
    return list({body.name: body for body in named if body}.values())


@as_page
def nothing_here() -> Response:
    """Says to a person that an address is not there. Raises `NotFound`."""
    raise NotFound


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
        found[kind.code] = next(STATUS[parent] for parent in kind.__mro__ if parent in STATUS)
    return found
