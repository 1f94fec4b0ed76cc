"""The filters of an event source: which records wake a function."""

import pytest

from infrastructure.local.aws.stream_poller import lets_through
from infrastructure.template.functions import FOLLOWED


@pytest.mark.parametrize(
    ("names", "woken"),
    [
        ({"NewImage": {"item": {"S": "letter"}, "state": {"S": "wanted"}}}, ["SendLetters"]),
        ({"NewImage": {"item": {"S": "letter"}, "state": {"S": "sent"}}}, ["FollowCases"]),
        ({"NewImage": {"item": {"S": "letter"}, "state": {"S": "claimed"}}}, []),
        ({"NewImage": {"item": {"S": "head"}}}, ["FollowCases"]),
        ({"NewImage": {"item": {"S": "retention_run"}}}, ["FollowCases"]),
        ({"NewImage": {"item": {"S": "allowance"}}, "Keys": {"pk": {"S": "guard#allowance#x"}}}, []),
        ({"NewImage": {"item": {"S": "tally"}}, "Keys": {"sk": {"S": "day#2026"}}}, []),
        ({"Keys": {"pk": {"S": "case#A"}, "sk": {"S": "entry#0001"}}}, ["FollowCases"]),
        ({"Keys": {"sk": {"N": "1"}}}, []),
        ({"NewImage": "nothing that has names"}, []),
    ],
)
def test_a_record_wakes_those_of_whose_patterns_one_fits(names: object, woken: list[str]) -> None:
    record = {"eventName": "INSERT", "dynamodb": names}
    assert [name for name, patterns in FOLLOWED.items() if lets_through(patterns, record)] == woken
