"""What a return costs: pages of the queues and heads of cases, and never the table."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.container import container
from complaints.values.people import Role
from functions.desk.reports import returns
from functions.http import request
from functions.http.request import Request, current_request
from functions.http.visit import Visit
from tests.installation import Installation, at_the_desk


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY) as installation:
        yield installation


def test_a_return_reads_the_queues_in_parts_and_never_the_table(installation: Installation) -> None:
    year = f"{installation.world.now():%Y}"
    query = {"site": "demo", "format": "json", "from": f"{year}-01-01", "to": f"{year}-06-30"}
    parts: list[dict[str, Any]] = []
    operations: list[str] = []
    while not parts or parts[-1]["next"]:
        more = {"cursor": parts[-1]["next"]} if parts else {}
        asked = Request("GET", returns.ADDRESS, {"authorization": "Bearer x"}, query | more, b"")
        request.set_current_request(asked)
        with counted() as tally:
            parts.append(
                json.loads(
                    returns.show_return(Visit(container(), current_request()), "uk-fca-complaints").body
                )
            )
        assert tally.operations.count("Query") <= returns.READS
        operations += tally.operations
    assert set(operations) == {"BatchGetItem", "Query"}
    assert [part["figures"] for part in parts] == [[]] * len(parts)
