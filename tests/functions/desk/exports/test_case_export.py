"""What an export of every field costs, and where a sheet for the desk ends."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.container import container
from complaints.casework.correspondence.messages import Note
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Role
from functions.desk.exports import case_export, history_export
from functions.http import request
from functions.http.request import Request, current_request
from functions.http.visit import Visit
from tests.builders import ADA, context
from tests.installation import Installation, at_the_desk

TAKEN = 25


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY, complaints=TAKEN) as installation:
        yield installation


def asking(**also: str) -> Request:
    query = {"site": "demo", "format": "jsonl", **also}
    asked = Request("GET", "/v1/desk/export/cases", {"authorization": "Bearer x"}, query, b"")
    request.set_current_request(asked)
    return asked


def test_twenty_cases_are_three_reads_and_never_the_table(installation: Installation) -> None:
    asking()
    with counted() as tally:
        got = case_export.export_cases(Visit(container(), current_request()))
    assert len(got.body.splitlines()) == TAKEN
    assert set(tally.operations) == {"BatchGetItem", "UpdateItem", "Query"}, "with its line of the access log"
    member, heads_and_words = 1, 2 * 2
    assert tally.operations.count("BatchGetItem") == member + heads_and_words


def test_a_sheet_is_whole_or_says_that_the_period_is_too_long(installation: Installation) -> None:
    asked = case_export.export_access(Visit(installation.world, asking()))
    deps, (by, _, query, hidden) = installation.world, asked
    found = case_export.all_records(deps, query, hidden, TAKEN, by)
    assert len({record.reference for record in found}) == TAKEN
    with pytest.raises(Invalid) as refused:
        case_export.all_records(deps, query, hidden, TAKEN - 1, by)
    assert refused.value.errors == (Wrong("/to", "too-many-cases", TAKEN - 1),)


def test_who_reads_on_gets_what_has_changed_since_and_nothing_else(installation: Installation) -> None:
    reference = installation.take("key-of-one-that-changes")
    deps = installation.world
    since = deps.now() + timedelta(hours=1)
    installation.clock.moment = since + timedelta(hours=1)
    case = deps.cases.load(reference)
    assert case is not None
    deps.casework.carry_out(
        case, Note(text="Rang."), context(ADA, terms=deps.sites.terms("demo"), now=deps.now())
    )
    asking(changed_since=since.isoformat().replace("+00:00", "Z"))
    for answer in (
        case_export.export_cases(Visit(container(), current_request())),
        history_export.export_histories(Visit(container(), current_request())),
    ):
        assert {json.loads(line)["reference"] for line in answer.body.splitlines()} == {reference}


@pytest.mark.parametrize("since", ["2026-03-02", "2026-03-02T10:00:00", "now", "2026-03-02T25:00:00Z"])
def test_a_moment_without_an_offset_is_none(installation: Installation, since: str) -> None:
    asking(changed_since=since)
    with pytest.raises(Invalid) as refused:
        case_export.export_cases(Visit(container(), current_request()))
    assert refused.value.errors == (Wrong("/changed_since", "no-offset"),)
