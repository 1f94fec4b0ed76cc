"""Digests as items: a letter to one reader that waits for its moment, and the letters that are its lines.

    claimed ─▶ held, a line of a digest ─▶ sent | failed    (marked like any letter, once the digest is out)
                 └───────▶ wanted                           (its reader has left: it goes to the team)

A digest takes lines until it is wanted. The outbox claims, delays and stores it like any letter.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec
from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from complaints.adapters.dynamodb.key_schema import case_pk, due_pk, letter_sk, line_sk
from complaints.adapters.dynamodb.letter_items import NOT_DUE, STREAM_GRACE, due_moment
from complaints.adapters.dynamodb.models import LetterItem, LineItem
from complaints.adapters.dynamodb.reads import query
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import CONFLICT_TRIES, failed, was_made
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE
from complaints.case.correspondence.letter import Letter
from complaints.context.case import ClaimedLetter, MarkLost
from complaints.delivery.delivery_event import DeliveryEvent
from complaints.delivery.delivery_state import CLAIMED, HELD, SENT, SPARED, WAITING, WANTED
from complaints.letters.notices.digest import HeldLetter
from complaints.values.errors import Unavailable

KEPT_FOR = timedelta(days=90)
"""How long a digest is kept with its lines: each is on record in its case for good."""

_LETTER = 2
"""The place of the letter among what the transaction writes: puts come before updates, whatever the order."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Letter).decode


class DynamoDigests:
    """Digests in DynamoDB."""

    def hold(self, claimed: ClaimedLetter, digest: Letter) -> bool:
        """Makes a claimed letter a line of a digest; `False` where the digest takes none any more.

        Raises `MarkLost` when another attempt has the letter, `Unavailable`.
        """
        for _ in range(CONFLICT_TRIES):
            try:
                _hold(claimed, digest)
                return True
            except TransactWriteError as error:
                lost = failed(error.cancellation_reasons or ())
                if not error.cancellation_reasons:
                    raise Unavailable from error
                if _LETTER in lost:
                    raise MarkLost from error
                if lost:
                    return False
        return False

    def lines(self, digest: Letter) -> Sequence[HeldLetter]:
        """The letters in a digest; complete once it is wanted."""
        items = query(LineItem, case_pk(digest.reference), line_sk(digest.id))
        return [HeldLetter(_decode(item.letter), item.attempt) for item in items]

    def note_sent(self, claimed: ClaimedLetter, message_id: str, now: datetime) -> None:
        """The mail service took the digest; the schedule takes care that all its lines are marked."""
        reference = claimed.letter.reference
        item = LetterItem(case_pk(reference), letter_sk(claimed.letter.id))
        actions: list[Action] = [
            LetterItem.state.set(WAITING),
            LetterItem.message_id.set(message_id),
            LetterItem.due_sk.set(due_moment(now + CLAIM_GRACE, reference)),
        ]
        was_made(lambda: item.update(actions=actions, condition=LetterItem.attempt == claimed.attempt))

    def finish(self, claimed: ClaimedLetter, state: str, *, digest: str = "", recipient: str = "") -> None:
        """All its lines are marked: it is due no more. `digest` and `recipient` say what was sent to whom."""
        item = LetterItem(case_pk(claimed.letter.reference), letter_sk(claimed.letter.id))
        actions: list[Action] = [LetterItem.state.set(state), *NOT_DUE]
        if digest:
            actions += [LetterItem.digest.set(digest), LetterItem.recipient.set(recipient)]
        was_made(lambda: item.update(actions=actions, condition=LetterItem.attempt == claimed.attempt))

    def send_again(self, event: DeliveryEvent, until: datetime) -> None:
        """A digest that came back for now: the schedule wants it again at `until`.

        Its attempt is over: the event says nothing more when it is heard again.
        """
        item = LetterItem(case_pk(event.reference), letter_sk(event.letter))
        actions: list[Action] = [
            LetterItem.state.set(WAITING),
            LetterItem.message_id.remove(),
            LetterItem.attempt.remove(),
            LetterItem.due_pk.set(due_pk(event.reference)),
            LetterItem.due_sk.set(due_moment(until, event.reference)),
            LetterItem.bounces.add(1),
        ]
        is_out = (LetterItem.attempt == event.attempt) & (LetterItem.state == SENT)
        was_made(lambda: item.update(actions=actions, condition=is_out))

    def spare(self, held: HeldLetter) -> None:
        """A line that needs no telling any more."""
        item = LetterItem(case_pk(held.letter.reference), letter_sk(held.letter.id))
        is_held = (LetterItem.state == HELD) & (LetterItem.attempt == held.attempt)
        was_made(lambda: item.update(actions=[LetterItem.state.set(SPARED)], condition=is_held))

    def release(self, held: HeldLetter, now: datetime) -> None:
        """A line becomes a letter again, to its current reader."""
        reference = held.letter.reference
        item = LetterItem(case_pk(reference), letter_sk(held.letter.id))
        actions: list[Action] = [
            LetterItem.state.set(WANTED),
            LetterItem.due_pk.set(due_pk(reference)),
            LetterItem.due_sk.set(due_moment(now + STREAM_GRACE, reference)),
        ]
        is_held = (LetterItem.state == HELD) & (LetterItem.attempt == held.attempt)
        was_made(lambda: item.update(actions=actions, condition=is_held))


def _hold(claimed: ClaimedLetter, digest: Letter) -> None:
    letter, attempt = claimed.letter, claimed.attempt
    place = case_pk(digest.reference)
    expires = int((digest.called_for + KEPT_FOR).timestamp())
    item = LetterItem(case_pk(letter.reference), letter_sk(letter.id))
    waiting = LetterItem(
        place,
        letter_sk(digest.id),
        letter=_encode(digest).decode(),
        state=WAITING,
        due_pk=due_pk(digest.reference),
        due_sk=due_moment(digest.called_for, digest.reference),
        expires=expires,
    )
    with TransactWrite(connection=connection(), client_request_token=str(uuid4())) as transaction:
        transaction.update(
            item,
            actions=[LetterItem.state.set(HELD), *NOT_DUE],
            condition=(LetterItem.attempt == attempt) & (LetterItem.state == CLAIMED),
        )
        takes_lines = (LetterItem.state == WAITING) & (LetterItem.attempts == 0)
        transaction.save(waiting, condition=LetterItem.pk.does_not_exist() | takes_lines)
        name = f"{letter.reference}#{letter.id}"
        line = _encode(letter).decode()
        transaction.save(
            LineItem(place, line_sk(digest.id, name), letter=line, attempt=attempt, expires=expires)
        )
