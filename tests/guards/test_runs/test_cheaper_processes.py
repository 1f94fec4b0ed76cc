"""What a process of the tests does once is the same as if each test did it for itself."""

import gc
import sys
from typing import Any
from uuid import uuid4

from botocore.session import get_session

from complaints.adapters.dynamodb.table import connection, create_table
from infrastructure.local.seed import seed
from tests.faults.fault_process import in_a_process
from tests.installation import Installation, opened


def test_garbage_of_tests_is_collected_without_a_look_at_the_tests_themselves() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_tables_share_a_session_and_no_client(engine_endpoint: str) -> None:
    """What a test does to its client, or uses up of its retries, no other test meets."""
    _table()
    session, client = connection().session, connection().client
    _table()
    assert connection().session is session
    assert connection().client is not client


def test_sessions_share_what_they_read_and_nothing_else() -> None:
    one, other = get_session(), get_session()
    assert one.get_component("data_loader") is other.get_component("data_loader")
    one.set_credentials("another", "key")
    own = other.get_credentials()
    assert own
    assert own.access_key == "test"


def test_a_copied_table_holds_what_the_rules_make(engine_endpoint: str) -> None:
    with opened(_table()):
        pass
    with opened(_table()) as copied:
        found, sites = _items(copied), copied.world.sites.all()
    made = Installation(_table())
    seed(made.world)
    assert found == _items(made) != []
    assert sites == made.world.sites.all()


def test_a_process_of_the_fault_tests_begins_with_what_is_preloaded() -> None:
    assert in_a_process(_look_for_what_is_preloaded) == 0


def _look_for_what_is_preloaded() -> None:
    raise SystemExit("tests.faults.preloaded" not in sys.modules)


def _table() -> str:
    create_table(name := f"test-{uuid4().hex}")
    return name


def _items(installation: Installation) -> list[str]:
    """The keys and the attributes of all items of its table; the salts of what is private never repeat, and
    what was asked in this process before says its id (`correlation`)."""
    client: Any = connection().client
    items = client.scan(TableName=installation.world.settings.table)["Items"]
    return sorted(f"{item['pk']} {item['sk']} {sorted(item.keys() - {'correlation'})}" for item in items)
