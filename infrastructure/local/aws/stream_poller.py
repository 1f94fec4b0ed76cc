"""The stream poller: passes a table's stream to the functions as Lambda does, in order and at least
once.

The filters of an event source, as Lambda has them: which records of a stream wake a function.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html, as far as the template uses
them.

How far a stream was read: kept in a file, so that a killed run skips nothing.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec

from infrastructure.local.atomic_files import read_note, write_note
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


def lets_through(patterns: Sequence[Mapping[str, Any]], event: Mapping[str, Any]) -> bool:
    """Whether one of the patterns fits a record.

    >>> lets_through([{"state": {"S": ["sent", {"prefix": "want"}]}}], {"state": {"S": "wanted"}})
    True
    """
    return any(_fits(pattern, event) for pattern in patterns)


def _fits(pattern: Any, found: Any) -> bool:
    """Names lead to further names, and at last to texts: one of them must be there, or its beginning."""
    if isinstance(pattern, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and _fits(inner, found[name]) for name, inner in pattern.items()
        )
    return isinstance(found, str) and any(
        found.startswith(text["prefix"]) if isinstance(text, Mapping) else found == text for text in pattern
    )


MOST_PASSED = 16
"""How often records are passed by before that is noted: each time they are a thousand at most."""


class Note(msgspec.Struct):
    """The stream, and the last sequence number that was dealt with in each of its shards."""

    stream: str = ""
    read: dict[str, str] = {}


class FileCheckpoint:
    """The place up to which one stream was read; another stream (a new table) starts from its beginning."""

    def __init__(self, note: Path, stream: str) -> None:
        self._path = note
        found = read_note(note, Note())
        self._note = found if found.stream == stream else Note(stream)
        self._passed = 0

    def after(self, shard: str) -> str | None:
        """The last sequence number that was dealt with; None at a shard's beginning."""
        return self._note.read.get(shard)

    def move_to(self, shard: str, sequence: str) -> None:
        """Remembers that everything up to this sequence number was dealt with."""
        self._note.read[shard] = sequence
        self._passed = 0
        write_note(self._path, self._note)

    def pass_by(self, shard: str, sequence: str) -> None:
        """Goes on behind this sequence number, which was nothing to deal with: noted with what is dealt with
        next, or after `MOST_PASSED` times."""
        self._note.read[shard] = sequence
        self._passed += 1
        if self._passed == MOST_PASSED:
            self.move_to(shard, sequence)
