"""Work that is counted, never timed: the calls of functions, of what is written in C too."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Counted:
    """How many calls were made."""

    calls = 0


@contextmanager
def counting() -> Iterator[Counted]:
    counted = Counted()

    def count(frame: FrameType, event: str, argument: object) -> None:
        if event in ("call", "c_call"):
            counted.calls += 1

    sys.setprofile(count)
    try:
        yield counted
    finally:
        sys.setprofile(None)
