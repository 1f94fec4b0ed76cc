"""Sites as items, and the terms under which each handles complaints; kept for a minute."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import asdict, replace

from complaints.adapters.config.shipped_data import holidays_of, packs_named
from complaints.adapters.dynamodb.key_schema import SITES, setting_key
from complaints.adapters.dynamodb.models import Item
from complaints.adapters.dynamodb.reads import get_all, query
from complaints.adapters.dynamodb.setting_items import from_setting_items
from complaints.calendars.holidays import working_calendar
from complaints.calendars.site_holidays import SiteHolidays, with_site_holidays
from complaints.calendars.working_calendar import Calendar
from complaints.promise_packs.schema import Pack
from complaints.settings.setting import OF_A_SITE, Packs, Record, Setting, SettingKind, Team
from complaints.site.pack_events import DANGER_KNOWN, DATA_REQUESTED
from complaints.site.site import SITE_KEY, Site, SiteRecord, SiteTerms, Texts
from complaints.values.codes import Codes
from complaints.values.errors import Invalid, Wrong
from complaints.values.own_fields import OwnFields

if TYPE_CHECKING:
    from complaints.adapters.stores.settings.custom_packs import OwnPacks

DEFAULT = "iso10002-default"
_EVERYWHERE = frozenset({DANGER_KNOWN, DATA_REQUESTED})
"""The events after which each site promises something, whatever its packs are."""
FRESH = timedelta(seconds=60)
NONE: Mapping[str, tuple[Pack, ...]] = {}

R = TypeVar("R", bound=Record)


class UnknownSite(Invalid):
    """No site has this key."""

    def __init__(self) -> None:
        super().__init__(Wrong("/site", "unknown-site"))


class DynamoSites:
    """Sites in DynamoDB. `now` gives the time by which what was read grows old."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[str, tuple[datetime, SiteTerms]] = {}

    def terms(self, key: str) -> SiteTerms:
        """The terms of a site. Raises `UnknownSite`."""
        if not SITE_KEY.fullmatch(key):
            raise UnknownSite
        known = self._known.get(key)
        now = self._now()
        if known and now - known[0] < FRESH:
            return known[1]
        terms = self.terms_as(self._read(key))
        self._known[key] = (now, terms)
        return terms

    def terms_as(self, site: Site) -> SiteTerms:
        """The terms of a site as if it had this profile."""
        return terms_of(site, self._own_packs.of(site) if site.own else NONE)

    def terms_with(self, key: str, name: str, packs: tuple[Pack, ...]) -> SiteTerms:
        """The terms of a site as if it used only these packs, stored under a name."""
        site = replace(self.terms(key).site, packs=(name,), formerly=(), own=(name,))
        return terms_of(site, {name: packs})

    def all(self) -> Sequence[Site]:
        """Every site, read without the cache."""
        return list(sites_of(from_setting_items(query(Item, SITES))))

    def forget(self, name: str) -> None:
        """Drops a changed site from the cache, or all sites that promise by a changed own pack."""
        for key in [key for key, (_, terms) in self._known.items() if name in (key, *terms.site.own)]:
            del self._known[key]

    @cached_property
    def _own_packs(self) -> "OwnPacks":
        """Imported lazily: most sites promise by what comes with the product."""
        from complaints.adapters.stores.settings.custom_packs import OwnPacks

        return OwnPacks()

    def _read(self, key: str) -> Site:
        items = get_all([setting_key(kind, key) for kind in OF_A_SITE])
        for site in sites_of(from_setting_items(items)):
            return site
        raise UnknownSite


def sites_of(settings: Iterable[Setting]) -> Iterator[Site]:
    """The sites that these settings make up. One without a team or without promises is none yet."""
    records = {(setting.kind, setting.id): setting.record for setting in settings}

    def record(kind: SettingKind, key: str, usual: type[R]) -> R | None:
        found = records.get((kind, key))
        return found if isinstance(found, usual) else None

    for kind, key in records:
        site, team = record(kind, key, SiteRecord), record(SettingKind.TEAM, key, Team)
        packs = record(SettingKind.PACKS, key, Packs)
        if kind is SettingKind.SITE and site and team and packs:
            yield Site(
                key=key,
                **asdict(site),
                **asdict(team),
                **asdict(packs),
                codes=record(SettingKind.CODES, key, Codes) or Codes(),
                texts=record(SettingKind.TEXTS, key, Texts) or Texts(),
                fields=(record(SettingKind.FIELDS, key, OwnFields) or OwnFields()).fields,
                decrees=record(SettingKind.CALENDAR, key, SiteHolidays) or SiteHolidays(),
            )


def terms_of(site: Site, own: Mapping[str, tuple[Pack, ...]] = NONE) -> SiteTerms:
    """A site with its packs, and the calendar of each, packs formerly in force included.

    `own` are those of the operator; clocks of one that cannot be read use the pack in its place. A site whose
    packs have no clock for a danger to somebody, or none for a request about personal data, has that of the
    default pack.
    """
    named = {name: own.get(name) or packs_named(name) for name in (*site.formerly, *site.packs)}
    calendars = {name: _calendar(site, own[name][-1]) for name in named if name in own}
    packs = {(pack.id, pack.version): pack for name in site.packs for pack in named[name]}
    known = {clock.starts_on for pack in packs.values() for clock in pack.clocks}
    if lacking := _EVERYWHERE - known:
        usual = packs_named(DEFAULT)[-1]
        clocks = tuple(clock for clock in usual.clocks if clock.starts_on in lacking)
        packs[(usual.id, usual.version)] = replace(usual, clocks=clocks)
    for pack in chain(*named.values(), packs.values()):
        calendars[pack.id] = calendars[f"{pack.id}/{pack.version}"] = _calendar(site, pack)
    return SiteTerms(site, tuple(packs.values()), calendars)


def _calendar(site: Site, pack: Pack) -> Calendar:
    region = site.holidays if pack.holiday_calendar == "site" else pack.holiday_calendar
    zone = site.zone if pack.timezone == "site" else pack.timezone
    holidays = with_site_holidays(holidays_of(region), site.decrees, site.holidays)
    return working_calendar(zone, site.windows or pack.working_time, holidays)
