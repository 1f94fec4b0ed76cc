"""Administrators are written of new versions of the promise packs of their sites, once of each."""

from typing import TYPE_CHECKING

from complaints.settings.commands import TellOfPacks
from complaints.settings.promise_packs.pack_updates import untold
from complaints.settings.setting import Packs
from complaints.settings.settings_context import among
from complaints.values.people import MACHINE

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def tell(deps: "Container") -> None:
    """Looks at all sites; a version that a run wrote of is written of by no other."""
    everything = tuple(deps.settings_store.all())
    context = among(everything, now=deps.now(), by=MACHINE, shipped_data=deps.shipped_data)
    for setting in everything:
        # Of one that a newer release wrote, that one tells.
        if isinstance(setting.record, Packs) and setting.id in context.sites and not setting.is_newer:
            versions = untold(setting.id, setting.record, context)
            if versions:
                deps.settings_service.carry_out(setting, TellOfPacks(versions=versions), context)
