"""What is counted towards limits, in memory and in the table: the same."""

from datetime import timedelta

import pytest

from complaints.adapters.dynamodb import table as tables
from complaints.adapters.stores.correspondence.outbox import DynamoOutbox
from complaints.delivery.ports import Limits
from complaints.delivery.rate_limits import RateLimit
from tests.builders import MONDAY
from tests.fakes import CountedLimits

TWO = RateLimit("two", 2, MONDAY + timedelta(minutes=5))


@pytest.fixture(params=["memory", "table"])
def limits(request: pytest.FixtureRequest) -> Limits:
    if request.param == "memory":
        return CountedLimits()
    tables.bind(request.getfixturevalue("table"))
    return DynamoOutbox()


def test_so_many_may_leave_and_what_did_not_leaves_room(limits: Limits) -> None:
    assert [limits.may_leave(TWO) for _ in range(3)] == [True, True, False]
    limits.has_not_left(TWO)
    assert [limits.may_leave(TWO) for _ in range(2)] == [True, False]


def test_what_never_left_leaves_no_more_room(limits: Limits) -> None:
    limits.has_not_left(TWO)
    assert [limits.may_leave(TWO) for _ in range(3)] == [True, True, False]


def test_a_mailbox_is_known_from_when_it_is(limits: Limits) -> None:
    assert not limits.knows("known|a")
    for _ in range(2):
        limits.know("known|a", TWO.until)
    assert limits.knows("known|a")
    assert not limits.knows("known|b")
