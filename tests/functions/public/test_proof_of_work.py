"""Proofs of work: made for one complaint of one site, soon; any other is refused."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.functions.http.parsing.test_json_body import is_problem
from tests.journeys.steps import form, proof, submit
from tests.local_run import LocalRun, running


def said_by(solved: str) -> dict[str, Any]:
    """What a proof says."""
    return dict(json.loads(base64.b64decode(solved)))


def as_proof(said: object) -> str:
    return base64.b64encode(json.dumps(said).encode()).decode()


@pytest.fixture(scope="module")
def solved(local_run: LocalRun) -> dict[str, Any]:
    """A good proof that is never spent, whose number is none of those that are tried in its place."""
    while (said := said_by(proof(local_run, "demo")))["number"] < 10:
        pass
    return said


@pytest.mark.parametrize(
    "sent",
    ["", None, "x", "!!!!", "bm8=", as_proof([]), as_proof(7), as_proof({}), as_proof(None), "A" * 3_000],
    ids=range(10),
)
def test_what_is_no_proof_is_refused(local_run: LocalRun, sent: object) -> None:
    assert is_problem(submit(local_run, form(proof=sent)), 422, "proof")


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": -1},
        {"number": 10**30},
        {"number": None},
        {"number": "7"},
        {"number": 1.5},
        {"number": True},
        {"algorithm": "SHA-1"},
        {"algorithm": "none"},
        {"algorithm": None},
        {"signature": "0" * 64},
        {"signature": ""},
        {"signature": None},
        {"challenge": "0" * 64},
        {"challenge": 7},
        {"salt": "x"},
        {"salt": ""},
        {"salt": ["x"]},
        {"salt": "x?expires=9999999999&site=demo&"},
        {"salt": "x?expires=never&"},
    ],
    ids=str,
)
def test_a_proof_that_was_changed_is_refused(
    local_run: LocalRun, solved: dict[str, Any], change: dict[str, Any]
) -> None:
    assert is_problem(submit(local_run, form(proof=as_proof(solved | change))), 422, "proof")


@pytest.mark.parametrize("cut", [1, 2, 6])
def test_the_end_of_the_salt_cannot_be_moved_into_the_number(
    local_run: LocalRun, solved: dict[str, Any], cut: int
) -> None:
    salt, number = solved["salt"], solved["number"]
    moved = {"salt": salt[:-cut], "number": f"{salt[-cut:]}{number}"}
    assert is_problem(submit(local_run, form(site="demo-tr", proof=as_proof(solved | moved))), 422, "proof")


def test_a_proof_is_spent_however_its_salt_is_written(local_run: LocalRun) -> None:
    spent = said_by(proof(local_run))
    assert submit(local_run, form(proof=as_proof(spent))).status == 201
    digits = str(spent["number"])
    moved = {"salt": spent["salt"] + digits[:-1], "number": int(digits[-1])}
    for again in (spent, spent | moved, spent | {"took": 7}):
        assert is_problem(submit(local_run, form(proof=as_proof(again))), 422, "proof")


def test_a_proof_of_another_installation_is_refused(local_run: LocalRun, elsewhere: LocalRun) -> None:
    assert is_problem(submit(local_run, form(proof=proof(elsewhere))), 422, "proof")


def test_a_proof_expires_but_a_replay_does_not_need_it(elsewhere: LocalRun) -> None:
    body, unused = form(proof=proof(elsewhere)), proof(elsewhere)
    first = submit(elsewhere, body, "k")
    elsewhere.call("POST", "/_local/clock", {"advance": "PT11M"})
    assert is_problem(submit(elsewhere, form(proof=unused)), 422, "proof")
    elsewhere.call("POST", "/_local/clock", {"advance": "P40D"})
    for again in (body, body | {"proof": unused}, body | {"proof": None}, body | {"proof": proof(elsewhere)}):
        got = submit(elsewhere, again, "k")
        assert (got.status, got.headers["Idempotent-Replayed"], got.json) == (201, "true", first.json)


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """Another installation, whose clock may be moved."""
    with running(tmp_path_factory.mktemp("elsewhere") / "data") as run:
        yield run
