"""The pace at which letters leave: what the mail service takes in a second, shared by those that send.

Each process that sends has a fixed share of it, so that none has to ask the others. What two of them send at
once beside their shares the mail service refuses, and it is tried again (`backoff`). A letter that does not
leave, because a cap holds it or another attempt has it, takes nothing of the share.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaints.adapters.container import Container


SENDERS = 4
"""How many processes send at once: one for each shard of the table's stream, four at first."""

BURST = 5
"""How many letters leave one after another, by a process that had none for a while."""

BEHIND = timedelta(minutes=1)
"""How late the stream may be before what may wait makes room for what may not."""


class Pace:
    """At most so many `a_second`, after a burst (the generic cell rate algorithm, ITU-T I.371)."""

    def __init__(self, a_second: float) -> None:
        self._apart = 1 / a_second
        self._next = 0.0

    def wait(self, now: float) -> float:
        """Takes the next place, and says in how many seconds it is."""
        place = max(self._next, now - (BURST - 1) * self._apart)
        self._next = place + self._apart
        return max(0.0, place - now)


def send(deps: "Container", message: bytes, to: str, tags: Mapping[str, str]) -> str:
    """Hands a mail to the mail service when it may leave, and answers the id that it gets there. Raises
    `SendingRefused`, `SendingDelayed`, `SendingUnsure`."""
    keep(deps.settings.letters_a_second)
    return deps.mail_sender.send(message, sender=deps.settings.sender, to=to, tags=tags)


def keep(a_second: int, sleep: Callable[[float], None] = time.sleep) -> None:
    """Waits until the next letter of this process may leave; 0 a second sets no pace."""
    if a_second:
        sleep(_of(a_second).wait(time.monotonic()))


def is_behind(recorded_at: datetime, now: datetime) -> bool:
    """Whether the stream is so late that what may wait is left to the schedule, which wants it again within
    minutes: letters that may not wait stand behind it. `recorded_at` is UTC without a zone."""
    return now - recorded_at.replace(tzinfo=UTC) > BEHIND


@cache
def _of(a_second: int) -> Pace:
    return Pace(a_second / SENDERS)
