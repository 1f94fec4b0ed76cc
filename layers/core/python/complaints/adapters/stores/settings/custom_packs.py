"""The promise packs that the operator brought, for the sites that promise by them.

One that this program cannot read takes no site down: the last that was read goes on, and where there is none
the promises that come with the product take its place, so that no case is without promises.
"""

from collections.abc import Mapping

from complaints.adapters.config import telemetry
from complaints.adapters.config.shipped_data import holidays_of, packs_named
from complaints.adapters.dynamodb.key_schema import setting_key
from complaints.adapters.dynamodb.reads import get_all
from complaints.adapters.dynamodb.setting_items import from_setting_items
from complaints.promise_packs.loader import Pack, PackRefused
from complaints.promise_packs.upload import packs_in
from complaints.settings.setting import OwnPack, SettingKind
from complaints.site.site import Site

INSTEAD = "iso10002-default"
UNREADABLE = "UnreadablePacks"
"""The metric that an operator who brings packs can put an alarm on."""


class OwnPacks:
    """The packs of the operator, read with the site that names them."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Pack, ...]] = {}

    def of(self, site: Site) -> Mapping[str, tuple[Pack, ...]]:
        """The versions of each pack of the operator that a site names, in one batch read."""
        items = get_all([setting_key(SettingKind.PACK, name) for name in site.own])
        settings = list(from_setting_items(items))
        files = {each.id: each.record for each in settings if isinstance(each.record, OwnPack)}
        return {name: self._read(name, files.get(name)) for name in site.own}

    def _read(self, name: str, record: OwnPack | None) -> tuple[Pack, ...]:
        try:
            self._last[name] = usable(name, record)
        except (PackRefused, LookupError) as error:
            telemetry.failure("promises cannot be read", error, pack=name)
            telemetry.count(UNREADABLE)
        return self._last.get(name) or packs_named(INSTEAD)


def usable(name: str, record: OwnPack | None) -> tuple[Pack, ...]:
    """The packs of a file, with calendars that there are. Raises `PackRefused`, `LookupError`."""
    if record is None:
        raise LookupError(name)
    packs = packs_in(record.file)
    for pack in packs:
        if pack.holiday_calendar != "site":
            holidays_of(pack.holiday_calendar)
    return packs
