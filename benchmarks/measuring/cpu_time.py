"""One ruler for everything that is compared: processor time of this thread, never the clock on the wall.

Only the standard library is used, so that the peer's environment can import it too.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Operation = Callable[[], object]


@dataclass(frozen=True)
class Spent:
    """Processor time of one operation in milliseconds: the lowest seen, and the median."""

    best: float
    median: float


def summary(milliseconds: Iterable[float]) -> Spent:
    """The lowest and the median of a list of samples in milliseconds; raises ValueError for an empty one."""
    samples = list(milliseconds)
    return Spent(best=min(samples), median=statistics.median(samples))


def samples_of(operations: Iterable[Operation], warm_up: int) -> list[float]:
    """Runs each operation once and gives its processor time in milliseconds, without the first `warm_up`.

    What an operation needs (a solved challenge, a version) is prepared by the caller, outside the
    measured part.
    """
    samples = []
    for operation in operations:
        before = time.thread_time_ns()
        operation()
        samples.append((time.thread_time_ns() - before) / 1e6)
    return samples[warm_up:]
