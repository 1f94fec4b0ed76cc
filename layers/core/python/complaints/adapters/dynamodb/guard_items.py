"""What may happen once, as items that expire. Readers look at the time: the store removes late."""

from datetime import UTC, datetime

from pynamodb.expressions.condition import Condition

from complaints.adapters.dynamodb.key_schema import guard_key
from complaints.adapters.dynamodb.models import GuardItem
from complaints.context.case import Guard


def to_guard(guard: Guard) -> GuardItem:
    """The item of a guard; it expires with it."""
    pk, sk = guard_key(guard.id)
    return GuardItem(
        pk, sk, body=guard.body, at=int(guard.at.timestamp()), expires=int(guard.expires.timestamp())
    )


def from_guard(item: GuardItem) -> Guard:
    """The guard that an item holds."""
    return Guard(
        id=item.pk.partition("#")[2],
        body=item.body,
        at=datetime.fromtimestamp(item.at, UTC),
        expires=datetime.fromtimestamp(item.expires, UTC),
    )


def is_free(guard: Guard) -> Condition:
    """The condition under which a guard may be set: there is none, or it has expired."""
    expired: Condition = GuardItem.expires <= int(guard.at.timestamp())
    free: Condition = GuardItem.pk.does_not_exist() | expired
    return free
