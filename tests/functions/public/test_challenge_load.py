"""A proof of work gets harder while very many complaints come to a site, within bounds, and there alone."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from complaints.adapters.container import container
from functions.http import request
from functions.http.request import Request, current_request
from functions.http.visit import Visit
from functions.public.form import intake
from functions.use_cases.submission import intake_load
from functions.use_cases.submission.proof_of_work import HARDEST, MOST_NUMBER
from infrastructure.local.demonstration.client import proof_of
from tests.installation import Installation, opened

A_MINUTE = timedelta(minutes=1)
USUAL = 16
"""How many come in two minutes at the usual pace, where 480 first letters leave in an hour."""


@pytest.fixture
def installation(table: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    monkeypatch.setattr(intake_load.LOAD, "_begins", None)
    with opened(table) as installation:
        yield installation


def challenge(site: str = "demo") -> dict[str, object]:
    request.set_current_request(Request("GET", "/v1/challenge", {}, {"site": site}, b""))
    found: dict[str, object] = json.loads(intake.give_challenge(Visit(container(), current_request())).body)
    return found


def complain(number: int) -> None:
    sent = {
        "site": "demo",
        "complainant": {"email": f"robot{number}@example.net"},
        "description": "Cheap watches.",
        "consent": True,
        "proof": proof_of(challenge()),
    }
    headers = {"content-type": "application/json", "idempotency-key": f"robot-{number}"}
    request.set_current_request(Request("POST", "/v1/complaints", headers, {}, json.dumps(sent).encode()))
    assert intake.receive_complaint(Visit(container(), current_request())).status_code == 201


def test_s67_what_was_taken_makes_the_next_proofs_harder_for_some_minutes(installation: Installation) -> None:
    for number in range(USUAL - 1):
        complain(number)
    assert challenge()["maxnumber"] == MOST_NUMBER
    complain(USUAL)
    assert challenge()["maxnumber"] == 2 * MOST_NUMBER
    assert challenge("")["maxnumber"] == 2 * MOST_NUMBER, "one that is bound to no site is no way around it"
    assert challenge("another")["maxnumber"] == MOST_NUMBER
    complain(USUAL + 1)
    installation.clock.moment += 2 * A_MINUTE
    assert challenge()["maxnumber"] == MOST_NUMBER


def test_s67_however_many_come_a_slow_telephone_solves_it(installation: Installation) -> None:
    for _ in range(100 * USUAL):
        intake_load.LOAD.note("demo", None, installation.clock.moment)
    assert challenge()["maxnumber"] == HARDEST * MOST_NUMBER
