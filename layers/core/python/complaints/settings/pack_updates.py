"""Changes of law: versions of promise packs that follow on others, for the sites that promise by them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from complaints.promise_packs.schema import Pack

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
