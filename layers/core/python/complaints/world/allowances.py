"""What is counted towards a cap, as items that expire. Each taking is one conditional update."""

from datetime import timedelta

from pynamodb.expressions.update import Action

from complaints.mail_caps import Allowance
from complaints.world.names import guard_key
from complaints.world.table import AllowanceItem
from complaints.world.writes import was_made

_KEPT = timedelta(days=1)


def take(allowance: Allowance) -> bool:
    """Takes one of what is allowed; `False` when nothing is left."""
    item = AllowanceItem(*guard_key(f"allowance#{allowance.name}"))
    expires = int((allowance.until + _KEPT).timestamp())
    some_left = AllowanceItem.taken.does_not_exist() | (AllowanceItem.taken < allowance.most)
    actions: list[Action] = [AllowanceItem.taken.add(1), AllowanceItem.expires.set(expires)]
    return was_made(lambda: item.update(actions=actions, condition=some_left))
