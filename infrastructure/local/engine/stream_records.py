"""Two habits of the engine's stream store, mended in its SQLite file: it neither indexes nor prunes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from infrastructure.errors import CommandError

# Each write looks for the newest sequence number; without an index that is a scan of all records.
INDEX = """CREATE INDEX IF NOT EXISTS stream_sequence
           ON _stream_records(table_name, CAST(sequence_number AS INTEGER))"""

# The newest record stays, since the engine takes the next sequence number from it.
PRUNE = """DELETE FROM _stream_records
           WHERE table_name = :table AND CAST(sequence_number AS INTEGER) < MIN(:read_up_to, (
               SELECT MAX(CAST(sequence_number AS INTEGER))
               FROM _stream_records WHERE table_name = :table))"""


def index(database: Path) -> None:
    """Keeps a write as fast with many records as with none. Raises `CommandError` for a damaged file."""
    with _opened(database) as store:
        store.execute(INDEX)


def prune(database: Path, table: str, read_up_to: int) -> None:
    """Removes the records before the last one that was read; what was not read yet always stays."""
    with _opened(database) as store:
        store.execute(PRUNE, {"table": table, "read_up_to": read_up_to})


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(database, timeout=10)) as store, store:
            yield store
    except sqlite3.DatabaseError as error:
        raise CommandError(f"The database {database} is damaged: {error}.") from error
