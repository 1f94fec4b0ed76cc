"""The store of cases: one consistent read to look, one transaction to write."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError
from msgspec import Struct
from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.transactions import TransactWrite

from complaints.audit import StoredEntry
from complaints.case import AlreadyUsed, Case, Collision, Guard, MarkLost, Writing
from complaints.people import Member
from complaints.refusals import Unavailable
from complaints.world.guards import from_guard, is_free, to_guard
from complaints.world.heads import from_head, to_head
from complaints.world.letterbox import mark_of, to_letter_item
from complaints.world.members import from_member
from complaints.world.names import Key, case_pk, entry_sk, guard_key, head_key, member_key, private_pk
from complaints.world.packing import pack, unpack
from complaints.world.reading import get_all, query
from complaints.world.table import EntryItem, GuardItem, Head, Item, MemberItem, PrivateItem, connection

CONFLICT_TRIES = 4
LOST = "ConditionalCheckFailed"


class Look(Struct, frozen=True):
    """What one batch read found."""

    case: Case | None
    members: dict[str, Member]
    guard: Guard | None


class DynamoCases:
    """Cases in DynamoDB (port `Cases`)."""

    def load(self, reference: str) -> Case | None:
        return self.look_up(reference).case

    def look_up(self, reference: str, members: Iterable[str] = (), guard: str | None = None) -> Look:
        """A case with the members and the guard that a command needs, in one consistent batch read."""
        keys: list[Key] = [head_key(reference), *map(member_key, members)]
        if guard:
            keys.append(guard_key(guard))
        case, people, used = None, {}, None
        for item in get_all(keys):
            if isinstance(item, Head):
                case = from_head(item)
            elif isinstance(item, MemberItem):
                member = from_member(item)
                people[member.id] = member
            elif isinstance(item, GuardItem):
                used = from_guard(item)
        return Look(case, people, used)

    def write(self, writing: Writing) -> None:
        for _ in range(CONFLICT_TRIES):
            try:
                return self._transact(writing)
            except TransactWriteError as error:
                if not error.cancellation_reasons:
                    return self._settle(writing, error)
                _raise_what_was_lost(error.cancellation_reasons, writing)
        raise Unavailable

    def entries(self, reference: str) -> Sequence[StoredEntry]:
        private = {
            item.number: unpack(item.values)
            for item in query(Item, private_pk(reference), "entry#")
            if isinstance(item, PrivateItem)
        }
        return [
            StoredEntry(int(item.sk.partition("#")[2]), item.data, private.get(item.number, {}))
            for item in query(Item, case_pk(reference), "entry#")
            if isinstance(item, EntryItem)
        ]

    def _transact(self, writing: Writing) -> None:
        complaint = writing.case.complaint
        unchanged = Head.number == writing.before if writing.before else Head.pk.does_not_exist()
        with TransactWrite(connection=connection(), client_request_token=str(uuid4())) as transaction:
            transaction.save(to_head(writing.case), condition=unchanged, return_values="ALL_OLD")
            for guard in writing.guards:
                transaction.save(to_guard(guard), condition=is_free(guard), return_values="ALL_OLD")
            transaction.save(_entry_item(writing), condition=EntryItem.pk.does_not_exist())
            if writing.private:
                transaction.save(_private_item(writing))
            for letter in writing.letters:
                transaction.save(to_letter_item(letter))
            for mark in writing.marks:
                item, actions, condition = mark_of(complaint.reference, mark)
                transaction.update(item, actions=actions, condition=condition)

    def _settle(self, writing: Writing, error: TransactWriteError) -> None:
        """The answer was lost or is an error: entry n says whether the write happened."""
        if isinstance(error.cause, ClientError) and error.cause_response_code == "ValidationException":
            raise error
        reference = writing.case.complaint.reference
        stored = get_all([(case_pk(reference), entry_sk(writing.case.complaint.number))])
        for item in stored:
            if isinstance(item, EntryItem) and item.data == writing.entry:
                return
        raise Unavailable from error


def _raise_what_was_lost(reasons: Sequence[CancellationReason | None], writing: Writing) -> None:
    """Tells apart what stood in the way; returns when the store only asks to try again.

    Reasons stand in the order of the items: head, guards, entry, private, letters, marks. A case
    that the same submission opened before comes first, so that a replay never asks for its proof;
    later a key that was used comes first, so that a repeated command is no stale one.
    """
    failed = {place: reason for place, reason in enumerate(reasons) if reason and reason.code == LOST}
    if not failed:
        return
    if writing.marks and max(failed) >= len(reasons) - len(writing.marks):
        raise MarkLost
    guards = [failed[place] for place in range(1, len(writing.guards) + 1) if place in failed]
    if guards and (writing.before or 0 not in failed):
        raise AlreadyUsed(from_guard(GuardItem.from_raw_data(_old(guards[0]))))
    raise Collision(from_head(Head.from_raw_data(_old(failed.get(0)))))


def _old(reason: CancellationReason | None) -> dict[str, Any]:
    """The item that stood in the way. Without it nothing can be told apart."""
    if reason is None or not reason.raw_item:
        raise Unavailable
    return reason.raw_item


def _entry_item(writing: Writing) -> EntryItem:
    complaint = writing.case.complaint
    return EntryItem(
        case_pk(complaint.reference), entry_sk(complaint.number), number=complaint.number, data=writing.entry
    )


def _private_item(writing: Writing) -> PrivateItem:
    complaint = writing.case.complaint
    return PrivateItem(
        private_pk(complaint.reference),
        entry_sk(complaint.number),
        number=complaint.number,
        values=pack(writing.private),
        is_message=writing.is_message,
    )
