"""What is counted towards a cap, as items that expire. Each taking is one conditional update."""

from datetime import timedelta

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
