"""Automation rules of sites, kept for a minute; and the cases that wait for one, in the due index."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from complaints.adapters.dynamodb.key_schema import automations_pk, due_pk, sortable, wait_key
from complaints.adapters.dynamodb.models import Item, WaitItem
from complaints.adapters.dynamodb.reads import answering, query
from complaints.adapters.dynamodb.setting_items import from_setting_items
from complaints.adapters.dynamodb.transactions import was_made
from complaints.automation.triggers import Rule, in_their_order
from complaints.values.casework.automation import Automation

FRESH = timedelta(seconds=60)


class DynamoAutomations:
    """Automation rules in DynamoDB. `now` gives the time by which what was read grows old."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._known: dict[str, tuple[datetime, Sequence[Rule]]] = {}

    def of(self, site: str) -> Sequence[Rule]:
        """The rules of a site that hold: one query, and none again within a minute."""
        known, now = self._known.get(site), self._now()
        if known and now - known[0] < FRESH:
            return known[1]
        settings = from_setting_items(query(Item, automations_pk(site)))
        rules = in_their_order(
            Rule(code=each.id.removeprefix(f"{site}."), version=each.version, record=each.record)
            for each in settings
            if isinstance(each.record, Automation)
        )
        self._known[site] = now, rules
        return rules

    def forget(self, site: str) -> None:
        self._known.pop(site, None)

    def look_at(self, reference: str, at: datetime) -> None:
        item = WaitItem(*wait_key(reference), due_pk=due_pk(reference), due_sk=f"{sortable(at)}#{reference}")
        with answering():
            item.save()

    def looked(self, reference: str) -> None:
        """The item stays, and stands in no index."""
        item = WaitItem(*wait_key(reference))
        was_made(
            lambda: item.update(
                actions=[Item.due_pk.remove(), Item.due_sk.remove()], condition=Item.due_pk.exists()
            )
        )
