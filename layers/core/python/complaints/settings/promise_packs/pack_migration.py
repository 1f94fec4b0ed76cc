"""A site lets the clocks of its open cases go over to the version of a pack that is in force."""

from msgspec.structs import replace

from complaints.calendars.time_zones import zone_named
from complaints.case.fact import Fact
from complaints.settings.commands import (
    MigratePacks,
)
from complaints.settings.events import PacksChanged
from complaints.settings.promise_packs.pack_eligibility import packs_of
from complaints.settings.setting import Packs, Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Invalid, Wrong


def migrate_packs(setting: Setting, command: MigratePacks, context: SettingsContext) -> list[Fact]:
    """Names the version by which clocks go from now on that began under an older one; the schedule goes
    through the cases. Raises `Invalid`."""
    before = setting.record if isinstance(setting.record, Packs) else Packs()
    if command.pack not in before.packs:
        raise Invalid(Wrong("/pack", "unknown-pack"))
    today = context.now.astimezone(zone_named(context.sites[setting.id].zone)).date()
    version = next(
        (pack.version for pack in packs_of(command.pack, context) if pack.is_in_force(today)), None
    )
    if version is None:
        raise Invalid(Wrong("/pack", "not-in-force"))
    record = replace(before, migrated={**before.migrated, command.pack: version})
    return [PacksChanged(at=context.now, by=context.by, reason=command.reason, record=record, reckons=True)]
