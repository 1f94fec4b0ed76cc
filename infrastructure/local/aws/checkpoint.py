"""How far a stream was read: kept in a file, so that a killed run skips nothing."""

from pathlib import Path

import msgspec

from infrastructure.local.atomic_files import read_note, write_note

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
