"""The log of webhooks: an item for each message in a partition of its site, which expires.

Failed webhooks that were set aside: the operator lists them, and sends them again.

They stand in a partition of the `due` index that the schedule never reads.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.key_schema import (
    ASIDE,
    case_pk,
    due_pk,
    letter_sk,
    reference_in,
    sortable,
    webhook_log_key,
    webhook_log_pk,
)
from complaints.adapters.dynamodb.letter_items import STREAM_GRACE, due_moment
from complaints.adapters.dynamodb.models import Item, LetterItem, WebhookLogItem
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.stores.correspondence.outbox import WantedLetter
from complaints.delivery.delivery_state import FAILED, WANTED
from complaints.delivery.webhook_log import A_PAGE, KEPT, WebhookDelivery


class DynamoWebhookLog:
    """The log in DynamoDB (port `WebhookLog`)."""

    def note(self, site: str, delivery: WebhookDelivery) -> None:
        """One write of one unit. Raises `Unavailable`."""
        key = webhook_log_key(site, sortable(delivery.called_for), delivery.reference, delivery.letter)
        item = WebhookLogItem(
            *key,
            delivery=msgspec.json.encode(delivery).decode(),
            expires=int((delivery.at + KEPT).timestamp()),
        )
        with answering():
            item.save()

    def latest(self, site: str) -> list[WebhookDelivery]:
        """One read. Raises `Unavailable`."""
        with answering():
            items = list(WebhookLogItem.query(webhook_log_pk(site), scan_index_forward=False, limit=A_PAGE))
        return [msgspec.json.decode(item.delivery, type=WebhookDelivery) for item in items]

    def send_again(self, site: str, reference: str, letter: str, now: datetime) -> bool:
        """Only what the log of the site has. Raises `Unavailable`."""
        known = {(each.reference, each.letter) for each in self.latest(site)}
        return (reference, letter) in known and want_again(
            WantedLetter(reference, letter, is_webhook=True), now
        )


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
