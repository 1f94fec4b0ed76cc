"""What has something to do by now: the sparse `due` index, shard by shard, and nothing else."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from complaints.world.names import reference_in, sortable
from complaints.world.reading import answering
from complaints.world.table import DUE_SHARDS, Item


class Due(Struct, frozen=True):
    """A case, one of its `letter`s, or a `member` whose cases are being handed over: its moment has come."""

    reference: str
    letter: str | None
    member: str | None = None


class DynamoAgenda:
    """The due index in DynamoDB. It is a hint: whoever acts on it reads the item itself."""

    def due(self, now: datetime, most: int) -> Iterator[Due]:
        """What is due by `now`, the earliest first in each shard, at most `most` of each."""
        for shard in range(DUE_SHARDS):
            with answering():
                places = Item.due_sk < f"{sortable(now)}$"
                found = list(Item.due.query(f"due#{shard}", places, limit=most, page_size=most))
            for item in found:
                kind, _, name = item.sk.partition("#")
                if kind == "member":
                    yield Due("", None, name)
                else:
                    yield Due(reference_in(item.pk), name or None)

    def next_moment(self, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which something falls due."""
        earliest = None
        for shard in range(DUE_SHARDS):
            with answering():
                places = Item.due_sk > f"{sortable(after)}$"
                found = list(Item.due.query(f"due#{shard}", places, limit=1, page_size=1))
            for item in found:
                moment = datetime.fromisoformat(item.due_sk.partition("#")[0])
                earliest = min(earliest or moment, moment)
        return earliest
