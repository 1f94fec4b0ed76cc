"""A record of the management system as its item, and back."""

from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from complaints.adapters.dynamodb.key_schema import ORDERED, due_pk, record_key, sortable
from complaints.adapters.dynamodb.models import RecordItem
from complaints.management.kinds import declaration
from complaints.management.record import ManagementRecord, RecordKind

_encode = msgspec.json.Encoder().encode


@cache
def _decoder(kind: RecordKind) -> Any:
    """Made for kinds that are read."""
    return msgspec.json.Decoder(declaration(kind).content).decode


def to_record_item(record: ManagementRecord) -> RecordItem:
    """The item, in the due index where the schedule is to look at it, or where it is a file to be made."""
    pk, sk = record_key(record.kind, record.id)
    ordered_at = declaration(record.kind).waits_since(record.content) if record.content else None
    place, moment = (ORDERED, ordered_at) if ordered_at else (due_pk(record.reference), record.due)
    return RecordItem(
        pk,
        sk,
        number=record.number,
        version=record.version,
        seal=record.seal,
        content=_encode(record.content).decode(),
        next_due=record.due.isoformat() if record.due else None,
        reminded=record.reminded.isoformat() if record.reminded else None,
        due_pk=place if moment else None,
        due_sk=f"{sortable(moment)}#{record.reference}" if moment else None,
    )


def from_record_item(item: RecordItem) -> ManagementRecord:
    """The record that an item holds."""
    kind, _, id = item.sk.partition("#")
    return ManagementRecord(
        kind=RecordKind(kind),
        id=id,
        number=int(item.number),
        version=int(item.version),
        seal=item.seal,
        content=_decoder(RecordKind(kind))(item.content),
        due=datetime.fromisoformat(item.next_due) if item.next_due else None,
        reminded=datetime.fromisoformat(item.reminded) if item.reminded else None,
    )
