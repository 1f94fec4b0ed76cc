"""One random id leads from a request through the stream to its letter and to what became of it."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.journeys.steps import complain, settle
from tests.local_run import LocalRun


def lines(run: LocalRun) -> Iterator[dict[str, Any]]:
    """The structured lines of the log, also two that threads wrote onto one."""
    decoder = json.JSONDecoder()
    for text in run.said.splitlines():
        place = text.find("{")
        while place >= 0:
            try:
                line, place = decoder.raw_decode(text, place)
            except ValueError:
                place = text.find("{", place + 1)
                continue
            yield line
            place = text.find("{", place)


def test_every_line_about_a_complaint_says_the_id_of_the_request_that_brought_it(
    local_run: LocalRun,
) -> None:
    complaint = complain(local_run)
    settle(local_run)
    found = list(lines(local_run))
    (letter,) = [
        line
        for line in found
        if line.get("message") == "letter" and line.get("reference") == complaint.reference
    ]
    id = letter["correlation_id"]
    assert str(UUID(id)) == id
    said = [line for line in found if line.get("correlation_id") == id]
    (request,) = [line for line in said if line["message"] == "answered"]
    assert (request["route"], request["method"], request["status"]) == ("/v1/complaints", "POST", 201)
    events = [line for line in said if line["message"] == "mail event"]
    assert events
    assert {line["reference"] for line in events} == {complaint.reference}


def test_every_line_that_is_logged_says_an_id(local_run: LocalRun) -> None:
    complain(local_run)
    settle(local_run)
    ours = [line for line in lines(local_run) if line.get("service") == "answerable"]
    assert ours
    assert [line for line in ours if not line.get("correlation_id")] == []
