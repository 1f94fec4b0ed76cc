"""The standard texts of a site, for those who keep them in order."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import container
from complaints.settings.setting import Setting
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor, Member, Role
from complaints.values.standard_texts import StandardText, TextUse
from functions.api.admin.settings import READING
from functions.http import auth
from functions.http.request import Request, current_request
from functions.http.responses import json_response
from functions.serializers.field_types import Cursor

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasSettingsStore
    from functions.http.auth import AuthDeps

    class StandardTextsDeps(AuthDeps, HasSettingsStore, Protocol):
        """The dependencies of this module: what its functions use of the container."""


class StandardTextLine(Struct, frozen=True, kw_only=True):
    """A standard text in a list; `id` names its setting."""

    id: str
    title: str
    use: TextUse
    languages: tuple[str, ...]
    roles: tuple[Role, ...]
    retired: bool
    version: int


class StandardTexts(Struct, frozen=True, kw_only=True):
    """The standard texts of a site: those that are offered first, each group by title."""

    items: list[StandardTextLine]
    next: Cursor


class KnownTexts(NamedTuple):
    """Who asks, and the texts of one of the sites that this person serves."""

    by: Actor
    me: Member
    site: str
    texts: list[StandardTextLine]


def list_texts() -> Response:
    """The standard texts of a site."""
    known = known_texts(container(), current_request())
    return json_response(StandardTexts(items=known.texts, next=None))


def known_texts(deps: "StandardTextsDeps", request: Request) -> KnownTexts:
    """The texts of the site that the address names, else of my first. Raises `Forbidden`, `Invalid`."""
    by, me = auth.authenticate(deps, request, auth.claims(deps, request, READING), READING)
    site = request.query.get("site") or next(iter(me.sites), "")
    if site not in me.sites:
        raise Invalid(Wrong("/site", "not-your-site"))
    lines = sorted(
        _lines(deps.settings_store.many_of(site)), key=lambda each: (each.retired, each.title.casefold())
    )
    return KnownTexts(by, me, site, lines)


def _lines(settings: Iterable[Setting]) -> Iterator[StandardTextLine]:
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
            )
