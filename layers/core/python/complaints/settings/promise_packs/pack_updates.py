"""Changes of law: versions of promise packs that follow on others, for the sites that promise by them.

A site lets the clocks of its open cases go over to the version of a pack that is in force.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from complaints.calendars.time_zones import zone_named
from complaints.case.correspondence.letter import LawLine
from complaints.case.fact import Fact
from complaints.letters.notices.administrator_digest import readers
from complaints.promise_packs.schema import Pack
from complaints.settings.commands import MigratePacks, TellOfPacks
from complaints.settings.events import PacksChanged, PackVersionsTold
from complaints.settings.promise_packs.pack_eligibility import packs_of
from complaints.settings.setting import Packs, Setting
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Invalid, Wrong

TOLD_FOR = timedelta(days=90)
"""How long after its first day a version is told of."""


class PackUpdate(NamedTuple):
    """A version that follows on another one, and the sites that promise by its pack."""

    pack: Pack
    sites: tuple[str, ...]
    is_coming: bool


def updates(
    packs: Iterable[Pack], promised: Mapping[str, Iterable[str]], today: date
) -> Iterator[PackUpdate]:
    """The versions that are to come, or came within the last ninety days; `promised` are the packs by site.

    The first version of a pack follows on nothing: who promises by it chose it.
    """
    of_site = {site: frozenset(names) for site, names in promised.items()}
    for pack in packs:
        sites = tuple(site for site, names in of_site.items() if pack.id in names)
        if pack.version > 1 and sites and today - pack.effective_from < TOLD_FOR:
            yield PackUpdate(pack, sites, is_coming=pack.effective_from > today)


def untold(site: str, record: Packs, context: SettingsContext) -> dict[str, int]:
    """The versions that the administrators of a site were not written of yet, by the names of their packs;
    nothing while there is nobody to write to."""
    packs = [pack for name in record.packs for pack in packs_of(name, context)]
    found = updates(packs, {site: record.packs}, context.now.date())
    versions: dict[str, int] = {}
    for update in found:
        if update.pack.version > max(record.told.get(update.pack.id, 1), versions.get(update.pack.id, 1)):
            versions[update.pack.id] = update.pack.version
    return versions if any(readers(context.members, site)) else {}


def tell_of_packs(setting: Setting, command: TellOfPacks, context: SettingsContext) -> list[Fact]:
    """Notes that the administrators are written of these versions; once of each."""
    assert isinstance(setting.record, Packs)
    told = setting.record.told
    versions = {name: number for name, number in command.versions.items() if number > told.get(name, 1)}
    return [PackVersionsTold(at=context.now, by=context.by, versions=versions)] if versions else []


def told(setting: Setting, fact: PackVersionsTold) -> Setting:
    assert isinstance(setting.record, Packs)
    return replace(setting, record=replace(setting.record, told=setting.record.told | fact.versions))


def law_lines(site: str, versions: Mapping[str, int], context: SettingsContext) -> Iterator[LawLine]:
    """What the letter says of these versions."""
    for name, number in versions.items():
        for pack in packs_of(name, context):
            if pack.version == number:
                yield LawLine(
                    site=site, pack=name, title=pack.title, version=number, begins=pack.effective_from
                )


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
