"""The history of a record: its chain replayed, from nothing to its present state."""

from collections.abc import Iterable, Iterator
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.management.kinds import decoder
from complaints.management.record import ManagementRecord, RecordFact
from complaints.management.service import evolve


class RecordEntry(Struct, frozen=True):
    """One entry: its fact with what was said, and the record before and after it."""

    fact: RecordFact
    before: ManagementRecord
    after: ManagementRecord

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields of the content that became something else; none where what stood before is unknown."""
        old, new = self.before.content, self.after.content
        if old is None and self.after.number > 1:
            return ()
        fields = new.__struct_fields__ if new else ()
        return tuple(name for name in fields if getattr(old, name, None) != getattr(new, name))


def history(beginning: ManagementRecord, entries: Iterable[StoredEntry]) -> Iterator[RecordEntry]:
    """The chain from its `beginning` on, or its end. Raises `msgspec.MsgspecError` for what is none."""
    before = beginning
    for stored in entries:
        entry = decoder(beginning.kind).decode(stored.data)
        fact = cast(RecordFact, hash_chain.opened(entry.facts[0], 0, stored.private))
        after = replace(
            evolve(before, fact) if fact.content_after(before.content) else before,
            number=entry.number,
            version=entry.version,
            seal=hash_chain.hash_of(stored.data),
        )
        yield RecordEntry(fact, before, after)
        before = after
