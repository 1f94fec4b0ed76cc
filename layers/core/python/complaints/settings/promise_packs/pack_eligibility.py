"""Which promise packs a site may use: supported ones, and others whose gaps an administrator has seen."""

from collections.abc import Iterable, Iterator

from complaints.promise_packs.loader import PackRefused
from complaints.promise_packs.schema import Pack
from complaints.promise_packs.upload import packs_in
from complaints.settings.commands import ChangePacks
from complaints.settings.promise_packs.pack_coverage import (
    NOT_NAMED,
    asked_of_site,
    lacking,
    unconfirmed,
    unmapped,
)
from complaints.settings.setting import Packs
from complaints.settings.settings_context import SettingsContext
from complaints.site.site import Site, SiteRecord, Texts
from complaints.values.codes import Codes
from complaints.values.errors import Wrong


def unfit_packs(command: ChangePacks, key: str, context: SettingsContext) -> Iterator[Wrong]:
    """The errors of packs that are not fully supported, unless the change says that this was seen, of packs
    whose letters must name what the site does not say, and of packs with unconfirmed figures, unless the site
    is on trial. A site keeps a pack that it uses already, whatever gaps were found in it since."""
    site = context.sites[key]
    texts = context.texts.get(key, Texts())
    already = context.promises.get(key, Packs()).packs
    for place, name in enumerate(command.packs):
        packs = packs_of(name, context)
        missing = _missing(packs, _site(key, site, context))
        if missing and name not in command.seen:
            yield Wrong(f"/packs/{place}", "unmapped-pack", ", ".join(missing))
        if name not in already:
            yield from (Wrong(f"/packs/{place}", NOT_NAMED[field]) for field in _unnamed(packs, site))
        short = dict.fromkeys(code for pack in packs for code in lacking(pack, texts))
        if name not in (*command.seen, *already) and short:
            yield Wrong(f"/packs/{place}", "incomplete-pack")
            yield from (Wrong(f"/packs/{place}", code) for code in short)
        if not site.trial and (unsure := _unsure(packs)):
            yield Wrong(f"/packs/{place}", "unconfirmed-pack", ", ".join(unsure))


def unfit_site(record: SiteRecord, key: str, context: SettingsContext) -> Iterator[Wrong]:
    """A trial cannot end while the site promises by unconfirmed figures, nor does a site lose what letters of
    its packs must name."""
    names = context.promises.get(key, Packs()).packs
    packs = [pack for name in names for pack in packs_of(name, context)]
    unsure = _unsure(packs)
    if unsure and not record.trial:
        yield Wrong("/trial", "unconfirmed-pack", ", ".join(unsure))
    if before := context.sites.get(key):
        lost = set(_unnamed(packs, record)).difference(_unnamed(packs, before))
        yield from (Wrong(f"/{field}", NOT_NAMED[field]) for field in lost)


def packs_of(name: str, context: SettingsContext) -> tuple[Pack, ...]:
    """The versions of a pack; none of one that this program cannot read, which promises nothing new."""
    own = context.own_packs.get(name)
    if own is None:
        return () if context.shipped_data.fault_of_pack(name) else context.shipped_data.packs(name)
    try:
        return packs_in(own.file)
    except PackRefused:
        return ()


def _site(key: str, record: SiteRecord, context: SettingsContext) -> Site:
    """As much of the site as conditions of packs ask for."""
    values = {name: getattr(record, name) for name in SiteRecord.__struct_fields__}
    return Site(key=key, **values, team="", manager="", codes=context.codes.get(key, Codes()))


def _unnamed(packs: Iterable[Pack], site: SiteRecord) -> Iterator[str]:
    """What letters of the packs must name and the site does not say."""
    asked = dict.fromkeys(field for pack in packs for field in asked_of_site(pack))
    return (field for field in asked if getattr(site, field) is None)


def _missing(packs: Iterable[Pack], site: Site) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for pack in packs for name in unmapped(pack, site).names))


def _unsure(packs: Iterable[Pack]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for pack in packs for name in unconfirmed(pack)))
