"""A case counted from its entries: what they add to the figures of its site."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.casework.replay import replay
from complaints.model.complaint import Complaint
from complaints.reporting.figures import Counts, changes

ZoneOf = Callable[[str], str]
"""The time zone of a site, by its key."""


class _Moment(Struct):
    """When a fact was recorded."""

    at: datetime


class _Entry(Struct):
    facts: tuple[_Moment, ...]


_decode = msgspec.json.Decoder(_Entry).decode


def counted(reference: str, entries: Iterable[StoredEntry], zone_of: ZoneOf, since: int = 0) -> Counts:
    """What the entries after number `since` add; `entries` are all of the case, in their order.

    It needs no private value. Raises `msgspec.MsgspecError` for an entry that is none.
    """
    chain = list(entries)
    total: Counts = Counter()
    before = Complaint(reference=reference)
    for stored, after in zip(chain, replay(reference, chain), strict=True):
        if after.number > since:
            recorded_at = _decode(stored.data).facts[0].at
            total.update(changes(before, after, recorded_at, ZoneInfo(zone_of(after.site))))
        before = after
    return Counter({tally: number for tally, number in total.items() if number})
