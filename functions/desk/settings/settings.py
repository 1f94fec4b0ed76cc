"""What administrators see and do: what is settled, its history, and one change of it."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from chalice.app import Response
from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container
from complaints.context.case import AlreadyUsed, Guard
from complaints.context.ports import Claims
from complaints.handling.permissions import may
from complaints.settings.changes import CHANGES, Change
from complaints.settings.commands import ADD, AddSite, PutEnclosure
from complaints.settings.history import HistoryEntry, history_entries
from complaints.settings.members import directory
from complaints.settings.rules import action, is_for
from complaints.settings.setting import MANY_OF_A_SITE, OF_ALL, Setting, SettingKind
from complaints.settings.settings_context import SettingsContext, among
from complaints.site.site import SiteRecord
from complaints.values.errors import Forbidden, NotFound, Unavailable
from complaints.values.people import Actor, Member
from functions.desk.settings import settings_serializer
from functions.desk.settings.settings_serializer import NOTHING_FOLLOWS, Chapter, FollowUp, Settings
from functions.http import auth, idempotency
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.use_cases.cases import due_date_recalculation, handover

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues
    from complaints.settings.ports import SettingsReader


NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,200}")
READING = "read_settings"
READING_STAFF = "read_staff"
OF_PEOPLE = (
    SettingKind.MEMBER,
    SettingKind.INVITATION,
    SettingKind.DIRECTORY,
    SettingKind.DIRECTORY_USER,
)
"""Settings that say who works here, and how they came."""

THE_DIRECTORY = f"{SettingKind.DIRECTORY}/{directory.ID}"
"""The one that there is, whether anything was ever said of it."""

ADDING_SITE = action(ADD, SettingKind.SITE)


class SettingsAccess(Struct, frozen=True, kw_only=True):
    """Who asks, what for, and all that there is; `guard` is what this visit would set."""

    by: Actor
    me: Member
    everything: tuple[Setting, ...]
    setting: Setting
    guard: Guard | None = None
    used: Guard | None = None


class SettingChanged(NamedTuple):
    """The setting after a change, and the cases that are seen to already; `replayed` says that the same
    change had been made before."""

    setting: Setting
    begun: FollowUp
    replayed: bool = False


def list_settings(visit: Visit) -> Response:
    """What is settled at the sites that I serve; who works there only for those who may know."""
    shown = [settings_serializer.line(setting) for setting in visible_settings(visit).everything]
    return json_response(Settings(items=shown, next=None))


def show_setting(visit: Visit, kind: str, name: str) -> Response:
    """One setting: its record, and who changed what of it, when and why."""
    at = looked_up(visit, kind, name)
    history = [
        settings_serializer.chapter(entry) for entry in history_of(visit.deps.settings_store, at.setting)
    ]
    return _answer(visit.deps.catalogues, visit.language, at, at.setting, history=history)


def change_setting(visit: Visit, kind: str, name: str, verb: str) -> Response:
    """One change: 200 with the setting as it is then."""
    change = change_called(kind, verb)
    asked = action(verb, change.kind)
    found = auth.claims(visit, asked)
    version, body = visit.request.version(), visit.request.body
    at = settings_access(visit, found, change.kind, name, asked, changes=True)
    done = carried_out(visit, at, change, body, version)
    return _answer(
        visit.deps.catalogues, visit.language, at, done.setting, follow_up=done.begun, replayed=done.replayed
    )


class VisibleSettings(NamedTuple):
    """Who looks, and every setting that the person may know of."""

    by: Actor
    me: Member
    everything: tuple[Setting, ...]


def visible_settings(visit: Visit) -> VisibleSettings:
    """Raises `Forbidden`."""
    found = auth.claims(visit, READING)
    everything = tuple(visit.deps.settings_store.all())
    by, me = _me(visit, found, everything, READING)
    seen = (each for each in everything if is_for(each, me.sites) and may(by.roles, reading(each.kind)))
    return VisibleSettings(by, me, tuple(seen))


def looked_up(visit: Visit, kind: str, name: str) -> SettingsAccess:
    """A setting for who asks. Raises `Forbidden`, `NotFound`."""
    known = kind_called(kind)
    asked = reading(known)
    return settings_access(visit, auth.claims(visit, asked), known, name, asked)


def history_of(settings_store: "SettingsReader", setting: Setting) -> Iterator[HistoryEntry]:
    """All that a setting went through."""
    beginning = Setting(kind=setting.kind, id=setting.id)
    return history_entries(beginning, settings_store.entries(setting.kind, setting.id))


def change_called(kind: str, verb: str) -> type[Change]:
    """The change that an address names. Raises `NotFound`."""
    change = CHANGES.get((kind, verb))
    if change is None:
        raise NotFound
    return change


def settings_context(deps: Container, at: SettingsAccess) -> SettingsContext:
    """What a change is judged by."""
    return among(
        at.everything,
        now=deps.now(),
        by=at.by,
        shipped_data=deps.shipped_data,
        serves=at.me.sites,
        loopback=bool(deps.settings.loopback),
    )


def carried_out(
    visit: Visit,
    at: SettingsAccess,
    change: type[Change],
    body: dict[str, Any],
    version: int,
) -> SettingChanged:
    """Makes a change of the `version` that was looked at. Raises a `Refusal`."""
    if idempotency.is_replay(at.guard, at.used):
        return SettingChanged(at.setting, NOTHING_FOLLOWS, replayed=True)
    command = read(change, whole(change, at.setting, body))
    context = settings_context(visit.deps, at)
    if isinstance(command, PutEnclosure) and command.file:
        # Imported lazily: no other change looks at a file.
        from functions.use_cases.correspondence.enclosures import inspected

        context = replace(context, uploaded=inspected(visit.deps, at.setting.id, command.file))
    try:
        if isinstance(command, AddSite):
            after = visit.deps.settings_service.add_site(at.setting.id, command, context, guard=at.guard)
        else:
            after = visit.deps.settings_service.carry_out(
                at.setting, command, context, expected=version, guard=at.guard
            )
    except AlreadyUsed:
        # Somebody repeats the change while it is being made: the first one's answer holds.
        return SettingChanged(
            visit.deps.settings_store.load(at.setting.kind, at.setting.id), NOTHING_FOLLOWS, replayed=True
        )
    visit.deps.sites.forget(after.id)
    if after.kind is SettingKind.AUTOMATION:
        visit.deps.automations.forget(after.site)
    visit.request.note(version=after.version)
    return SettingChanged(after, with_follow_up(visit.deps, after))


def with_follow_up(deps: Container, after: Setting) -> FollowUp:
    """The cases that a change concerns: the first are seen to at once, the others by the schedule; all of
    them by it where the store fails now, as the change itself is made."""
    if not after.unfinished or after.kind is SettingKind.AUTOMATION:
        return NOTHING_FOLLOWS
    try:
        if after.kind is SettingKind.MEMBER:
            return FollowUp(handed_over=handover.begin(deps, after))
        return FollowUp(brought_forward=due_date_recalculation.begin(deps, after))
    except Unavailable as error:
        telemetry.failure("not begun at once", error)
        return NOTHING_FOLLOWS


def settings_access(
    visit: Visit,
    found: Claims,
    kind: SettingKind,
    name: str,
    asked: str,
    *,
    changes: bool = False,
) -> SettingsAccess:
    """Looks up who asks, and for what. Raises `Forbidden`; `NotFound` for what does not exist for them."""
    if not NAME.fullmatch(name):
        raise NotFound
    guard = (
        idempotency.guard_of(visit, found.subject, f"{kind}/{name}/{asked}", visit.deps.now())
        if changes
        else None
    )
    setting, used = visit.deps.settings_store.look_up(kind, name, guard.id if guard else None)
    everything = tuple(visit.deps.settings_store.all())
    if changes or kind is SettingKind.AUTOMATION:
        everything += tuple(_many_of(visit.deps, setting))
    by, me = _me(visit, found, everything, asked)
    is_known = kind not in (SettingKind.SITE, *OF_ALL, *MANY_OF_A_SITE) or setting.reference == THE_DIRECTORY
    is_there = setting.record or changes or is_known
    is_mine = asked == ADDING_SITE or is_for(setting, me.sites)
    if not is_mine or not is_there:
        raise NotFound
    visit.request.note(setting=kind)
    return SettingsAccess(by=by, me=me, everything=everything, setting=setting, guard=guard, used=used)


def who_adds(visit: Visit, found: Claims, setting: Setting, asked: str) -> SettingsAccess:
    """Who adds a setting that has no name yet. Raises `Forbidden`."""
    everything = tuple(visit.deps.settings_store.all())
    by, me = _me(visit, found, everything, asked)
    if setting.kind is SettingKind.AUTOMATION:
        everything += tuple(_many_of(visit.deps, setting))
    return SettingsAccess(by=by, me=me, everything=everything, setting=setting)


def _many_of(deps: Container, setting: Setting) -> Iterator[Setting]:
    """What the site of a setting has many of, as far as a change of the setting is judged by it."""
    if setting.kind in MANY_OF_A_SITE:
        yield from deps.settings_store.many_of(setting.site)
    if setting.kind is SettingKind.AUTOMATION:
        yield from deps.settings_store.automations_of(setting.site)


def _me(visit: Visit, found: Claims, everything: Iterable[Setting], asked: str) -> tuple[Actor, Member]:
    """Who asks, if claim and member together allow it. Raises `Forbidden`."""
    mine = (each.record for each in everything if each.id == found.subject)
    me = next((record for record in mine if isinstance(record, Member)), None)
    by = auth.authorize(visit, found, me, asked)
    if me is None:
        raise Forbidden
    return by, auth.limited(me, by)


def kind_called(named: str) -> SettingKind:
    """The kind that an address names. Raises `NotFound`."""
    try:
        return SettingKind(named)
    except ValueError:
        raise NotFound from None


def reading(kind: SettingKind) -> str:
    """What looking at a setting of this kind is called."""
    return READING_STAFF if kind in OF_PEOPLE else READING


def whole(change: type[Change], setting: Setting, body: dict[str, Any]) -> dict[str, Any]:
    """The body with what it does not name as it is: a field that is named is replaced whole."""
    known = msgspec.json.decode(msgspec.json.encode(setting.record)) if setting.record else {}
    return {name: value for name, value in known.items() if name in change.__struct_fields__} | body


def _answer(
    catalogues: "Catalogues",
    language: str,
    at: SettingsAccess,
    setting: Setting,
    *,
    history: list[Chapter] | UnsetType = UNSET,
    follow_up: FollowUp = NOTHING_FOLLOWS,
    replayed: bool = False,
) -> Response:
    headers = {"ETag": f'"{setting.version}"'}
    if replayed:
        headers["Idempotent-Replayed"] = "true"
    sites = {each.id: each.record for each in at.everything if isinstance(each.record, SiteRecord)}
    view = settings_serializer.setting_view(
        catalogues, language, setting, at.by, sites.get(setting.site), history=history, follow_up=follow_up
    )
    return json_response(view, headers=headers)
