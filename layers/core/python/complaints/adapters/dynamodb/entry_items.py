"""Chains as items: the sealed entries in one partition, the private values in another that IAM can fence."""

from collections.abc import Sequence

from complaints.adapters.dynamodb.compression import pack, unpack
from complaints.adapters.dynamodb.key_schema import entry_sk, private_pk
from complaints.adapters.dynamodb.models import EntryItem, Item, PrivateItem
from complaints.adapters.dynamodb.reads import query
from complaints.audit_trail.hash_chain import Private, StoredEntry


def entry_item(pk: str, number: int, data: bytes) -> EntryItem:
    return EntryItem(pk, entry_sk(number), number=number, data=data)


def private_item(name: str, number: int, private: Private, *, is_message: bool = False) -> PrivateItem:
    """The private values of an entry of the chain that `name` has."""
    values = pack(private)
    return PrivateItem(
        private_pk(name), entry_sk(number), number=number, values=values, is_message=is_message
    )


def chain_of(pk: str, name: str) -> Sequence[StoredEntry]:
    """The whole chain in its order, with the private values that are still there."""
    private = {
        item.number: unpack(item.values)
        for item in query(Item, private_pk(name), "entry#")
        if isinstance(item, PrivateItem)
    }
    return [StoredEntry(each.number, each.data, private.get(each.number, {})) for each in sealed_chain_of(pk)]


def sealed_chain_of(pk: str) -> Sequence[StoredEntry]:
    """The whole chain in its order, without what people wrote."""
    return [
        StoredEntry(int(item.sk.partition("#")[2]), item.data, {})
        for item in query(Item, pk, "entry#")
        if isinstance(item, EntryItem)
    ]
