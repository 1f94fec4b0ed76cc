"""What complainant and organisation wrote to each other, as private items in their order."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from complaints.adapters.dynamodb.entry_items import entry_keys, stored_entries
from complaints.adapters.dynamodb.key_schema import entry_sk, private_pk, reference_in
from complaints.adapters.dynamodb.models import Item, PrivateItem
from complaints.adapters.dynamodb.reads import answering, get_with_data_keys
from complaints.audit_trail.hash_chain import StoredEntry


class DynamoMessages:
    """Entries with their texts, in as few reads as there can be."""

    def of_entries(
        self, reference: str, numbers: Iterable[int], *, with_identity: bool = False
    ) -> Sequence[StoredEntry]:
        """These entries in their order, in one batch read for every 49 (33 with a sealed identity)."""
        keys = entry_keys(reference, numbers, with_identity=with_identity)
        if not keys:
            return []
        items, data_keys = get_with_data_keys(keys, [reference])
        return stored_entries(items, data_keys.get(reference))

    def of_cases(self, numbers_of: Mapping[str, Collection[int]]) -> Mapping[str, Sequence[StoredEntry]]:
        """These entries of several cases, each in its order: one batch read for every 33 of them."""
        keys = [key for name, numbers in numbers_of.items() for key in entry_keys(name, numbers)]
        items, data_keys = get_with_data_keys(keys, numbers_of if keys else ())
        found: dict[str, list[Item]] = {}
        for item in items:
            found.setdefault(reference_in(item.pk), []).append(item)
        return {name: stored_entries(items, data_keys.get(name)) for name, items in found.items()}

    def numbers_before(self, reference: str, number: int, limit: int) -> Sequence[int]:
        """The numbers of up to `limit` messages before entry `number`, the latest first."""
        with answering():
            found = PrivateItem.query(
                private_pk(reference),
                PrivateItem.sk.between(entry_sk(0), entry_sk(number - 1)),
                filter_condition=PrivateItem.is_message == True,  # noqa: E712  # a condition, not a truth value
                scan_index_forward=False,
                limit=limit,
                attributes_to_get=["item", "sk"],
            )
            return [int(reference_in(item.sk)) for item in found]
