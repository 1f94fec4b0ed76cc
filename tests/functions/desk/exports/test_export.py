"""What an export costs: pages of the queues, as far back as its dates, and never the table."""

import json
from collections.abc import Iterator

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.container import container
from complaints.context.case import QueueCard
from complaints.reporting.list_rows import UNREADABLE, QueueEntry, Row
from complaints.values.people import Role
from functions.desk.exports import export
from functions.http import request
from functions.http.request import Request, current_request
from functions.http.visit import Visit
from tests.installation import Installation, at_the_desk


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY) as installation:
        yield installation


def test_an_export_reads_the_queues_and_never_the_table(installation: Installation) -> None:
    query = {"site": "demo", "format": "json"}
    request.set_current_request(Request("GET", "/v1/desk/export", {"authorization": "Bearer x"}, query, b""))
    with counted() as tally:
        got = json.loads(export.export(Visit(container(), current_request())).body)
    assert got == {"items": [], "next": None}
    assert set(tally.operations) == {"BatchGetItem", "UpdateItem", "Query"}, "with its line of the access log"


def test_only_months_are_looked_at_in_which_a_case_of_the_dates_can_have_ended(
    installation: Installation,
) -> None:
    query = {"site": "demo", "format": "json", "from": f"{installation.world.now():%Y-%m}-01"}
    request.set_current_request(Request("GET", "/v1/desk/export", {"authorization": "Bearer x"}, query, b""))
    with counted() as tally:
        export.export(Visit(container(), current_request()))
    work, ended = 3, 3
    assert tally.operations == ["BatchGetItem", "UpdateItem", *["Query"] * (work + ended)]


@pytest.mark.parametrize(
    ("stage", "received_at", "is_held"),
    [
        ("received", "2026-03-02T10:00:00Z", True),
        ("received", "2026-04-02T10:00:00Z", False),
        (UNREADABLE, "1970-01-01T00:00:00Z", True),
    ],
)
def test_a_case_whose_row_cannot_be_read_is_left_out_of_no_dates(
    stage: str, received_at: str, is_held: bool
) -> None:
    row = Row(reference="C-1", stage=stage, received_at=received_at)
    entry = QueueEntry(row=row, card=QueueCard(), site="demo", level=1, assignee=None, place="1#")
    assert export.Window("2026-03-01", "2026-04-01").holds(entry) is is_held
