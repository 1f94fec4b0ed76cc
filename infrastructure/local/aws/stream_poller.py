"""The stream poller: passes a table's stream to the functions as Lambda does, in order and at least
once."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from infrastructure.local.aws.event_filters import lets_through
from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.stream import Record

BATCH = 10
ATTEMPTS = 5

log = logging.getLogger(__name__)

Handler = Callable[[Mapping[str, Any], LambdaContext], Mapping[str, Any] | None]


class Stream(Protocol):
    """What is read from: a table's stream."""

    def shards(self) -> Sequence[str]: ...
    def records(self, shard: str, after: str | None) -> Sequence[Record]: ...


class Checkpoint(Protocol):
    """What remembers how far a shard was read; the next run may read again what was passed by."""

    def after(self, shard: str) -> str | None: ...
    def move_to(self, shard: str, sequence: str) -> None: ...
    def pass_by(self, shard: str, sequence: str) -> None: ...


class Follower(NamedTuple):
    """A function that follows the stream, and the patterns of the records that wake it."""

    handler: Handler
    patterns: Sequence[Mapping[str, Any]]


class StreamPoller:
    """Reads `stream` from where `place` says, and hands each of the `followers` what wakes it, in batches.

    A record at which one of them failed comes again to all.
    """

    def __init__(self, stream: Stream, followers: Sequence[Follower], place: Checkpoint) -> None:
        self._stream = stream
        self._followers = followers
        self._place = place
        self._lock = threading.Lock()
        self._closed = False

    def drain(self) -> None:
        """Delivers all that waits, and what comes of it; returns when nothing waits any more."""
        with self._lock:
            while not self._closed and any(self._drained(shard) for shard in self._stream.shards()):
                pass

    def close(self) -> None:
        """Delivers no further batch: what waits is delivered by the next run."""
        self._closed = True

    def _drained(self, shard: str) -> bool:
        records = self._stream.records(shard, self._place.after(shard))
        # Nine of ten records wake nobody: the words of a case in the index, and the figures.
        waking = [record for record in records if any(self._woken_by(record))]
        for start in range(0, len(waking), BATCH):
            if self._closed:
                return True
            self._deliver(shard, waking[start : start + BATCH])
        if records:
            self._place.pass_by(shard, records[-1].sequence)
        return bool(records)

    def _woken_by(self, record: Record) -> Iterator[Follower]:
        return (each for each in self._followers if lets_through(each.patterns, record.event))

    def _deliver(self, shard: str, waiting: Sequence[Record]) -> None:
        """Delivers a batch from the first failed record on, until all is done or has failed too often."""
        attempts = 0
        while waiting:
            rest = self._undone(waiting)
            attempts = attempts + 1 if len(rest) == len(waiting) else 0
            if attempts == ATTEMPTS:
                log.error("Record %s failed %d times and is left out.", rest[0].sequence, ATTEMPTS)
                rest, attempts = rest[1:], 0
            if done := len(waiting) - len(rest):
                self._place.move_to(shard, waiting[done - 1].sequence)
            waiting = rest

    def _undone(self, records: Sequence[Record]) -> Sequence[Record]:
        failed: set[str] = set()
        for follower in self._followers:
            waking = [record.event for record in records if lets_through(follower.patterns, record.event)]
            if not waking:
                continue
            try:
                answer = follower.handler({"Records": waking}, LambdaContext("local"))
            except Exception:
                log.exception("The batch from record %s failed.", records[0].sequence)
                return records
            failed |= {failure["itemIdentifier"] for failure in (answer or {}).get("batchItemFailures", [])}
        first = next((n for n, record in enumerate(records) if record.sequence in failed), len(records))
        return records[first:]
