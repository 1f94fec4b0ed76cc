"""A change that is tried before it is made: what a site would be after it."""

from msgspec.structs import asdict, replace

from complaints.calendars.site_holidays import SiteHolidays
from complaints.settings.changes import (
    Change,
)
from complaints.settings.rules import decide, evolve_all
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import Site, SiteRecord, Texts


def site_after(site: Site, setting: Setting, command: Change, context: SettingsContext) -> Site:
    """The site with another record of how it handles complaints, with other texts or with other decreed days.
    Raises what the change itself would."""
    record = evolve_all(setting, decide(setting, command, context)).record
    if isinstance(record, SiteHolidays):
        return replace(site, decrees=record)
    if isinstance(record, Texts):
        return replace(site, texts=record)
    assert isinstance(record, SiteRecord)
    return replace(site, **asdict(record))
