"""Sites as items, and the terms under which each handles complaints; kept for a minute."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

import msgspec

from complaints.calendar import Calendar
from complaints.holiday_data import Holidays, read_holidays, working_calendar
from complaints.pack_format import Pack
from complaints.packs import read_packs
from complaints.refusals import Invalid, Wrong
from complaints.site import Site, Terms
from complaints.world.names import SITES, site_key
from complaints.world.reading import answering, get_all, query
from complaints.world.table import Item, SiteItem

FRESH = timedelta(seconds=60)
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Site).decode


class UnknownSite(Invalid):
    """No site has this key."""

    def __init__(self) -> None:
        super().__init__(Wrong("/site", "unknown-site"))


class DynamoSites:
    """Sites in DynamoDB. `now` gives the time by which what was read grows old."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[str, tuple[datetime, Terms]] = {}

    def terms(self, key: str) -> Terms:
        """The terms of a site. Raises `UnknownSite`."""
        if not _KEY.fullmatch(key):
            raise UnknownSite
        known = self._known.get(key)
        now = self._now()
        if known and now - known[0] < FRESH:
            return known[1]
        terms = terms_of(self._read(key))
        self._known[key] = (now, terms)
        return terms

    def all(self) -> Sequence[Site]:
        return [_decode(item.settings) for item in query(Item, SITES, "site#")]

    def save(self, site: Site) -> None:
        """Saves a site whose packs and calendar exist. Raises `LookupError`, `packs.PackRefused`."""
        terms_of(site)
        pk, sk = site_key(site.key)
        with answering():
            SiteItem(pk, sk, settings=_encode(site).decode()).save()
        self._known.pop(site.key, None)

    def _read(self, key: str) -> Site:
        for item in get_all([site_key(key)]):
            if isinstance(item, SiteItem):
                return _decode(item.settings)
        raise UnknownSite


def terms_of(site: Site) -> Terms:
    """A site with its packs, and the calendar that each reckons with."""
    packs = tuple(pack for name in site.packs for pack in _packs(name))
    return Terms(site, packs, {pack.id: _calendar(site, pack) for pack in packs})


def _calendar(site: Site, pack: Pack) -> Calendar:
    region = site.holidays if pack.holiday_calendar == "site" else pack.holiday_calendar
    zone = site.zone if pack.timezone == "site" else pack.timezone
    return working_calendar(zone, site.windows or pack.working_time, _holidays(region))


@cache
def _packs(name: str) -> tuple[Pack, ...]:
    return read_packs(_data("packs", name))


@cache
def _holidays(region: str) -> Holidays:
    return read_holidays(_data("calendars", region))


def _data(folder: str, name: str) -> bytes:
    """A data file that ships with the product. Raises `LookupError` for a name that does not."""
    shipped = {entry.name: entry for entry in (files("complaints") / "data" / folder).iterdir()}
    entry = shipped.get(f"{name}.json")
    if entry is None:
        raise LookupError(f"{folder}: {name} is not shipped")
    return entry.read_bytes()
