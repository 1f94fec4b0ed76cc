"""AWS calls that fail, or kill their caller, in this process: what SIGKILL does, hundreds of times faster."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.endpoint import Endpoint
from botocore.retries.standard import ExponentialBackoff

from tests.faults import sitecustomize
from tests.faults.sitecustomize import Breaker
from tests.running.plain_calls import the_whole_way

KILLS, TROUBLES = ("kill-before", "kill-after"), ("throttle", "error500", "timeout-after")


class Died(BaseException):
    """Nothing that runs goes on after it: no handler of ours takes it for an error."""


class Meeting:
    """What a fault met; `fired` says whether it did."""

    def __init__(self, fault: str) -> None:
        self.breaker = Breaker(fault)

    @property
    def fired(self) -> bool:
        return any(fault.count >= fault.first for fault in self.breaker._faults)


@contextmanager
def meeting(fault: str) -> Iterator[Meeting]:
    """Every call of the block meets the fault, if it is the one. The SDK repeats at once: no test waits."""
    with the_whole_way(), pytest.MonkeyPatch.context() as patch:
        # Set to itself, so that it is put back: `install` replaces it for good.
        patch.setattr(Endpoint, "_do_get_response", vars(Endpoint)["_do_get_response"])
        patch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0)
        patch.setattr(sitecustomize, "_die", _die)
        met = Meeting(fault)
        sitecustomize.install(met.breaker)
        yield met


def attempt(work: Callable[[], Any]) -> None:
    """Does the work, whatever becomes of it: the platform tries again, and so does the test."""
    try:
        work()
    except (Died, Exception):
        return


def _die() -> None:
    raise Died
