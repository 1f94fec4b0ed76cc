"""The log of webhooks: an item for each message in a partition of its site, which expires."""

from datetime import datetime

import msgspec

from complaints.adapters.dynamodb.key_schema import sortable, webhook_log_key, webhook_log_pk
from complaints.adapters.dynamodb.models import WebhookLogItem
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.stores.correspondence.outbox import WantedLetter
from complaints.adapters.stores.correspondence.parked_webhooks import want_again
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
