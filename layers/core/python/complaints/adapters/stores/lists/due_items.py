"""What has something to do by now: the sparse `due` index, shard by shard, and nothing else."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from zlib import crc32

from pynamodb.expressions.condition import Condition

from complaints.adapters.dynamodb.key_schema import (
    AUTOMATIONS,
    RECORDS,
    SITES,
    WAIT,
    Key,
    case_pk,
    due_place,
    due_shard,
    head_key,
    letter_sk,
    member_key,
    record_key,
    reference_in,
    setting_key,
    sortable,
    wait_key,
)
from complaints.adapters.dynamodb.models import DUE_SHARDS, Item
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import was_made
from complaints.context.case import Due
from complaints.context.ports import DueShare
from complaints.values.errors import Unavailable

PAGE = 1000
"""How many due things one read of a shard names: few reads, each far below what one may hold."""


MOST_OF_A_SHARE = 40_000
"""How many places of its shard a share looks at before it begins: 40 reads, and some megabytes of memory."""


PULSE, KEPT_FOR = "pulse", timedelta(days=1)
"""The name of what is changed by a pulse, and how long it stays after the last one."""


AGAIN_AFTER = timedelta(minutes=10)
"""How long something that could not be worked is left, so that the rest comes first."""


class DynamoAgenda:
    """The due index in DynamoDB. It is a hint: read the item itself before acting on it."""

    def due(
        self,
        now: datetime,
        page: int = PAGE,
        *,
        latest_first: bool = False,
        share: DueShare | None = None,
    ) -> Iterator[Due]:
        """All that is due by `now`, read `page` by page as it is asked for; the shards take turns.

        In each shard the earliest come first, or the latest. A shard that cannot be read holds up no
        other: `Unavailable` is raised when the others are through. Of a `share` the most urgent come first.
        """
        if share:
            yield from _due_of(share, now, page, latest_first)
            return
        shards = deque(_due(due_shard(shard), now, page, latest_first) for shard in range(DUE_SHARDS))
        trouble: Unavailable | None = None
        while shards:
            shard = shards.popleft()
            try:
                found = next(shard, None)
            except Unavailable as error:
                trouble = error
                continue
            if found:
                shards.append(shard)
                yield found
        if trouble:
            raise trouble

    def shares(self, now: datetime, each: int, most: int) -> Sequence[DueShare]:
        """What is due by `now` in at most so many shares of about `each`; none where it is no more than that.

        It costs a call and some hundred read units for every 8,000 that are due: only keys are counted.
        """
        found = []
        for shard in range(DUE_SHARDS):
            with answering():
                found.append(Item.due.count(due_shard(shard), _by(now), limit=each * most))
        if sum(found) <= each or most < DUE_SHARDS:
            return ()
        most_parts = most // DUE_SHARDS
        parts_of = [min(most_parts, -(-many // each)) for many in found]
        return [DueShare(shard, part, parts) for shard, parts in enumerate(parts_of) for part in range(parts)]

    def put_off(self, due: Due, now: datetime) -> None:
        """Names it again in `AGAIN_AFTER` only, unless it has changed: failing items do not block
        others."""
        pk, sk = _key(due)
        later = f"{sortable(now + AGAIN_AFTER)}#{_name(due)}"
        # Not through a model: what stands there may be what cannot be read.
        was_made(
            lambda: connection().update_item(
                Item.Meta.table_name,
                pk,
                sk,
                actions=[Item.due_sk.set(later)],
                condition=Item.due_sk < f"{sortable(now)}$",
            )
        )

    def pulse(self, now: datetime) -> None:
        """Changes an item that means nothing: what follows the stream hears of it though nobody complains."""
        # Imported lazily: most runs have no pulse.
        from complaints.adapters.stores.correspondence import rate_limits

        rate_limits.remember(PULSE, now + KEPT_FOR)

    def next_moment(self, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which something falls due."""
        earliest = None
        for shard in range(DUE_SHARDS):
            with answering():
                places = Item.due_sk > f"{sortable(after)}$"
                found = list(Item.due.query(due_shard(shard), places, limit=1, page_size=1))
            for item in found:
                moment = datetime.fromisoformat(due_place(item.due_sk)[0])
                earliest = min(earliest or moment, moment)
        return earliest


def _due(shard: str, now: datetime, page: int, latest_first: bool) -> Iterator[Due]:
    """What is due of one shard. Raises `Unavailable`."""
    return map(_named, _items(shard, now, page, latest_first))


def _items(shard: str, now: datetime, page: int, latest_first: bool) -> Iterator[Item]:
    found = iter(Item.due.query(shard, _by(now), page_size=page, scan_index_forward=not latest_first))
    while True:
        with answering():
            item = next(found, None)
        if item is None:
            return
        yield item


def _by(now: datetime) -> Condition:
    """The places in a shard of what is due by `now`."""
    condition: Condition = Item.due_sk < f"{sortable(now)}$"
    return condition


def _due_of(share: DueShare, now: datetime, page: int, latest_first: bool) -> Iterator[Due]:
    """What is due of a share, as far as its shard is looked at. Raises `Unavailable`."""
    seen = islice(_items(due_shard(share.shard), now, page, latest_first), MOST_OF_A_SHARE)
    placed = [(due_place(item.due_sk), item) for item in seen]
    own = [(urgency, item) for (_, urgency, name), item in placed if _part(name, share.parts) == share.part]
    # The sort is stable: in the order of their moments as they were read, whichever that is.
    for _, item in sorted(own, key=itemgetter(0)):
        yield _named(item)


def _part(name: str, parts: int) -> int:
    """Which part of its shard something belongs to. (The rest of the hash chose the shard: `due_pk`.)"""
    return crc32(name.encode()) // DUE_SHARDS % parts


def _name(due: Due) -> str:
    if due.record:
        return "/".join(due.record)
    return due.setting[1] if due.setting else due.member or due.reference


def _key(due: Due) -> Key:
    if due.member:
        return member_key(due.member)
    if due.setting:
        return setting_key(*due.setting)
    if due.record:
        return record_key(*due.record)
    if due.waits:
        return wait_key(due.reference)
    return (case_pk(due.reference), letter_sk(due.letter)) if due.letter else head_key(due.reference)


def _named(item: Item) -> Due:
    kind, _, name = item.sk.partition("#")
    if item.pk == SITES:
        return Due("", None, setting=(kind, name))
    if item.pk.startswith(AUTOMATIONS):
        return Due("", None, setting=(kind, name))
    if item.pk.startswith(RECORDS):
        return Due("", None, record=(kind, name))
    if kind == WAIT:
        return Due(reference_in(item.pk), None, waits=True)
    if kind == "member":
        return Due("", None, name)
    return Due(reference_in(item.pk), name or None, urgency=due_place(item.due_sk)[1] if name else "")
