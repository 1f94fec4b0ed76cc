"""What is counted towards a cap, as items that expire. Each taking is one conditional update."""

from datetime import timedelta

from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.key_schema import allowance_key
from complaints.adapters.dynamodb.models import AllowanceItem
from complaints.adapters.dynamodb.transactions import was_made
from complaints.delivery.rate_limits import Allowance

_KEPT = timedelta(days=1)


def take(allowance: Allowance) -> bool:
    """Takes one of what is allowed; `False` when nothing is left."""
    item = AllowanceItem(*allowance_key(allowance.name))
    expires = int((allowance.until + _KEPT).timestamp())
    some_left = AllowanceItem.taken.does_not_exist() | (AllowanceItem.taken < allowance.most)
    actions: list[Action] = [
        AllowanceItem.item.set(AllowanceItem),
        AllowanceItem.taken.add(1),
        AllowanceItem.expires.set(expires),
    ]
    return was_made(lambda: item.update(actions=actions, condition=some_left))


def give_back(allowance: Allowance) -> None:
    """Gives back one that was taken and not used."""
    item = AllowanceItem(*allowance_key(allowance.name))
    was_made(lambda: item.update(actions=[AllowanceItem.taken.add(-1)], condition=AllowanceItem.taken > 0))
