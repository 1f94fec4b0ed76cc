"""What taking a complaint down costs, and that nothing on paper is ever mailed."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.adapters.container import container
from complaints.casework.correspondence.letters import Posted
from complaints.context.decision_context import Context
from complaints.values.people import Role
from functions.desk.intake import intake
from functions.http import request
from functions.http.request import Request, current_request
from functions.http.visit import Visit
from tests.builders import ADA, MONDAY
from tests.installation import Installation, at_the_desk

LETTER = "000001.1"
A_YEAR = timedelta(days=365)
TOLD = {
    "site": "demo",
    "channel": "in_person",
    "received_at": MONDAY.isoformat(),
    "complainant": {"name": "Ngozi Okafor", "post": "1 Rain Street"},
    "description": "Two of the six cups are broken.",
    "consent": True,
}


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.AGENT) as installation:
        yield installation


def take_down() -> str:
    """Deniz takes a complaint down; its reference."""
    headers = {"content-type": "application/json", "authorization": "Bearer x", "idempotency-key": "k"}
    request.set_current_request(
        Request("POST", "/v1/desk/complaints", headers, {}, json.dumps(TOLD).encode())
    )
    return str(json.loads(intake.take_down(Visit(container(), current_request())).body)["reference"])


def test_taking_a_complaint_down_costs_two_calls(installation: Installation) -> None:
    with counted() as tally:
        take_down()
    assert tally.operations == ["BatchGetItem", "TransactWriteItems"]


def test_neither_the_stream_nor_the_schedule_sends_a_letter_on_paper(installation: Installation) -> None:
    reference = take_down()
    outbox = installation.world.outbox
    assert outbox.claim(reference, LETTER, "attempt", MONDAY) is None
    assert not outbox.want_again(reference, LETTER, MONDAY + A_YEAR)
    assert [due for due in installation.world.agenda.due(MONDAY + A_YEAR) if due.letter] == []


def test_a_letter_that_was_posted_is_marked_so_with_the_fact(installation: Installation) -> None:
    case = installation.world.cases.load(take_down())
    assert case is not None
    reference = case.complaint.reference
    assert [state.state for state in installation.world.outbox.of_case(reference)] == ["to_print"]
    context = Context(now=MONDAY, by=ADA, terms=installation.world.sites.terms("demo"))
    installation.world.casework.carry_out(case, Posted(letter=LETTER, at=MONDAY), context)
    assert [state.state for state in installation.world.outbox.of_case(reference)] == ["posted"]
    assert installation.complaint(reference).acknowledged_at == MONDAY
