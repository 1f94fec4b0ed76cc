"""The store of records of the management system: one item for each, and its history as a chain of entries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from pynamodb.transactions import TransactWrite

from complaints.adapters.dynamodb.entry_items import chain_of, entry_item, private_item
from complaints.adapters.dynamodb.guard_items import from_guard, is_free, to_guard
from complaints.adapters.dynamodb.key_schema import (
    ORDERED,
    entry_sk,
    guard_key,
    record_chain_pk,
    record_key,
    records_pk,
    sortable,
)
from complaints.adapters.dynamodb.letter_items import to_letter_item
from complaints.adapters.dynamodb.models import EntryItem, GuardItem, Item, RecordItem
from complaints.adapters.dynamodb.reads import MOST_OF_A_BATCH, answering, get_all, query
from complaints.adapters.dynamodb.record_items import from_record_item, to_record_item
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import Reasons, commit, failed, old_item
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.context.case import AlreadyUsed, Guard
from complaints.management.kinds import declaration
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import FRESH, RecordConflict, RecordWriting


class DynamoManagementRecords:
    """Records in DynamoDB (port `RecordsStore`)."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, RecordKind], tuple[datetime, Sequence[ManagementRecord]]] = {}

    def load(self, kind: RecordKind, id: str) -> ManagementRecord:
        return self.look_up(kind, id)[0]

    def look_up(
        self, kind: RecordKind, id: str, guard: str | None = None
    ) -> tuple[ManagementRecord, Guard | None]:
        record, used = ManagementRecord(kind=kind, id=id), None
        for item in get_all([record_key(kind, id), *([guard_key(guard)] if guard else [])]):
            if isinstance(item, RecordItem):
                record = from_record_item(item)
            elif isinstance(item, GuardItem):
                used = from_guard(item)
        return record, used

    def of_site(self, site: str, kind: RecordKind) -> Sequence[ManagementRecord]:
        return [from_record_item(item) for item in query(RecordItem, records_pk(site), f"{kind}#")]

    def known(self, site: str, kind: RecordKind, now: datetime) -> Sequence[ManagementRecord]:
        known = self._known.get((site, kind))
        if known is None or now - known[0] >= FRESH:
            known = self._known[site, kind] = now, self.of_site(site, kind)
        return known[1]

    def waiting(self, since: datetime) -> Sequence[ManagementRecord]:
        """What is ordered beyond a hundred is found when some of these are made."""
        with answering():
            places = Item.due_sk >= sortable(since)
            found = [(item.pk, item.sk) for item in Item.due.query(ORDERED, places, limit=MOST_OF_A_BATCH)]
        items = get_all(found) if found else []
        records = {item.sk: from_record_item(item) for item in items if isinstance(item, RecordItem)}
        # The index may name for a moment what was made by now.
        named = (records[sk] for _, sk in found if sk in records)
        return [each for each in named if declaration(each.kind).waits_since(each.content)]

    def write(self, writing: RecordWriting) -> None:
        record = writing.record
        commit(
            lambda: self._transact(writing),
            lambda reasons: _raise_what_was_lost(reasons, writing),
            (record_chain_pk(record.kind, record.id), entry_sk(record.number)),
            writing.entry,
        )
        for each in (writing, *writing.begins):
            self._known.pop((each.record.site, each.record.kind), None)

    def entries(self, kind: RecordKind, id: str, last: int | None = None) -> Sequence[StoredEntry]:
        pk = record_chain_pk(kind, id)
        return chain_of(pk, pk, last)

    def _transact(self, writing: RecordWriting) -> None:
        with TransactWrite(connection=connection(), client_request_token=str(uuid4())) as transaction:
            for guard in writing.guards:
                transaction.save(to_guard(guard), condition=is_free(guard), return_values="ALL_OLD")
            for each in (writing, *writing.begins):
                _save(transaction, each)


def _save(transaction: TransactWrite, writing: RecordWriting) -> None:
    record, before = writing.record, writing.before
    pk = record_chain_pk(record.kind, record.id)
    still = RecordItem.number == before if before else RecordItem.pk.does_not_exist()
    transaction.save(to_record_item(record), condition=still)
    entry = entry_item(pk, record.number, writing.entry)
    transaction.save(entry, condition=EntryItem.pk.does_not_exist())
    for letter in writing.letters:
        transaction.save(to_letter_item(letter))
    if writing.private:
        transaction.save(private_item(pk, record.number, writing.private))


def _raise_what_was_lost(reasons: Reasons, writing: RecordWriting) -> None:
    """Reasons stand in the order of the items: guards, then the record. A used key comes first."""
    stood = failed(reasons)
    for place in range(len(writing.guards)):
        if place in stood:
            raise AlreadyUsed(from_guard(GuardItem.from_raw_data(old_item(stood[place]))))
    if stood:
        raise RecordConflict
