"""The history of a setting: its chain replayed, from nothing to its current state."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.fact import Fact
from complaints.settings.events import decode
from complaints.settings.rules import evolve_all
from complaints.settings.setting import Setting


class HistoryEntry(Struct, frozen=True):
    """One entry: its facts with what was said, and the setting after it."""

    facts: tuple[Fact, ...]
    before: Setting
    after: Setting

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields of the record that became something else, less what follows from another one."""
        old, new = self.before.record, self.after.record
        fields = new.__struct_fields__ if new else ()
        changed = (name for name in fields if getattr(old, name, None) != getattr(new, name))
        return tuple(name for name in changed if name != "former_mailboxes")


def history_entries(beginning: Setting, entries: Iterable[StoredEntry]) -> Iterator[HistoryEntry]:
    """The chain from its `beginning` on. Raises `msgspec.MsgspecError` for an entry that is none."""
    before = beginning
    for stored in entries:
        entry = decode(stored.data)
        facts = tuple(
            hash_chain.opened(fact, place, stored.private) for place, fact in enumerate(entry.facts)
        )
        after = replace(
            evolve_all(before, facts),
            number=entry.number,
            version=entry.version,
            seal=hash_chain.hash_of(stored.data),
        )
        yield HistoryEntry(facts, before, after)
        before = after
