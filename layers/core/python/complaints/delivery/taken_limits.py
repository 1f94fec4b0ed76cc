"""Several limits are taken together: all of them, or none."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from complaints.delivery.rate_limits import RateLimit

if TYPE_CHECKING:
    from complaints.delivery.ports import Limits


def taken_together(limits: "Limits", wanted: Iterable[RateLimit]) -> bool:
    """Whether each of these limits had one left, which is taken; of none otherwise."""
    taken: list[RateLimit] = []
    for limit in wanted:
        if not limits.may_leave(limit):
            give_back(limits, taken)
            return False
        taken.append(limit)
    return True


def give_back(limits: "Limits", taken: Iterable[RateLimit]) -> None:
    """Gives back what was taken for a letter that does not leave."""
    for limit in taken:
        limits.has_not_left(limit)
