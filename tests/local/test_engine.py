"""The database engine as a process: durable, never two on one file, and mended where it is slow."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from botocore.session import get_session

from infrastructure.errors import CommandError
from infrastructure.local import engine
from infrastructure.local.engine import stale_process
from tests.local_run import ROOT

HOLD = """
import json, sys
from pathlib import Path
from infrastructure.local import engine
with engine.running(Path(sys.argv[1])) as address:
    print(json.dumps(address), flush=True)
    sys.stdin.read()
"""
RECORDS = "SELECT CAST(sequence_number AS INTEGER) FROM _stream_records WHERE table_name = ? ORDER BY 1"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def holder(database: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that runs an engine on the database."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLD, str(database)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        yield process
        process.kill()


def dynamodb(address: str) -> Any:
    return get_session().create_client("dynamodb", endpoint_url=address)


def put(address: str, table: str, key: str) -> None:
    client = dynamodb(address)
    if table not in client.list_tables()["TableNames"]:
        client.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
        )
    client.put_item(TableName=table, Item={"pk": {"S": key}})


def records(database: Path, table: str) -> list[int]:
    with closing(sqlite3.connect(database)) as store:
        return [number for (number,) in store.execute(RECORDS, [table])]


def test_the_engine_of_a_killed_run_is_gone_before_the_next_one_starts(
    database: Path, holder: subprocess.Popen[str]
) -> None:
    assert holder.stdout
    put(json.loads(holder.stdout.readline()), "first", "kept")
    orphan = int(database.with_suffix(".pid").read_text())
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with engine.running(database) as address:
        assert dynamodb(address).scan(TableName="first")["Count"] == 1
        assert not stale_process.serves(orphan, database)


def test_a_stranger_with_the_number_of_an_old_engine_is_left_alone(database: Path) -> None:
    stale_process.remember(database, os.getpid())
    with engine.running(database) as address:
        assert address


def test_reading_frees_room_but_what_was_not_read_stays_and_so_does_the_newest(database: Path) -> None:
    with engine.running(database) as address:
        for key in "abcd":
            put(address, "first", key)
        put(address, "second", "x")
        engine.prune(database, "first", read_up_to=2)
        assert records(database, "first") == [2, 3, 4]
        engine.prune(database, "first", read_up_to=9)
        assert records(database, "first") == [4]
        assert records(database, "second") == [1]
        put(address, "first", "e")
        assert records(database, "first") == [4, 5]


def test_a_write_finds_the_newest_stream_record_by_an_index(database: Path) -> None:
    with engine.running(database), closing(sqlite3.connect(database)) as store:
        query = "SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'x'"
        plan = store.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert "stream_sequence" in str(plan)


@pytest.mark.parametrize("content", [b"no database at all" * 99, b"SQLite format 3\x00" + b"\x07" * 8000])
def test_a_damaged_database_is_said_in_a_sentence(database: Path, content: bytes) -> None:
    database.write_bytes(content)
    with pytest.raises(CommandError, match="database"), engine.running(database):
        pytest.fail("it started")


def test_an_engine_that_runs_already_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch, database: Path
) -> None:
    monkeypatch.setenv("DYNAMODB_ENDPOINT", "http://127.0.0.1:9/")
    with engine.running(database) as address:
        assert address == "http://127.0.0.1:9"
    assert not database.exists()
