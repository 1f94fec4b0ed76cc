"""The standard texts of a site, for those who keep them in order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.reporting.metrics.measures import TEXT, Measure
from complaints.settings.setting import Setting
from complaints.values.casework.macros import Macro
from complaints.values.casework.standard_texts import StandardText, TextUse
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor, Member, Role
from functions.desk.settings.settings import READING
from functions.http import auth
from functions.http.request import Request
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor

PERIOD = timedelta(days=89)
"""Before today: uses of ninety days are counted."""


class StandardTextLine(Struct, frozen=True, kw_only=True):
    """A standard text in a list; `id` names its setting. It was `used` so often in the last 90 days."""

    id: str
    title: str
    use: TextUse
    languages: tuple[str, ...]
    roles: tuple[Role, ...]
    retired: bool
    version: int
    used: int


class MacroLine(Struct, frozen=True, kw_only=True):
    """A macro in a list; `id` names its setting."""

    id: str
    code: str
    title: str
    verbs: tuple[str, ...]
    roles: tuple[Role, ...]
    retired: bool
    version: int


class StandardTexts(Struct, frozen=True, kw_only=True):
    """The standard texts of a site, and its macros: those that are offered first, each group by title."""

    items: list[StandardTextLine]
    macros: list[MacroLine]
    next: Cursor


class KnownTexts(NamedTuple):
    """Who asks, and the texts of one of the sites that this person serves."""

    by: Actor
    me: Member
    site: str
    texts: list[StandardTextLine]
    macros: list[MacroLine]


def list_texts(visit: Visit) -> Response:
    """The standard texts of a site."""
    known = known_texts(visit)
    return json_response(StandardTexts(items=known.texts, macros=known.macros, next=None))


def known_texts(visit: Visit) -> KnownTexts:
    """The texts of the site that the address names, else of my first. Raises `Forbidden`, `Invalid`."""
    by, me = auth.member_who_may(visit, READING)
    site = my_site(visit.request, me)
    today = visit.deps.sites.terms(site).today(visit.deps.now())
    counts = visit.deps.counters.between(site, today - PERIOD, today)
    used: Counter[str] = Counter()
    for key, number in counts.items():
        if key.measure is Measure.TEXTS:
            used[key.value] += number
    settings = visit.deps.settings_store.many_of(site)
    return KnownTexts(
        by,
        me,
        site,
        sorted(_lines(settings, used), key=_in_order),
        sorted(_macros(settings), key=_in_order),
    )


def my_site(request: Request, me: Member) -> str:
    """The site that the address names, else my first. Raises `Invalid` for one that I do not serve."""
    site = request.query.get("site") or next(iter(me.sites), "")
    if site not in me.sites:
        raise Invalid(Wrong("/site", "not-your-site"))
    return site


def _in_order(line: StandardTextLine | MacroLine) -> tuple[bool, str]:
    return line.retired, line.title.casefold()


def _macros(settings: Iterable[Setting]) -> Iterator[MacroLine]:
    for setting in settings:
        record = setting.record
        if isinstance(record, Macro):
            yield MacroLine(
                id=setting.id,
                code=setting.id.partition(".")[2],
                title=record.title,
                verbs=tuple(step.verb for step in record.steps),
                roles=record.roles,
                retired=record.retired,
                version=setting.version,
            )


def _lines(settings: Iterable[Setting], used: Mapping[str, int]) -> Iterator[StandardTextLine]:
    for setting in settings:
        record = setting.record
        if isinstance(record, StandardText):
            yield StandardTextLine(
                id=setting.id,
                title=record.title,
                use=record.use,
                languages=tuple(record.texts),
                roles=record.roles,
                retired=record.retired,
                version=setting.version,
                used=used.get(f"{TEXT}:{setting.id.partition('.')[2]}", 0),
            )
