"""Letters to programs that were given up and set aside: the operator lists them, and sends them again.

They stand in a partition of the `due` index that the schedule never reads.
"""

from collections.abc import Iterator
from datetime import datetime

from pynamodb.expressions.update import Action

from complaints.mail.kept_letter import FAILED, WANTED
from complaints.world.letter_items import STREAM_GRACE, due_moment
from complaints.world.letterbox import Wanted
from complaints.world.names import ASIDE, case_pk, due_pk, letter_sk, reference_in
from complaints.world.reading import answering
from complaints.world.table import Item, LetterItem
from complaints.world.writes import was_made


def all_aside() -> Iterator[Wanted]:
    """Those that are set aside, the longest there first. Raises `Unavailable`."""
    with answering():
        items = list(Item.due.query(ASIDE))
    for item in items:
        yield Wanted(reference_in(item.pk), item.sk.partition("#")[2], is_webhook=True)


def want_again(aside: Wanted, now: datetime) -> bool:
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
