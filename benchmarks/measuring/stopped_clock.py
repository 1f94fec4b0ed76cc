"""A clock that stands still, so that what is counted hangs on no machine's speed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from msgspec import Struct

from complaints.adapters.container import Container, container, use_container


class StoppedClock(Struct, frozen=True):
    """A clock (port `Clock`) that shows one moment for ever."""

    at: datetime

    def now(self) -> datetime:
        """That moment."""
        return self.at


@contextmanager
def stopped() -> Iterator[None]:
    """Stops the product's clock inside the block: nothing falls due because a slow machine took minutes."""
    running = container()
    use_container(Container(running.settings, clock=StoppedClock(running.now())))
    try:
        yield
    finally:
        use_container(running)
