"""Failed webhooks that were set aside: the operator lists them, and sends them again.

They stand in a partition of the `due` index that the schedule never reads.
"""

from collections.abc import Iterator
from datetime import datetime

from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.key_schema import ASIDE, case_pk, due_pk, letter_sk, reference_in
from complaints.adapters.dynamodb.letter_items import STREAM_GRACE, due_moment
from complaints.adapters.dynamodb.models import Item, LetterItem
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.stores.correspondence.outbox import WantedLetter
from complaints.delivery.delivery_state import FAILED, WANTED


def all_aside() -> Iterator[WantedLetter]:
    """Those that are set aside, the longest there first. Raises `Unavailable`."""
    with answering():
        items = list(Item.due.query(ASIDE))
    for item in items:
        yield WantedLetter(reference_in(item.pk), item.sk.partition("#")[2], is_webhook=True)


def want_again(aside: WantedLetter, now: datetime) -> bool:
    """Wants one again, with as many attempts as at first; the change goes down the stream. `False` where it
    is not set aside any more. Raises `Unavailable`."""
    item = LetterItem(case_pk(aside.reference), letter_sk(aside.letter))
    actions: list[Action] = [
        LetterItem.state.set(WANTED),
        LetterItem.attempts.set(0),
        LetterItem.due_pk.set(due_pk(aside.reference)),
        LetterItem.due_sk.set(due_moment(now + STREAM_GRACE, aside.reference)),
    ]
    is_aside = (LetterItem.state == FAILED) & (LetterItem.due_pk == ASIDE)
    return was_made(lambda: item.update(actions=actions, condition=is_aside))
