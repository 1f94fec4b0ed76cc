"""The record as verification reads it (port `Ledger`): chains of cases, settings and records, letters, and
runs of retention rules."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk, reference_in, retention_run_key
from complaints.adapters.dynamodb.letter_items import from_letter_item
from complaints.adapters.dynamodb.models import LetterItem, RetentionRunItem
from complaints.adapters.dynamodb.reads import get_all, query
from complaints.adapters.maintenance.rebuild_heads import Rebuilding
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.correspondence.outbox import DynamoOutbox
from complaints.adapters.stores.management_records import DynamoManagementRecords
from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.checkpoints.verification.ledger import (
    StoredCase,
    StoredChain,
    StoredLetter,
    letter_removals,
    told_of,
)
from complaints.checkpoints.verification.stored_files import NamedFile, named_files
from complaints.context.ports import Files
from complaints.handling import verify_chain
from complaints.letters.notices.invitation import is_invitation
from complaints.management.history import history
from complaints.management.kinds import decoder
from complaints.management.record import ManagementRecord, RecordKind
from complaints.settings import events as setting_facts
from complaints.settings.history import history_entries
from complaints.settings.setting import Setting, SettingKind
from complaints.values.text import case_reference

Flaws = Iterator[tuple[int, str]]
_CASE, _RECORD = "case", "record"
_SETTINGS, _RECORDS = frozenset(SettingKind), frozenset(RecordKind)


class DynamoLedger:
    """Reads the bound table, and the store of `files`, unless there is none at hand. Of one chain it holds in
    memory what there is of it, and no more."""

    def __init__(self, files: Files | None, now: Callable[[], datetime]) -> None:
        self._files = files
        self._rebuilding = Rebuilding(mends=False, now=now)
        self._cases, self._outbox = DynamoCases(), DynamoOutbox()
        self._settings, self._records = DynamoSettingsStore(), DynamoManagementRecords()

    def chain(self, name: str) -> StoredChain | None:
        kind, _, rest = name.partition("#")
        if kind == _CASE:
            return None if is_invitation(rest) else self._case(rest)
        if kind == _RECORD:
            of, _, id = rest.partition("#")
            return self._record(RecordKind(of), id) if of in _RECORDS and id else None
        return self._setting(SettingKind(kind), rest) if kind in _SETTINGS else None

    def letters(self, owner: str) -> Mapping[str, StoredLetter]:
        return _Letters(self._outbox, owner)

    def run(self, name: str) -> bytes | None:
        site, _, day = name.partition("/")
        found = get_all([retention_run_key(site, day)])
        return next((item.run.encode() for item in found if isinstance(item, RetentionRunItem)), None)

    def digest(self, file: NamedFile, *, reads: bool) -> str | None:
        assert self._files is not None, "no file is named without a store"
        return self._files.digest_of(file.kind, file.key, reads=reads)

    def _case(self, reference: str) -> StoredCase | None:
        entries = self._cases.entries(reference, with_identity=True)
        case = self._cases.load(reference)
        letters = self.letters(reference)
        if case is None:
            # Nothing leads to it any more, though entries may be there.
            return StoredCase(entries, [(0, "state-changed")], letters) if entries else None
        flaws = self._flaws(case.complaint, entries)
        told, sent = told_of(entries)
        files = named_files(reference, entries) if self._files else ()
        return StoredCase(entries, flaws, letters, told, sent, letter_removals(entries), files)

    def _flaws(self, complaint: Complaint, entries: Sequence[StoredEntry]) -> Flaws:
        """Those of the chain and the state; where there is none, that lists and what is due say otherwise."""
        found = [(flaw.number, flaw.harm) for flaw in verify_chain.flaws(complaint, entries)]
        yield from found
        if not found and not self._rebuilding.is_listed(complaint.reference):
            yield 0, "index-changed"

    def _setting(self, kind: SettingKind, name: str) -> StoredChain | None:
        stored, entries = self._settings.load(kind, name), self._settings.entries(kind, name)
        if not entries and stored.record is None:
            return None
        return StoredChain(entries, _setting_flaws(stored, entries))

    def _record(self, kind: RecordKind, id: str) -> StoredChain | None:
        stored, entries = self._records.load(kind, id), self._records.entries(kind, id)
        if not entries and stored.content is None:
            return None
        return StoredChain(entries, _record_flaws(stored, entries))


class _Letters(Mapping[str, StoredLetter]):
    """The letters of an owner, in one query; the words of each are read when it is asked for, as they may be
    thousands."""

    def __init__(self, outbox: DynamoOutbox, owner: str) -> None:
        self._outbox, self._owner = outbox, owner
        self._items = {reference_in(each.sk): each for each in query(LetterItem, case_pk(owner), "letter#")}

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, id: object) -> bool:
        return id in self._items

    def __getitem__(self, id: str) -> StoredLetter:
        item = self._items[id]
        digest = item.digest or ""
        is_of_case = self._owner.startswith(case_reference.PREFIX)
        kept = self._outbox.kept(self._owner, id, with_identity=is_of_case) if digest else None
        words, to = kept or (None, "")
        letter, recipient = from_letter_item(item), item.recipient or ""
        return StoredLetter(
            item.state,
            digest,
            recipient,
            words,
            to,
            is_enclosed=bool(letter.enclosures),
            # What was only shown on a page was not kept, and has no recipient.
            lacks_words=bool(digest and recipient and kept is None),
            quoted=letter.quoted_entries,
        )


def _setting_flaws(stored: Setting, entries: Sequence[StoredEntry]) -> Flaws:
    found = list(verify_chain.flaws_of_chain(stored, entries, setting_facts.decode))
    yield from ((flaw.number, flaw.harm) for flaw in found)
    if not found and not entries:
        yield 0, "state-changed"
    elif not found:
        *_, last = history_entries(Setting(kind=stored.kind, id=stored.id), entries)
        # What is still to be done about a change stands beside the chain.
        if replace(last.after, unfinished=None, recalculated_to=None) != replace(
            stored, unfinished=None, recalculated_to=None
        ):
            yield stored.number, "state-changed"


def _record_flaws(stored: ManagementRecord, entries: Sequence[StoredEntry]) -> Flaws:
    found = list(verify_chain.flaws_of_chain(stored, entries, decoder(stored.kind).decode))
    yield from ((flaw.number, flaw.harm) for flaw in found)
    if not found and not entries:
        yield 0, "state-changed"
    elif not found:
        *_, last = history(ManagementRecord(kind=stored.kind, id=stored.id), entries)
        if last.after.content != stored.content:
            yield stored.number, "state-changed"
