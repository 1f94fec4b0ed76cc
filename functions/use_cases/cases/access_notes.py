"""Notes in the access log of what is read of many cases: exports and searches, each counted."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from complaints.values.casework.access_log import AccessEntry, AccessKind

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def note_site(deps: "Container", member: str, site: str, kind: AccessKind) -> None:
    """Counts an export or a search of a site: one write. Raises `Unavailable`.

    The words of a search are not kept, and no hash of them: they may be the name of somebody, and whoever
    knows the names of people could try them.
    """
    now = deps.now()
    days = deps.sites.terms(site).site.access_log_days
    entry = AccessEntry(place=f"site#{site}", member=member, kind=kind, site=site, at=now)
    deps.access_log.note(entry, now + timedelta(days=days))


def note_search(deps: "Container", member: str, sites: Iterable[str]) -> None:
    """Counts a search at each of the sites that it looks at: one write each. Raises `Unavailable`."""
    for site in sites:
        note_site(deps, member, site, AccessKind.SEARCH)
