"""Bulk commands as items: what was asked for, and how far it is."""

from datetime import timedelta

import msgspec

from complaints.adapters.dynamodb.key_schema import bulk_key
from complaints.adapters.dynamodb.models import BulkItem
from complaints.adapters.dynamodb.reads import get_all
from complaints.adapters.dynamodb.transactions import was_made
from complaints.values.casework.bulk_commands import BulkCommand
from complaints.values.errors import Stale

LIFETIME = timedelta(days=30)
"""How long one can be looked at."""

_decode = msgspec.json.Decoder(BulkCommand).decode
_encode = msgspec.json.Encoder().encode


class DynamoBulkCommands:
    """Bulk commands in DynamoDB; each expires by TTL."""

    def keep(self, bulk: BulkCommand) -> None:
        """Writes one. Raises `Stale` where the same revision was written meanwhile, `Unavailable`."""
        item = BulkItem(
            *bulk_key(bulk.id),
            revision=bulk.revision,
            bulk=_encode(bulk).decode(),
            expires=int((bulk.at + LIFETIME).timestamp()),
        )
        before = bulk.revision - 1
        is_still = BulkItem.revision == before if before else BulkItem.pk.does_not_exist()
        if not was_made(lambda: item.save(condition=is_still)):
            raise Stale(bulk.revision)

    def find(self, id: str) -> BulkCommand | None:
        """The one with this id. Raises `Unavailable`."""
        found = get_all([bulk_key(id)])
        return next((_decode(item.bulk) for item in found if isinstance(item, BulkItem)), None)
