"""Chains as items: the sealed entries in one partition, the private values in another that IAM can fence."""

import zlib
from collections.abc import Iterable, Sequence

import msgspec

from complaints.adapters.config import telemetry
from complaints.adapters.dynamodb.compression import pack, unpack
from complaints.adapters.dynamodb.encryption import decrypted, encrypted, is_encrypted
from complaints.adapters.dynamodb.key_schema import (
    Key,
    case_pk,
    entry_sk,
    identity_pk,
    private_pk,
    reference_in,
)
from complaints.adapters.dynamodb.models import EntryItem, Item, PrivateItem
from complaints.adapters.dynamodb.reads import get_with_data_keys, query
from complaints.audit_trail.hash_chain import Private, StoredEntry

_SEALED = b'"sealed":true'
"""What the receipt of a case says in whose entries the identity stands apart."""


def entry_item(pk: str, number: int, data: bytes) -> EntryItem:
    return EntryItem(
        pk, entry_sk(number), number=number, data=data, correlation=telemetry.correlation() or None
    )


def private_item(
    name: str, number: int, private: Private, *, is_message: bool = False, data_key: bytes = b""
) -> PrivateItem:
    """The private values of an entry of the chain that `name` has, encrypted where that has a data key."""
    place = private_pk(name), entry_sk(number)
    values = encrypted(pack(private), data_key, place)
    return PrivateItem(*place, number=number, values=values, is_message=is_message)


def identity_item(reference: str, number: int, identity: Private, data_key: bytes) -> PrivateItem:
    """The private values of an entry of a sealed case that say who complains."""
    place = identity_pk(reference), entry_sk(number)
    values = encrypted(pack(identity), data_key, place)
    return PrivateItem(*place, number=number, values=values, is_message=False)


def private_values(item: PrivateItem, data_key: bytes | None) -> Private:
    """The values of an item; none where they were forgotten with their key, or are not as they were
    written."""
    data = decrypted(item.values, data_key, (item.pk, item.sk))
    try:
        return unpack(data) if data else {}
    except (zlib.error, msgspec.DecodeError):
        return {}


def entry_keys(reference: str, numbers: Iterable[int], *, with_identity: bool = False) -> list[Key]:
    """The keys of these entries of a case, and of their private values; those of a sealed identity only where
    they are asked for."""
    places = (case_pk(reference), private_pk(reference), identity_pk(reference))
    return [(pk, entry_sk(number)) for number in set(numbers) for pk in places[: 2 + with_identity]]


def stored_entries(items: Iterable[Item], data_key: bytes | None) -> list[StoredEntry]:
    """The entries among these items of one case, in their order, with the private values that are there."""
    entries: dict[int, bytes] = {}
    private: dict[int, Private] = {}
    for item in items:
        if isinstance(item, EntryItem):
            entries[_number(item)] = item.data
        elif isinstance(item, PrivateItem):
            private.setdefault(_number(item), {}).update(private_values(item, data_key))
    return [StoredEntry(number, entries[number], private.get(number, {})) for number in sorted(entries)]


def chain_of(
    pk: str, name: str, last: int | None = None, *, with_identity: bool = False
) -> Sequence[StoredEntry]:
    """The chain in its order, or its `last` entries, with the private values that are still there; those of a
    sealed identity only where they are asked for.

    They are as of its last entry or later: what an entry removes is never given back beside that entry.
    """
    sealed = sealed_chain_of(pk, last)
    is_apart = with_identity and bool(sealed) and _SEALED in sealed[0].data
    places = (private_pk(name), identity_pk(name))[: 1 + is_apart]
    found = [item for place in places for item in _entries(place, last)]
    items = [item for item in found if isinstance(item, PrivateItem)]
    data_key = data_key_of(name) if any(is_encrypted(item.values) for item in items) else None
    private: dict[int, Private] = {}
    for item in items:
        private.setdefault(_number(item), {}).update(private_values(item, data_key))
    return [StoredEntry(each.number, each.data, private.get(each.number, {})) for each in sealed]


def data_key_of(reference: str) -> bytes | None:
    """The data key of a case, in a read of its own."""
    return get_with_data_keys((), [reference])[1].get(reference)


def sealed_chain_of(pk: str, last: int | None = None) -> Sequence[StoredEntry]:
    """The chain in its order, or its `last` entries, without what people wrote."""
    return [
        StoredEntry(_number(item), item.data, {})
        for item in _entries(pk, last)
        if isinstance(item, EntryItem)
    ]


def _number(item: Item) -> int:
    """Which entry it is of, by its key: who changes the attribute alone moves nothing."""
    return int(reference_in(item.sk))


def _entries(pk: str, last: int | None) -> list[Item]:
    """The items of entries in a partition, or the `last` ones, in their order."""
    if last is None:
        return query(Item, pk, "entry#")
    return query(Item, pk, "entry#", scan_index_forward=False, limit=last)[::-1]
