"""The store of cases: one consistent read to look, one transaction to write."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import uuid4

from msgspec.structs import replace
from pynamodb.transactions import TransactWrite

from complaints.adapters.config import telemetry
from complaints.adapters.dynamodb.case_items import from_head, to_action_item, to_head, to_task_item
from complaints.adapters.dynamodb.entry_items import (
    chain_of,
    entry_item,
    entry_keys,
    identity_item,
    private_item,
    stored_entries,
)
from complaints.adapters.dynamodb.guard_items import from_guard, is_free, to_guard
from complaints.adapters.dynamodb.key_schema import (
    Key,
    access_key,
    case_pk,
    data_key_pk,
    entry_sk,
    guard_key,
    head_key,
    member_key,
    reference_in,
    session_key,
)
from complaints.adapters.dynamodb.letter_items import emptied_item, mark_of, to_letter_item
from complaints.adapters.dynamodb.models import (
    AccessItem,
    DataKeyItem,
    EntryItem,
    GuardItem,
    Head,
    MemberItem,
    PrivateItem,
    SessionItem,
)
from complaints.adapters.dynamodb.reads import answering, get_with_data_keys
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import Reasons, commit, failed, old_item, was_made
from complaints.adapters.stores.correspondence.inbound_mail import to_mail_item
from complaints.adapters.stores.staff.members import from_member
from complaints.adapters.stores.staff.sessions import from_session_item
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.context.case import (
    AlreadyUsed,
    Case,
    CaseLookup,
    CaseWrite,
    Guard,
    MarkLost,
    VersionConflict,
    last_entries,
)
from complaints.values.casework.access_log import AccessMark
from complaints.values.errors import DataKeyLost

KEYS_LOST = "DataKeysLost"
"""The metric of what was refused because the data key of its case is gone."""

_REMEMBERED = 2_048
"""Of how many cases a process remembers how many entries they had, and how many notes of the access log."""

K = TypeVar("K")
V = TypeVar("V")


class DynamoCases:
    """Cases in DynamoDB (port `Cases`)."""

    def __init__(self) -> None:
        self._entries: dict[str, int] = {}
        self._noted: dict[AccessMark, None] = {}

    def load(self, reference: str) -> Case | None:
        return self.look_up(reference).case

    def look_up(
        self,
        reference: str,
        members: Iterable[str] = (),
        guard: str | None = None,
        session: str = "",
        last: int = 0,
        access: AccessMark | None = None,
    ) -> CaseLookup:
        """A case with the members, the guard and the session that a command needs, in one consistent
        batch read.

        How many entries a case has stands in its head. So that no second read is needed for the `last` ones,
        those are read that it had when this process read or wrote it before: entries never change. The first
        one, which is the `last` 1, is known of every case.
        """
        keys: list[Key] = [head_key(reference), *map(member_key, members)]
        known = self._entries.get(reference, 0) if last > 1 else last
        keys += entry_keys(reference, last_entries(known, last))
        if guard:
            keys.append(guard_key(guard))
        if session:
            keys.append(session_key(session))
        is_noted = access in self._noted
        if access and not is_noted:
            keys.append(access_key(access))
        case, people, used, goes_on = None, {}, None, None
        found, data_keys = get_with_data_keys(keys, [reference])
        data_key = data_keys.get(reference, b"")
        for item in found:
            if isinstance(item, Head):
                case = from_head(item, data_key)
                self._remember(case)
            elif isinstance(item, MemberItem):
                member = from_member(item)
                people[member.id] = member
            elif isinstance(item, GuardItem):
                used = from_guard(item)
            elif isinstance(item, SessionItem):
                goes_on = from_session_item(item)
            elif access and isinstance(item, AccessItem):
                is_noted = True
                _keep(self._noted, access, None)
        entries = stored_entries(found, data_key) if known else ()
        return CaseLookup(case, people, used, goes_on, entries, is_noted)

    def load_all(self, references: Iterable[str]) -> dict[str, Case]:
        """The cases with these references that there are, in one consistent batch read with their keys."""
        names = set(references)
        items, data_keys = get_with_data_keys(map(head_key, names), names)
        heads = {reference_in(item.pk): item for item in items if isinstance(item, Head)}
        return {name: from_head(head, data_keys.get(name, b"")) for name, head in heads.items()}

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        complaint = writing.case.complaint
        writings = (writing, also) if also else (writing,)
        data_keys = _data_keys(writings)
        _refuse_words_in_clear(writings, data_keys)
        commit(
            lambda: self._transact(writings, data_keys),
            lambda reasons: _raise_what_was_lost(reasons, writings),
            (case_pk(complaint.reference), entry_sk(complaint.number)),
            writing.entry,
        )
        for each in writings:
            self._remember(each.case)

    @staticmethod
    def spend(guard: Guard) -> bool:
        """Sets a guard on its own; `False` where it exists already. Raises `refusals.Unavailable`."""
        return was_made(lambda: to_guard(guard).save(condition=is_free(guard)))

    @staticmethod
    def spend_together(guards: Iterable[Guard]) -> None:
        """Sets new guards in one transaction. Raises `refusals.Unavailable`."""
        with (
            answering(),
            TransactWrite(connection=connection(), client_request_token=str(uuid4())) as transaction,
        ):
            for guard in guards:
                transaction.save(to_guard(guard), condition=is_free(guard))

    def entries(self, reference: str, *, with_identity: bool = False) -> Sequence[StoredEntry]:
        return chain_of(case_pk(reference), reference, with_identity=with_identity)

    def _remember(self, case: Case) -> None:
        """Keeps how many entries the case has."""
        _keep(self._entries, case.complaint.reference, case.complaint.number)

    def _transact(self, writings: Sequence[CaseWrite], data_keys: Mapping[str, bytes]) -> None:
        with TransactWrite(connection=connection(), client_request_token=str(uuid4())) as transaction:
            for writing in writings:
                _put(transaction, writing, data_keys)


def _keep(kept: dict[K, V], name: K, value: V) -> None:
    """Keeps a value under its name; what was longest not kept anew is forgotten."""
    kept.pop(name, None)
    kept[name] = value
    if len(kept) > _REMEMBERED:
        del kept[next(iter(kept))]


def _data_keys(writings: Sequence[CaseWrite]) -> Mapping[str, bytes]:
    """The data keys of all that is private in these writes, by the reference of its case; empty for one that
    has none. Those of cases as they were loaded are known; others are read."""
    known = {each.case.complaint.reference: each.case.data_key for each in writings}
    wanted = {name for name, data_key in known.items() if data_key is None}
    wanted |= {
        mail.reference
        for each in writings
        for removal in each.removals
        for mail in removal.mails
        if mail.reference and known.get(mail.reference) is None
    }
    found = get_with_data_keys((), wanted)[1] if wanted else {}
    return {name: data_key or b"" for name, data_key in (known | dict(found)).items()}


def _refuse_words_in_clear(writings: Sequence[CaseWrite], data_keys: Mapping[str, bytes]) -> None:
    """Raises `DataKeyLost` where what people wrote would be stored in clear because a key was lost."""
    for each in writings:
        name = each.case.complaint.reference
        known = replace(each.case, data_key=data_keys[name])
        has_words = bool(each.private or each.identity) or any(
            removal.left or removal.identity for removal in each.removals
        )
        if has_words and known.has_lost_key:
            telemetry.note("data key lost", reference=name)
            telemetry.count(KEYS_LOST)
            raise DataKeyLost


def _put(transaction: TransactWrite, writing: CaseWrite, data_keys: Mapping[str, bytes]) -> None:
    complaint = writing.case.complaint
    name = complaint.reference
    data_key = data_keys[name]
    unchanged = Head.number == writing.before if writing.before else Head.pk.does_not_exist()
    transaction.save(
        to_head(replace(writing.case, data_key=data_key)), condition=unchanged, return_values="ALL_OLD"
    )
    for guard in writing.guards:
        transaction.save(to_guard(guard), condition=is_free(guard), return_values="ALL_OLD")
    entry = entry_item(case_pk(name), complaint.number, writing.entry)
    transaction.save(entry, condition=EntryItem.pk.does_not_exist())
    if _opens_with_key(writing):
        transaction.save(DataKeyItem(data_key_pk(name), key=data_key))
    if writing.private:
        is_message = writing.is_message
        transaction.save(
            private_item(name, complaint.number, writing.private, is_message=is_message, data_key=data_key)
        )
    if writing.identity:
        transaction.save(identity_item(name, complaint.number, writing.identity, data_key))
    for removal in writing.removals:
        left = private_item(
            name, removal.entry, removal.left, is_message=removal.is_message, data_key=data_key
        )
        if not removal.is_apart:
            transaction.save(left, condition=PrivateItem.pk.exists())
        if removal.identity is not None:
            transaction.save(identity_item(name, removal.entry, removal.identity, data_key))
        for quoting in removal.letters:
            transaction.save(emptied_item(name, quoting, is_sealed=complaint.sealed))
        for mail in removal.mails:
            transaction.save(to_mail_item(mail, data_keys.get(mail.reference or "", b"")))
    for letter in writing.letters:
        transaction.save(to_letter_item(letter))
    for task in writing.tasks:
        transaction.save(to_task_item(task))
    for action in writing.actions:
        transaction.save(to_action_item(action))
    for mark in writing.marks:
        item, actions, condition = mark_of(name, mark)
        transaction.update(item, actions=actions, condition=condition)


def _opens_with_key(writing: CaseWrite) -> bool:
    """Whether the case begins with this write, and its data key with it."""
    return not writing.before and bool(writing.case.data_key)


def _items_of(writing: CaseWrite) -> int:
    """How many items the transaction has for it."""
    removed = sum(
        (not each.is_apart) + (each.identity is not None) + len(each.letters) + len(each.mails)
        for each in writing.removals
    )
    besides = (writing.guards, writing.letters, writing.tasks, writing.actions, writing.marks)
    return (
        2
        + _opens_with_key(writing)
        + bool(writing.private)
        + bool(writing.identity)
        + removed
        + sum(map(len, besides))
    )


def _raise_what_was_lost(reasons: Reasons, writings: Sequence[CaseWrite]) -> None:
    """Raises what stood in the way of the first case, then of the next; each has its items in one row."""
    first = 0
    for writing in writings:
        last = first + _items_of(writing)
        _raise_what_was_lost_of(reasons[first:last], writing)
        first = last


def _raise_what_was_lost_of(reasons: Reasons, writing: CaseWrite) -> None:
    """Tells apart what stood in the way; returns when the store only asks to try again.

    Reasons stand in the order of the items: head, guards, entry, data key, private, identity, removals,
    letters, tasks, actions, marks.
    A case that the same submission opened before comes first, so that a replay never asks for its proof;
    later a key that was used comes first, so that a repeated command is no stale one.
    """
    stood = failed(reasons)
    if not stood:
        return
    if writing.marks and max(stood) >= len(reasons) - len(writing.marks):
        raise MarkLost
    guards = [stood[place] for place in range(1, len(writing.guards) + 1) if place in stood]
    if guards and (writing.before or 0 not in stood):
        raise AlreadyUsed(from_guard(GuardItem.from_raw_data(old_item(guards[0]))))
    data_key = writing.case.data_key if writing.before else None
    raise VersionConflict(from_head(Head.from_raw_data(old_item(stood.get(0))), data_key))
