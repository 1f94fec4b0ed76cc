"""What is settled, as pages: by kind and name, each with who changed it last and when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.handling.permissions import may
from complaints.settings.changes import ADDED_BY, CHANGES
from complaints.settings.events import decode
from complaints.settings.promise_packs.custom_packs import readable
from complaints.settings.promise_packs.pack_updates import PackUpdate, updates
from complaints.settings.rules import action, is_for
from complaints.settings.setting import MANY_OF_A_SITE, OF_A_SITE, OwnPack, Packs, Setting, SettingKind
from complaints.site.site import SiteRecord
from complaints.values.errors import Forbidden, NotFound
from complaints.values.people import Invitation, Member
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import settings
from functions.desk.settings.change_forms.labels import names_in
from functions.desk.settings.page import ADDRESS, address_of, called, new_setting_page, place_of, setting_page
from functions.desk.settings.settings import OF_PEOPLE
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.parsing.query_params import number
from functions.http.visit import Visit
from functions.serializers import labels

if TYPE_CHECKING:
    from complaints.settings.ports import SettingsReader


A_PAGE = 50
"""Settings of a page: who changed them last is one read of them all."""

_ORDER = tuple(SettingKind)
DONE = frozenset(verb for _, verb in CHANGES)


class SettingRow(NamedTuple):
    """A setting in the list; `by` is who changed it last, or nothing where it never was. Of a member and
    of an invitation with the `roles` and the names of the `sites`, and of the latter with its `state`."""

    kind: SettingKind
    id: str
    called: str
    address: str
    is_active: bool
    by: str
    by_kind: str
    at: datetime | None
    roles: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    state: str = ""


@desk_page
def show_all(visit: Visit) -> Response:
    """What is settled at the sites that I serve: of one kind, if the address names it."""
    visible = settings.visible_settings(visit)
    kind = settings.kind_called(visit.request.query["kind"]) if visit.request.query.get("kind") else None
    if kind in MANY_OF_A_SITE:
        raise NotFound
    if kind and not may(visible.by.roles, settings.reading(kind)):
        raise Forbidden
    there = (*visible.everything, *_unsaid(visible))
    shown = sorted((each for each in there if kind in (None, each.kind)), key=_in_order)
    pages = max(-(-len(shown) // A_PAGE), 1)
    page = number(visit.request.query.get("page"), 1, pages, "/page", []) or 1
    counted = Counter(each.kind for each in there)
    asked = {"kind": kind} if kind else {}
    return desk_layout(
        visit,
        "settings.html",
        visible.by,
        visible.me,
        address=ADDRESS,
        query=asked | ({"page": str(page)} if page > 1 else {}),
        place=place_of(kind) if kind else "settings",
        kind=kind,
        kinds=[(each, counted[each]) for each in _ORDER if counted[each]],
        lines=list(
            _lines(
                visit.deps.settings_store,
                visit.deps.now(),
                shown[(page - 1) * A_PAGE : page * A_PAGE],
                visible.everything,
            )
        ),
        addable=[
            each
            for each, verb in ADDED_BY.items()
            if each not in MANY_OF_A_SITE
            and (kind in (None, each) or {kind, each} <= {*OF_PEOPLE})
            and may(visible.by.roles, action(verb, each))
        ],
        page=page,
        pages=pages,
        updates=[] if kind else list(_updates(visit.deps, visit.language, visible)),
    )


def _updates(
    deps: Container, language: str, visible: settings.VisibleSettings
) -> Iterator[tuple[str, PackUpdate]]:
    """Changes of law that concern the sites that I serve, each with the title of its pack; for who may change
    or count what is promised."""
    if not (may(visible.by.roles, "change_packs") or may(visible.by.roles, "read_reports")):
        return
    records = ((each.id, each.record) for each in visible.everything if each.id in visible.me.sites)
    promised = {site: record.packs for site, record in records if isinstance(record, Packs)}
    shipped = deps.shipped_data
    used = sorted({name for names in promised.values() for name in names} & {*shipped.pack_names})
    own = (each.record for each in visible.everything if isinstance(each.record, OwnPack))
    packs = [pack for name in used for pack in shipped.packs(name)]
    packs += [pack for record in own for pack in readable(record)]
    for update in updates(packs, promised, deps.now().date()):
        yield labels.pack_title(deps, update.pack.id, update.pack.title, language), update


@desk_page
def show(visit: Visit, kind: str, name: str) -> Response:
    """One setting with its history, and the changes that I may make."""
    done = visit.request.query.get("done")
    return setting_page(
        visit,
        settings.looked_up(visit, kind, name),
        done=done if done in DONE else None,
    )


@desk_page
def show_new(visit: Visit, kind: str) -> Response:
    """The form by which a site, a member or a pack is added."""
    return new_setting_page(visit, beginning(visit, kind))


def beginning(visit: Visit, kind: str) -> settings.SettingsAccess:
    """Who adds what does not exist yet: a site, a member, a pack, or what a site has many of: then the
    address or the form names the site. Raises `NotFound`, `Forbidden`."""
    known = settings.kind_called(kind)
    if known not in ADDED_BY:
        raise NotFound
    asked = action(ADDED_BY[known], known)
    found = auth.claims(visit, asked)
    asks = (
        form_of_request(visit.request, MOST_FIELDS) if visit.request.method == "POST" else visit.request.query
    )
    site = asks.get("site", "") if known in MANY_OF_A_SITE else ""
    at = settings.who_adds(visit, found, Setting(kind=known, id=site), asked)
    if known in MANY_OF_A_SITE and not is_for(at.setting, at.me.sites):
        raise NotFound
    return at


def _unsaid(visible: settings.VisibleSettings) -> Iterator[Setting]:
    """What the sites that I serve could settle, and never did: it has a page all the same."""
    known = {each.reference for each in visible.everything}
    sites = [each.id for each in visible.everything if each.kind is SettingKind.SITE]
    could = (Setting(kind=kind, id=site) for site in sites for kind in OF_A_SITE)
    return (each for each in could if each.reference not in known)


def _in_order(setting: Setting) -> tuple[int, str, str]:
    return _ORDER.index(setting.kind), called(setting).casefold(), setting.id


def _lines(
    settings_store: "SettingsReader",
    now: datetime,
    shown: Sequence[Setting],
    everything: Iterable[Setting],
) -> Iterator[SettingRow]:
    last = settings_store.last_entries(shown)
    everything = tuple(everything)
    names = names_in(everything)
    sites = {each.id: each.record.name for each in everything if isinstance(each.record, SiteRecord)}
    for setting in shown:
        person = setting.record if isinstance(setting.record, Member | Invitation) else None
        entry = last.get(setting.reference)
        fact = decode(entry.data).facts[-1] if entry else None
        yield SettingRow(
            kind=setting.kind,
            id=setting.id,
            called=called(setting),
            address=address_of(setting.kind, setting.id),
            is_active=not isinstance(setting.record, Member) or setting.record.active,
            by=names.get(fact.by.id, fact.by.id) if fact and fact.by.is_staff else "",
            by_kind=fact.by.kind if fact else "",
            at=fact.at if fact else None,
            roles=person.roles if person else (),
            sites=tuple(sites[key] for key in person.sites if key in sites) if person else (),
            state=_state(person, now) if isinstance(person, Invitation) else "",
        )


def _state(invitation: Invitation, now: datetime) -> str:
    """What became of an invitation so far; ends a msgid."""
    if invitation.state != "open":
        return invitation.state
    if not invitation.is_open(now):
        return "expired"
    return "undelivered" if invitation.is_undelivered else "open"
