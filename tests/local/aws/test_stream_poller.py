"""The stream poller: in order, at least once, and never stuck."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.stream import Record
from infrastructure.local.aws.stream_poller import (
    ATTEMPTS,
    BATCH,
    MOST_PASSED,
    FileCheckpoint,
    Follower,
    StreamPoller,
)


def kind(number: int) -> str:
    return "even" if number % 2 == 0 else "odd"


class Stream:
    """One shard of records numbered from 1, of which others may be added."""

    def __init__(self, length: int) -> None:
        self.length = length

    def shards(self) -> Sequence[str]:
        return ["one"]

    def records(self, shard: str, after: str | None) -> Sequence[Record]:
        numbers = range(int(after or 0) + 1, self.length + 1)
        return [Record(str(n), {"dynamodb": {"SequenceNumber": str(n)}, "of": kind(n)}) for n in numbers]


class Handler:
    """Notes what it is given; `failing` says how often each record fails before it succeeds."""

    def __init__(self, failing: Mapping[int, int] | None = None) -> None:
        self.batches: list[list[int]] = []
        self.failing = dict(failing or {})

    def __call__(self, event: Mapping[str, Any], _: LambdaContext) -> Mapping[str, Any]:
        self.batches.append([int(record["dynamodb"]["SequenceNumber"]) for record in event["Records"]])
        failed = [n for n in self.batches[-1] if self.failing.get(n, 0) > 0]
        for n in failed:
            self.failing[n] -= 1
        return {"batchItemFailures": [{"itemIdentifier": str(n)} for n in failed]}


def poller(stream: Stream, handler: Any, place: FileCheckpoint) -> StreamPoller:
    """One whose handler every record wakes."""
    return StreamPoller(stream, [Follower(handler, [{}])], place)


def position(tmp_path: Path, stream: str = "arn") -> FileCheckpoint:
    return FileCheckpoint(tmp_path / "stream.json", stream)


def test_all_that_waits_is_delivered_in_order_and_in_batches(tmp_path: Path) -> None:
    handler = Handler()
    poller(Stream(BATCH + 2), handler, position(tmp_path)).drain()
    assert handler.batches == [list(range(1, BATCH + 1)), [BATCH + 1, BATCH + 2]]


def test_a_poller_that_is_closed_leaves_what_waits_to_the_next_run(tmp_path: Path) -> None:
    stream, later = Stream(2 * BATCH), Handler()

    def is_closed_meanwhile(*_: object) -> None:
        first.close()

    first = poller(stream, is_closed_meanwhile, position(tmp_path))
    first.drain()
    poller(stream, later, position(tmp_path)).drain()
    assert later.batches == [list(range(BATCH + 1, 2 * BATCH + 1))]


def test_what_was_delivered_is_not_delivered_again_by_the_next_run(tmp_path: Path) -> None:
    stream, handler = Stream(2), Handler()
    poller(stream, Handler(), position(tmp_path)).drain()
    stream.length = 3
    poller(stream, handler, position(tmp_path)).drain()
    assert handler.batches == [[3]]


def test_another_stream_is_read_from_its_beginning(tmp_path: Path) -> None:
    poller(Stream(2), Handler(), position(tmp_path)).drain()
    handler = Handler()
    poller(Stream(1), handler, position(tmp_path, "another")).drain()
    assert handler.batches == [[1]]


def test_a_failed_record_is_tried_again_with_all_that_follow(tmp_path: Path) -> None:
    handler = Handler(failing={2: 1})
    poller(Stream(3), handler, position(tmp_path)).drain()
    assert handler.batches == [[1, 2, 3], [2, 3]]


def test_a_record_that_always_fails_is_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    handler = Handler(failing={1: 99})
    poller(Stream(2), handler, position(tmp_path)).drain()
    assert handler.batches == [[1, 2]] * ATTEMPTS + [[2]]


def test_a_handler_that_breaks_is_called_again_for_the_whole_batch(tmp_path: Path) -> None:
    calls = []

    def breaks_once(event: Mapping[str, Any], _: LambdaContext) -> None:
        calls.append(len(event["Records"]))
        if len(calls) == 1:
            raise RuntimeError("out of memory")

    poller(Stream(2), breaks_once, position(tmp_path)).drain()
    assert calls == [2, 2]
    assert position(tmp_path).after("one") == "2"


def test_what_comes_of_a_delivery_is_delivered_too(tmp_path: Path) -> None:
    stream, seen = Stream(1), []

    def writes_one_more(event: Mapping[str, Any], _: LambdaContext) -> None:
        seen.extend(event["Records"])
        stream.length = 2

    poller(stream, writes_one_more, position(tmp_path)).drain()
    assert len(seen) == 2


def test_each_function_gets_what_wakes_it_and_a_failure_comes_again_to_all(tmp_path: Path) -> None:
    odd, even = Handler(failing={3: 1}), Handler()
    followers = [Follower(odd, [{"of": ["odd"]}]), Follower(even, [{"of": [{"prefix": "ev"}]}])]
    StreamPoller(Stream(4), followers, position(tmp_path)).drain()
    assert odd.batches == [[1, 3], [3]]
    assert even.batches == [[2, 4], [4]]


def test_what_wakes_nobody_is_passed_by_and_read_no_second_time(tmp_path: Path) -> None:
    stream, place, handler = Stream(3), position(tmp_path), Handler()
    drained = StreamPoller(stream, [Follower(handler, [{"of": ["even"]}])], place)
    drained.drain()
    assert place.after("one") == "3"
    assert position(tmp_path).after("one") == "2"
    stream.length = 4
    drained.drain()
    assert handler.batches == [[2], [4]]
    assert position(tmp_path).after("one") == "4"


def test_many_records_that_wake_nobody_are_not_read_again_at_each_start(tmp_path: Path) -> None:
    place = position(tmp_path)
    for number in range(MOST_PASSED + 1):
        place.pass_by("one", str(number))
    assert position(tmp_path).after("one") == str(MOST_PASSED - 1)
