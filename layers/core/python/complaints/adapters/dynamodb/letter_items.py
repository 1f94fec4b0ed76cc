"""Letters as items of a transaction: called for, marked by what became of them, and emptied."""

from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from complaints.adapters.config import telemetry
from complaints.adapters.dynamodb.compression import deflated, inflated
from complaints.adapters.dynamodb.encryption import decrypted, encrypted, is_encrypted
from complaints.adapters.dynamodb.key_schema import (
    ASIDE,
    AT_ONCE,
    DEADLINE,
    USUALLY,
    case_pk,
    due_pk,
    due_sk,
    identity_pk,
    letter_sk,
    private_pk,
    sortable,
)
from complaints.adapters.dynamodb.models import LetterItem, RenderedItem
from complaints.case.correspondence.letter import TO_STAFF, Letter, LetterKind
from complaints.context.case import LetterMark
from complaints.delivery.delivery_state import (
    CLAIMED,
    FAILED,
    HELD,
    SENT,
    TO_PRINT,
    UNMARKED,
    WAITING,
    WANTED,
)
from complaints.delivery.rate_limits import AT_ONCE as AT_ONCE_LETTERS

STREAM_GRACE = timedelta(minutes=2)
"""How long the stream has before the schedule looks for itself."""

_BEFORE = {SENT: UNMARKED, FAILED: (*UNMARKED, SENT)}
"""What a letter may be when the mail service says that it was sent, or has failed."""

NOT_DUE: tuple[Action, ...] = (LetterItem.due_pk.remove(), LetterItem.due_sk.remove())
"""What takes a letter out of the due index."""

_LAST = TO_STAFF | {LetterKind.WEBHOOK}

_ENDS_ADDRESS = b"\n"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Letter).decode


def due_moment(moment: datetime, reference: str, urgency: str = "") -> str:
    """Where a letter of a case stands in its shard of the due index; last of its second, unless it is more
    urgent."""
    return due_sk(moment, reference, urgency or USUALLY)


def to_letter_item(letter: Letter) -> LetterItem:
    """A letter to send: wanted now, or waiting for its time."""
    item = LetterItem(
        case_pk(letter.reference),
        letter_sk(letter.id),
        letter=_encode(letter).decode(),
        state=TO_PRINT if letter.on_paper else WAITING if letter.not_before else WANTED,
        correlation=telemetry.correlation() or None,
    )
    if not letter.on_paper:
        item.due_pk = due_pk(letter.reference)
        moment = letter.not_before or letter.called_for + STREAM_GRACE
        item.due_sk = due_sk(moment, letter.reference, urgency_when_due(letter))
    return item


def urgency_when_due(letter: Letter) -> str:
    """What comes first of the letters that the schedule finds due at once: what waits for no others, then
    what complainants are told, then notices to staff and what programs read."""
    if letter.kind in AT_ONCE_LETTERS:
        return AT_ONCE
    return USUALLY if letter.kind in _LAST else DEADLINE


def from_letter_item(item: LetterItem) -> Letter:
    """The letter that an item holds."""
    letter = _decode(item.letter)
    return replace(letter, on_paper=False) if item.mailed else letter


def without_network(item: LetterItem) -> Action | None:
    """What leaves nothing in a letter of where its complaint came from, if it tells that."""
    letter = _decode(item.letter)
    if letter.network is None:
        return None
    return LetterItem.letter.set(_encode(replace(letter, network=None)).decode())


def rendered_pk(reference: str, *, is_sealed: bool) -> str:
    """Where the letters of a case stand as they were rendered: they name who complains, and of a sealed case
    staff do not read that."""
    return identity_pk(reference) if is_sealed else private_pk(reference)


def emptied_item(reference: str, letter: str, *, is_sealed: bool = False) -> RenderedItem:
    """In place of a letter as it was rendered: its words were removed."""
    pk = rendered_pk(reference, is_sealed=is_sealed)
    return RenderedItem(pk, letter_sk(letter), message=b"", to="")


def rendered_item(
    reference: str, letter: str, message: bytes, to: str, data_key: bytes, *, is_sealed: bool = False
) -> RenderedItem:
    """A letter as it was rendered. Its address is encrypted with its bytes."""
    place = rendered_pk(reference, is_sealed=is_sealed), letter_sk(letter)
    if not data_key:
        return RenderedItem(*place, message=deflated(message), to=to)
    sealed = encrypted(to.encode() + _ENDS_ADDRESS + deflated(message), data_key, place)
    return RenderedItem(*place, message=sealed, to="")


def rendered_letter(item: RenderedItem, data_key: bytes | None) -> tuple[bytes, str] | None:
    """The bytes of a letter and whom they are for, unless they were removed, or forgotten with their key."""
    data = decrypted(item.message, data_key, (item.pk, item.sk))
    if not data:
        return None
    if not is_encrypted(item.message):
        return inflated(data), item.to
    to, _, message = data.partition(_ENDS_ADDRESS)
    return inflated(message), to.decode()


def mark_of(reference: str, mark: LetterMark) -> tuple[LetterItem, list[Action], Condition | None]:
    """How a mark changes its letter, and on which condition: the attempt, if any, has claimed it."""
    item = LetterItem(case_pk(reference), letter_sk(mark.letter))
    actions: list[Action] = [LetterItem.state.set(mark.state), *_place(reference, mark)]
    if mark.message_id:
        actions.append(LetterItem.message_id.set(mark.message_id))
    if mark.digest:
        actions += [LetterItem.digest.set(mark.digest), LetterItem.recipient.set(mark.recipient)]
    elif mark.state == SENT:
        # What left before is not what the mail service tells of now.
        actions += [LetterItem.digest.remove(), LetterItem.recipient.remove()]
    if mark.attempt is None:
        return item, actions, None
    before = _BEFORE[mark.state] if mark.is_reported else (CLAIMED, HELD)
    return item, actions, (LetterItem.attempt == mark.attempt) & LetterItem.state.is_in(*before)


def _place(reference: str, mark: LetterMark) -> tuple[Action, ...]:
    """What is marked is due no more; what is set aside is found there by who sends it again, and what leaves
    as a mail after all by the schedule."""
    if mark.mailed_at:
        due = due_moment(mark.mailed_at + STREAM_GRACE, reference)
        return (
            LetterItem.mailed.set(True),
            LetterItem.due_pk.set(due_pk(reference)),
            LetterItem.due_sk.set(due),
        )
    if mark.aside_at is None:
        return NOT_DUE
    return LetterItem.due_pk.set(ASIDE), LetterItem.due_sk.set(sortable(mark.aside_at))
