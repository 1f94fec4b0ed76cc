"""The topic of a local run: each message reaches the function, also when a run dies before it has."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.sns import ATTEMPTS, Topic


class Listener:
    """A function that hears messages, and fails at the first `fails` of them."""

    def __init__(self, fails: int = 0) -> None:
        self.heard: list[str] = []
        self._fails = fails

    def __call__(self, event: Mapping[str, Any], context: LambdaContext) -> None:
        self.heard.append(event["Records"][0]["Sns"]["Message"])
        if len(self.heard) <= self._fails:
            raise RuntimeError


def test_messages_come_in_the_order_of_their_publishing(tmp_path: Path) -> None:
    listener = Listener()
    topic = Topic(tmp_path, listener)
    for number in range(12):
        topic.publish({"number": number})
    assert topic.drain()
    assert listener.heard == [f'{{"number":{number}}}' for number in range(12)]


def test_what_was_taken_does_not_come_again(tmp_path: Path) -> None:
    listener = Listener()
    topic = Topic(tmp_path, listener)
    topic.publish({})
    assert topic.drain()
    assert not topic.drain()
    assert listener.heard == ["{}"]


def test_what_waits_outlives_the_run(tmp_path: Path) -> None:
    listener = Listener()
    Topic(tmp_path, listener).publish({"of": "an earlier run"})
    later = Topic(tmp_path, listener)
    later.publish({"of": "this one"})
    later.drain()
    assert listener.heard == ['{"of":"an earlier run"}', '{"of":"this one"}']


def test_a_message_that_fails_is_tried_again(tmp_path: Path) -> None:
    listener = Listener(fails=1)
    topic = Topic(tmp_path, listener)
    topic.publish({})
    topic.drain()
    assert listener.heard == ["{}", "{}"]


def test_a_message_that_always_fails_stops_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener(fails=ATTEMPTS)
    topic = Topic(tmp_path, listener)
    topic.publish({"number": 1})
    topic.publish({"number": 2})
    with caplog.at_level(logging.ERROR):
        topic.drain()
    assert listener.heard == ['{"number":1}'] * ATTEMPTS + ['{"number":2}']
    assert len(caplog.records) == ATTEMPTS
