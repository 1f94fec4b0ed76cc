"""When AWS is in trouble: one broken call goes unnoticed, for ever is a 503, and nothing is a 500."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.injector import attempts, environment
from tests.functions.http.parsing.test_json_body import is_problem
from tests.journeys.steps import Staff, complain, form, submit
from tests.local_run import LocalRun, running
from tests.pages.form_client import Sender, fields_of

KINDS = ["throttle", "error500", "timeout-after"]
WRITES, READS = "dynamodb:TransactWriteItems", "dynamodb:BatchGetItem"


@contextmanager
def broken(folder: Path, *faults: str, **options: str) -> Iterator[LocalRun]:
    chosen = {**environment(folder / "calls.log", ",".join(faults)), **options}
    with running(folder / "data", environment=chosen) as run:
        yield run


@pytest.fixture(scope="module")
def at_start(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """How often a new run calls the table before it lets anybody in: it sets up its sites and staff."""
    folder = tmp_path_factory.mktemp("sound")
    with broken(folder):
        return Counter(f"dynamodb:{operation}" for operation in attempts(folder / "calls.log"))


@pytest.mark.parametrize("kind", KINDS)
def test_s47_a_call_that_is_broken_once_goes_unnoticed(
    tmp_path: Path, at_start: Counter[str], kind: str
) -> None:
    first = [f"{call}:{at_start[call] + 1}:{kind}" for call in (WRITES, READS)]
    with broken(tmp_path, *first) as run:
        body = form()
        taken = submit(run, body, "k")
        assert taken.status == 201
        assert submit(run, body, "k").json == taken.json
        assert len(run.mails(body["complainant"]["email"])) == 1
        assert len(Staff(run).queue("open")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_s47_each_write_may_lose_its_first_answer(tmp_path: Path, at_start: Counter[str], kind: str) -> None:
    first = at_start[WRITES] + 1
    every_other = ",".join(f"{WRITES}:{nth}:{kind}" for nth in range(first, first + 40, 3))
    # Nobody else writes meanwhile: else two of the writes that are broken could be tries of one.
    with broken(tmp_path, every_other, STREAM="0") as run:
        deniz, complaint = Staff(run), complain(run)
        deniz.decides(complaint)
        deniz.does(complaint, "respond")
        assert complaint.view()["stage"] == "responded"
        acknowledgement, response = (letter["text"] for letter in complaint.letters())
        assert "We have received your complaint" in acknowledgement
        assert "Our response to your complaint" in response
        audit = deniz.call("GET", f"/complaints/{complaint.reference}/audit").json
        assert audit["verifies"]


@pytest.mark.parametrize("kind", ["throttle", "error500"])
def test_s47_a_store_that_takes_nothing_is_said_to_be_away(
    tmp_path: Path, at_start: Counter[str], kind: str
) -> None:
    with broken(tmp_path, f"{WRITES}:{at_start[WRITES] + 1}+:{kind}") as run:
        got = submit(run, form())
        assert is_problem(got, 503, "unavailable")
        assert int(got.headers["Retry-After"]) > 0
        assert Staff(run).queue("open") == []


def test_s47_a_form_that_cannot_be_saved_is_shown_again_with_all_that_was_typed(
    tmp_path: Path, at_start: Counter[str]
) -> None:
    first, second = (f"{WRITES}:{at_start[WRITES] + nth}:error500" for nth in (1, 2))
    with broken(tmp_path, first, second) as run:
        sender = Sender(run)
        shown = sender.send(description="zebra")
        assert (shown.status, fields_of(shown)["description"]) == (503, "zebra")
        assert int(shown.headers["Retry-After"]) > 0
        assert sender.send_again(shown, consent="yes").status == 303
        assert len(Staff(run).queue("open")) == 1


def test_s47_what_was_taken_without_an_answer_is_found_by_its_repetition(
    tmp_path: Path, at_start: Counter[str]
) -> None:
    kinds = enumerate(["timeout-after", "throttle", "throttle"], at_start[WRITES] + 1)
    with broken(tmp_path, *(f"{WRITES}:{nth}:{kind}" for nth, kind in kinds)) as run:
        body = form()
        first = submit(run, body, "k")
        again = submit(run, body, "k")
        assert (first.status in (201, 503), again.status) == (True, 201)
        assert len(Staff(run).queue("open")) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/complaints/C-ZZZZZ-ZZZZZ-A"),
        ("POST", "/v1/complaints/C-ZZZZZ-ZZZZZ-A/messages"),
        ("GET", "/v1/desk/complaints"),
        ("GET", "/v1/desk/me"),
        ("GET", "/v1/form?site=demo-gb"),
        ("GET", "/status/C-ZZZZZ-ZZZZZ-A?t=x"),
        ("GET", "/procedure?site=demo-gb"),
        ("GET", "/complain?site=demo-gb"),
    ],
)
def test_s47_a_store_that_cannot_be_read_is_a_503_with_a_time_to_come_back(
    unreadable: tuple[LocalRun, str], method: str, path: str
) -> None:
    run, token = unreadable
    access = {"Authorization": f"Bearer {token}"}
    got = run.call(method, path, {"text": "x"} if method == "POST" else None, **access)
    assert got.status == 503
    assert int(got.headers["Retry-After"]) > 0


def test_s47_what_needs_no_store_is_served_without_one(unreadable: tuple[LocalRun, str]) -> None:
    for path in ("/health", "/v1/challenge?site=demo", "/openapi.json", "/problems/unavailable"):
        assert unreadable[0].call("GET", path).status == 200


@pytest.fixture(scope="module")
def unreadable(
    tmp_path_factory: pytest.TempPathFactory, at_start: Counter[str]
) -> Iterator[tuple[LocalRun, str]]:
    """A run whose store answers no read any more, and a token that it gave out before.

    The schedule may read meanwhile, so there are some reads more than the token needs; they are used up.
    """
    last = at_start[READS] + 8
    with broken(tmp_path_factory.mktemp("unreadable"), f"{READS}:{last}+:throttle") as run:
        token = Staff(run).token()
        me = (run.call("GET", "/v1/desk/me", Authorization=f"Bearer {token}") for _ in range(last))
        assert any(got.status == 503 for got in me)
        yield run, token
