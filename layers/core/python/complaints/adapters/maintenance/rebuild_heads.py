"""Rebuilds heads and their index keys from entries, and compares them with the stored ones."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from pynamodb.expressions.condition import Condition

from complaints.adapters.config.system_clock import SystemClock
from complaints.adapters.dynamodb.case_items import card_of, to_action_item, to_head, to_task_item
from complaints.adapters.dynamodb.key_schema import entry_sk, head_key, reference_in, setting_key, sortable
from complaints.adapters.dynamodb.models import Head, Item, SettingItem, TaskItem
from complaints.adapters.dynamodb.reads import answering, get_all, get_with_data_keys
from complaints.adapters.dynamodb.setting_items import to_setting_item
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.audit_trail.hash_chain import ChainEnd, StoredEntry, decode, opened
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import promise
from complaints.case.people.contact_details import ContactEntries
from complaints.casework.people.contact_details import receipt_in_force
from complaints.context.case import Case, QueueCard, SubmissionRecord
from complaints.handling import verify_chain
from complaints.handling.replay import replay
from complaints.handling.verify_chain import Decode
from complaints.settings import events as setting_facts
from complaints.settings.history import history_entries
from complaints.settings.setting import Setting, SettingKind

_NESTED = ("state", "opening", "row", "settings")
_BESIDE = ("state", "opening")
_ENCRYPTED = '"encrypted"'
"""What stands in a card that is."""
_LATEST = timedelta(hours=1)
"""By how much what is due and failed is put off, at most."""
_KINDS = frozenset(kind.value for kind in SettingKind)


class Finding(Struct, frozen=True):
    """What is wrong with one head, by name; `mended` says that it was written again."""

    name: str
    differences: tuple[str, ...]
    mended: bool = False


class Rebuilding:
    """Goes through the bound table. With `mends` a head that differs is written as its facts say.

    A chain that does not verify, or that its head says is longer, is named and left as it is: what is
    missing there cannot be made again.
    """

    def __init__(self, *, mends: bool, now: Callable[[], datetime] | None = None) -> None:
        self._mends, self._now = mends, now or SystemClock().now
        self._cases, self._registry = DynamoCases(), DynamoSettingsStore()
        self.looked_at = 0

    def findings(self) -> Iterator[Finding]:
        """All that differs, in all cases and settings. One that cannot be replayed does not stop the
        others."""
        for kind, name in _chains():
            self.looked_at += 1
            try:
                yield from self._case(name) if kind == "case" else self._setting(SettingKind(kind), name)
            except Exception as error:
                yield Finding(f"{kind} {name}", (f"cannot be told: {type(error).__name__}",))

    def is_listed(self, case: str) -> bool:
        """Whether a case whose chain verifies, and its tasks, stand in lists, say there and are due as its
        facts say. Its state is compared elsewhere, and no fact tells how it was opened."""
        found = self._case(case, is_form_compared=False)
        names = (name for finding in found for name in finding.differences)
        return all(name.partition(".")[0] in _BESIDE for name in names)

    def _case(self, reference: str, *, is_form_compared: bool = True) -> Iterator[Finding]:
        items, data_keys = get_with_data_keys([head_key(reference)], [reference])
        stored = next((item for item in items if isinstance(item, Head)), None)
        if stored is None:
            yield Finding(reference, ("head is missing",))
            return
        entries = self._cases.entries(reference, with_identity=True)
        states = list(replay(reference, entries))
        seal = msgspec.json.decode(stored.state).get("seal", "")
        if broken := _broken(states[-1], entries, decode, int(stored.number), seal):
            yield Finding(reference, broken)
            return
        opening = msgspec.json.decode(stored.opening, type=SubmissionRecord)
        promises = tuple(promise(clock) for clock in states[0].promises())
        opening = replace(opening, promises=promises)
        card, data_key = _card(entries, states[-1].contact), data_keys.get(reference, b"")
        rebuilt = to_head(Case(complaint=states[-1], opening=opening, card=card, data_key=data_key))
        is_same_form = (_ENCRYPTED in stored.card) == (_ENCRYPTED in rebuilt.card)
        if (is_same_form or not is_form_compared) and _says(stored, data_key) == card:
            rebuilt.card = stored.card
        yield from self._compared(reference, stored, rebuilt, Head.number == stored.number)
        yield from self._tasks(states[-1])

    def _tasks(self, complaint: Complaint) -> Iterator[Finding]:
        """The items of its tasks and corrective actions, for lists."""
        rebuilt = [
            *(to_task_item(task) for task in complaint.listed_tasks),
            *(to_action_item(action) for action in complaint.listed_actions),
        ]
        stored = (
            {item.sk: item for item in get_all((item.pk, item.sk) for item in rebuilt)} if rebuilt else {}
        )
        for item in rebuilt:
            found = stored.get(item.sk)
            unchanged = (
                TaskItem.row == found.row if isinstance(found, TaskItem) else TaskItem.pk.does_not_exist()
            )
            yield from self._compared(f"{complaint.reference} {item.sk}", found, item, unchanged)

    def _setting(self, kind: SettingKind, name: str) -> Iterator[Finding]:
        entries = self._registry.entries(kind, name)
        end = [chapter.after for chapter in history_entries(Setting(kind=kind, id=name), entries)][-1]
        found = get_all([setting_key(kind, name)])
        stored = next((item for item in found if isinstance(item, SettingItem)), None)
        number, seal = (int(stored.number), stored.seal) if stored else (0, "")
        if broken := _broken(end, entries, setting_facts.decode, number, seal):
            yield Finding(end.reference, broken)
            return
        unchanged: Condition = SettingItem.pk.does_not_exist()
        if stored:
            unchanged = SettingItem.number == stored.number
        yield from self._compared(end.reference, stored, to_setting_item(end), unchanged)

    def _compared(
        self, name: str, stored: Item | None, rebuilt: Item, unchanged: Condition
    ) -> Iterator[Finding]:
        old, new = stored.serialize() if stored else {}, rebuilt.serialize()
        if _is_put_off(old, new, self._now()):
            old |= {"due_sk": new["due_sk"]}
        differences = tuple(_differences(old, new))
        if differences:
            mended = self._mends and was_made(lambda: rebuilt.save(condition=unchanged))
            yield Finding(name, differences, mended)


def _broken(
    end: ChainEnd, entries: Sequence[StoredEntry], decode: Decode, number: int, seal: str
) -> tuple[str, ...]:
    """The errors of a chain, in itself and against the number and the seal of its head."""
    found = [
        f"entry {flaw.number}: {flaw.harm}" for flaw in verify_chain.flaws_of_chain(end, entries, decode)
    ]
    if number > end.number:
        found.append(f"entry {end.number + 1}: missing")
    if number == end.number and seal != end.seal:
        found.append(f"entry {number}: changed")
    return tuple(found)


def _chains() -> Iterator[tuple[str, str]]:
    """The kind and name of every chain, by its first entry or by its head."""
    condition = Item.sk.is_in("head", entry_sk(1))
    seen = set()
    with answering():
        for item in Item.scan(condition, attributes_to_get=["pk", "sk", "item"], consistent_read=True):
            kind = item.pk.partition("#")[0]
            if (kind == "case" or kind in _KINDS) and item.pk not in seen:
                seen.add(item.pk)
                yield kind, reference_in(item.pk)


def _card(entries: Sequence[StoredEntry], contact: ContactEntries) -> QueueCard:
    """What a queue shows of the case, as far as it is not forgotten."""
    facts = (
        (entry.number, opened(fact, place, entry.private))
        for entry in entries
        for place, fact in enumerate(decode(entry.data).facts)
    )
    received = receipt_in_force(facts, contact)
    assert received is not None, "every case begins with its receipt"
    name = "" if received.sealed else received.name or ""
    return QueueCard(subject=received.subject or "", name=name)


def _says(head: Head, data_key: bytes) -> QueueCard | None:
    """What the card of a head says, which is never encrypted to the same bytes twice."""
    try:
        return card_of(head, data_key)
    except msgspec.DecodeError:
        return None


def _is_put_off(stored: dict[str, Any], rebuilt: dict[str, Any], now: datetime) -> bool:
    """Whether what was due could not be done, and is to be tried again within the hour."""
    old, new = (each.get("due_sk", {}).get("S", "") for each in (stored, rebuilt))
    return bool(new) and new < sortable(now) and new < old < sortable(now + _LATEST)


def _differences(stored: dict[str, Any], rebuilt: dict[str, Any]) -> Iterator[str]:
    """The attributes that are not the same; of one that holds JSON, the fields."""
    for name in sorted(stored.keys() | rebuilt.keys()):
        old, new = stored.get(name), rebuilt.get(name)
        if old == new:
            continue
        if name in _NESTED and old and new:
            was, now = (msgspec.json.decode(value["S"]) for value in (old, new))
            yield from (
                f"{name}.{field}"
                for field in sorted(was.keys() | now.keys())
                if was.get(field) != now.get(field)
            )
        else:
            yield name
