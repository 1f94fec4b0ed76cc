"""When something falls due next, read from the real index."""

from datetime import UTC, datetime

import boto3
import pytest

from infrastructure.local.agenda import Agenda

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def agenda(table: str, engine_endpoint: str) -> Agenda:
    client = boto3.client("dynamodb", endpoint_url=engine_endpoint)
    for shard, due in (
        ("0", "2026-03-04T11:59:59Z"),
        ("3", "2026-03-04T12:00:00Z"),
        ("1", "2026-03-05T08:00:00Z"),
    ):
        keys = {"pk": due, "sk": "head", "due_pk": f"due#{shard}", "due_sk": f"{due}#case"}
        client.put_item(TableName=table, Item={name: {"S": value} for name, value in keys.items()})
    return Agenda(client, table)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 4, 11, 59, 59, tzinfo=UTC)),
        (NOON.replace(minute=0, microsecond=1), datetime(2026, 3, 5, 8, tzinfo=UTC)),
        (NOON, datetime(2026, 3, 5, 8, tzinfo=UTC)),
        (datetime(2026, 3, 5, 8, tzinfo=UTC), None),
    ],
)
def test_the_next_moment_is_the_earliest_behind_the_present(
    agenda: Agenda, after: datetime, due: datetime | None
) -> None:
    assert agenda.next_due(after) == due
