"""What is counted towards a cap, as items that expire. Each taking is one conditional update."""

from datetime import datetime, timedelta

from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.key_schema import allowance_key
from complaints.adapters.dynamodb.models import RateLimitItem
from complaints.adapters.dynamodb.transactions import was_made
from complaints.delivery.rate_limits import RateLimit

_KEPT = timedelta(days=1)


def take(allowance: RateLimit) -> bool:
    """Takes one of what is allowed; `False` when nothing is left."""
    item = RateLimitItem(*allowance_key(allowance.name))
    expires = int((allowance.until + _KEPT).timestamp())
    some_left = RateLimitItem.taken.does_not_exist() | (RateLimitItem.taken < allowance.most)
    actions: list[Action] = [
        RateLimitItem.item.set(RateLimitItem),
        RateLimitItem.taken.add(1),
        RateLimitItem.expires.set(expires),
    ]
    return was_made(lambda: item.update(actions=actions, condition=some_left))


def give_back(allowance: RateLimit) -> None:
    """Gives back one that was taken and not used."""
    item = RateLimitItem(*allowance_key(allowance.name))
    was_made(lambda: item.update(actions=[RateLimitItem.taken.add(-1)], condition=RateLimitItem.taken > 0))


def remember(name: str, until: datetime) -> None:
    """Knows a name until an instant."""
    item = RateLimitItem(*allowance_key(name))
    actions: list[Action] = [
        RateLimitItem.item.set(RateLimitItem),
        RateLimitItem.taken.set(1),
        RateLimitItem.expires.set(int(until.timestamp())),
    ]
    was_made(lambda: item.update(actions=actions))


def is_remembered(name: str) -> bool:
    """Whether a name is known; the table removes one some days after its time at the latest."""
    item = RateLimitItem(*allowance_key(name))
    # Not a read: whoever counts may read nothing of the table for it.
    return was_made(
        lambda: item.update(actions=[RateLimitItem.taken.set(1)], condition=RateLimitItem.taken.exists())
    )
