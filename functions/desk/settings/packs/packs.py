"""The promises in force: every pack that there is, what it promises, where it is switched on, and what of it
is not kept by itself here."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.promise_packs.schema import Pack
from complaints.settings.promise_packs.custom_packs import readable
from complaints.settings.promise_packs.pack_coverage import (
    NOT_ENCLOSED,
    lacking,
    recorded_in,
    unconfirmed,
    unmapped,
)
from complaints.settings.setting import OwnPack, Record, Setting, SettingKind
from complaints.settings.setting import Packs as PackSetting
from complaints.site.site import Texts
from complaints.values.errors import Forbidden, Wrong
from complaints.values.people import Actor, Member
from functions.http import auth
from functions.http.request import Request
from functions.http.responses import json_response, texts_of
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


READING = "read_settings"

R = TypeVar("R", bound=Record)


class KnownPacks(NamedTuple):
    """Who asks, and every version of every pack."""

    by: Actor
    me: Member
    packs: list[dict[str, Any]]


class Packs(Struct, frozen=True, kw_only=True):
    """Each pack as its file has it, with where it is in force and what of it is not kept by itself here.

    `shortfalls` say where a pack breaks the letter of its law: each has a `code`, and a `detail` in words.
    `not_enclosed_at` are those of my sites whose letters lack a file that the law asks for.
    `could_hold_at` are the sites that such a law may concern, and that do not promise by it.
    """

    items: list[dict[str, Any]]
    next: Cursor


def list_packs(visit: Visit) -> Response:
    """Every version of every pack."""
    return json_response(Packs(items=known_packs(visit.deps, visit.language, visit.request).packs, next=None))


def known_packs(deps: Container, language: str, request: Request) -> KnownPacks:
    """Where a pack is switched on is told of the sites that I serve. Raises `Forbidden`."""
    found = auth.claims(Visit(deps, request), READING)
    everything = tuple(deps.settings_store.all())
    me = _named(everything, SettingKind.MEMBER, Member).get(found.subject)
    by = auth.authorize(Visit(deps, request), found, me, READING)
    if me is None:
        raise Forbidden
    own = _named(everything, SettingKind.PACK, OwnPack)
    promises = _named(everything, SettingKind.PACKS, PackSetting)
    mine = {key: promises[key] for key in me.sites if key in promises}
    texts = _named(everything, SettingKind.TEXTS, Texts)
    in_force = _in_force(deps, mine)
    return KnownPacks(
        by,
        me,
        [
            _shape(deps.catalogues, language, pack, mine, in_force, texts, is_own=is_own)
            | {"could_hold_at": _could_hold(deps, pack, mine)}
            for pack, is_own in _packs(deps, own)
        ],
    )


def _named(everything: Iterable[Setting], kind: SettingKind, record: type[R]) -> dict[str, R]:
    """The settings of a kind by their names."""
    return {
        each.id: each.record for each in everything if each.kind is kind and isinstance(each.record, record)
    }


def _in_force(deps: Container, sites: Iterable[str]) -> list[tuple[str, str, int]]:
    """Site, pack and version of every promise that a complaint of this moment would have."""
    return [
        (key, pack.id, pack.version) for key in sites for pack in deps.sites.terms(key).in_force(deps.now())
    ]


def _could_hold(deps: Container, pack: Pack, promises: Mapping[str, PackSetting]) -> list[str]:
    """The sites whose country and trade are those of the pack, and that do not promise by it."""
    if not pack.conditions or not pack.is_in_force(deps.now().date()):
        return []
    return [
        key
        for key, setting in promises.items()
        if pack.id not in setting.packs and not unmapped(pack, deps.sites.terms(key).site).conditions
    ]


def _packs(deps: Container, own: Mapping[str, OwnPack]) -> Iterator[tuple[Pack, bool]]:
    """Those of the operator first, then those that came with the product, each with its versions."""
    for record in own.values():
        yield from ((pack, True) for pack in readable(record))
    shipped_data = deps.shipped_data
    for name in shipped_data.pack_names:
        yield from ((pack, False) for pack in shipped_data.packs(name))


def _shape(
    catalogues: "Catalogues",
    language: str,
    pack: Pack,
    promises: Mapping[str, PackSetting],
    in_force: Iterable[tuple[str, str, int]],
    texts: Mapping[str, Texts],
    *,
    is_own: bool,
) -> dict[str, Any]:
    missing, unsure = unmapped(pack), unconfirmed(pack)
    sites = [key for key, setting in promises.items() if pack.id in setting.packs]
    without = [key for key in sites if NOT_ENCLOSED in lacking(pack, texts.get(key, Texts()))]
    short = lacking(pack, Texts())
    if sites and not without:
        short = tuple(code for code in short if code != NOT_ENCLOSED)
    shown: dict[str, Any] = msgspec.to_builtins(pack)
    return shown | {
        "own": is_own,
        "sites": sites,
        "not_enclosed_at": without,
        "formerly_at": [key for key, setting in promises.items() if pack.id in setting.formerly],
        "in_force_at": [key for key, *named in in_force if named == [pack.id, pack.version]],
        "recorded_by_staff": recorded_in(pack),
        "example": bool(missing or unsure or short),
        "not_mapped": {"events": missing.events, "letter_blocks": missing.letter_blocks},
        "unconfirmed": unsure,
        "shortfalls": [
            {"code": code, "detail": texts_of(catalogues, language, Wrong("", code))} for code in short
        ],
    }
