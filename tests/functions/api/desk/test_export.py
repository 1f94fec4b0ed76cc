"""What an export costs: pages of the queues, as far back as its dates, and never the table."""

import json
from collections.abc import Iterator

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.values.people import Role
from functions.api.desk.exports import export
from functions.http import request
from functions.http.request import Request
from tests.installation import Installation, at_the_desk


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY) as installation:
        yield installation


def test_an_export_reads_the_queues_and_never_the_table(installation: Installation) -> None:
    query = {"site": "demo", "format": "json"}
    request.set_current_request(Request("GET", "/v1/desk/export", {"authorization": "Bearer x"}, query, b""))
    with counted() as tally:
        got = json.loads(export.export().body)
    assert got == {"items": [], "next": None}
    assert set(tally.operations) == {"BatchGetItem", "UpdateItem", "Query"}, "with its line of the access log"


def test_only_months_are_looked_at_in_which_a_case_of_the_dates_can_have_ended(
    installation: Installation,
) -> None:
    query = {"site": "demo", "format": "json", "from": f"{installation.world.now():%Y-%m}-01"}
    request.set_current_request(Request("GET", "/v1/desk/export", {"authorization": "Bearer x"}, query, b""))
    with counted() as tally:
        export.export()
    work, ended = 3, 3
    assert tally.operations == ["BatchGetItem", "UpdateItem", *["Query"] * (work + ended)]
