"""How often AWS is called for one request: counted in the fault injector's log."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.injector import attempts, environment
from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Staff, complain, form, proof, settle, submit
from tests.local_run import LocalRun, running
from tests.pages.desk_client import Desk, signed_in

BY_PHONE = {"phone": "+90 555 000 00 00"}
"""Nobody to write to: no letter's calls stand among the others."""

UNREAL = "C-ZZZZZ-ZZZZZ-A"


class Counted:
    """A run whose calls are counted; sites, members and tokens have been looked up before: a process keeps
    them for a minute."""

    def __init__(self, run: LocalRun, log: Path) -> None:
        self.run, self._log = run, log
        self.complaint = complain(run, complainant=BY_PHONE)
        self._staff = {"Authorization": f"Bearer {Staff(run).token()}"}
        self.desk("GET", "?queue=open")

    def calls_of(self, request: Callable[[], Answer]) -> tuple[list[str], Answer]:
        """The calls that a request makes, and what is answered; what followed on earlier ones is done."""
        settle(self.run)
        before = len(attempts(self._log))
        got = request()
        return attempts(self._log)[before:], got

    def desk(self, method: str, path: str, body: object = None, **headers: str) -> tuple[list[str], int]:
        """The calls of a request to the desk, and its status."""
        calls, got = self.calls_of(
            lambda: self.run.call(method, f"/v1/desk/complaints{path}", body, **(self._staff | headers))
        )
        return calls, got.status


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    folder = tmp_path_factory.mktemp("counted")
    log = folder / "calls.log"
    with running(folder / "data", environment=environment(log)) as run:
        yield Counted(run, log)


def test_s48_a_submission_is_one_call(counted: Counted) -> None:
    body = form(complainant=BY_PHONE, proof=proof(counted.run))
    for replayed in (None, "true"):
        calls, got = counted.calls_of(lambda: submit(counted.run, body, "counted"))
        assert (got.status, got.headers["Idempotent-Replayed"]) == (201, replayed)
        assert calls == ["TransactWriteItems"]


@pytest.mark.parametrize(("verb", "body"), [("assign", {"to": "Kim"}), ("note", {"text": "x"})])
def test_s48_a_staff_command_is_two_calls(counted: Counted, verb: str, body: dict[str, str]) -> None:
    complaint = complain(counted.run, complainant=BY_PHONE)
    headers = {"If_Match": '"1"', "Idempotency_Key": "counted"}
    done = counted.desk("POST", f"/{complaint.reference}/commands/{verb}", body, **headers)
    assert done == (["BatchGetItem", "TransactWriteItems"], 200)


def test_s48_a_queue_is_three_calls(counted: Counted) -> None:
    assert counted.desk("GET", "?queue=open&site=demo") == (["BatchGetItem", "Query", "BatchGetItem"], 200)


def test_s48_a_queue_of_somebody_who_is_away_is_three_calls(counted: Counted) -> None:
    administration, always = (
        Office(counted.run),
        {"from": "2020-01-01", "until": "2099-12-31", "stand_in": "Deniz"},
    )
    administration.does("member", "Kim", {"away": always})
    counted.desk("GET", "?queue=mine&of=Kim")
    assert counted.desk("GET", "?queue=mine&of=Kim") == (["BatchGetItem", "Query", "BatchGetItem"], 200)
    administration.does("member", "Kim", {"away": None})
    assert counted.desk("GET", "?queue=mine&of=Kim") == (["BatchGetItem"], 403)


def test_s48_a_queue_as_a_page_is_three_calls_and_whoever_is_not_signed_in_costs_none(
    counted: Counted,
) -> None:
    desk = signed_in(counted.run)
    desk.get("/desk?site=demo")
    calls, got = counted.calls_of(lambda: desk.get("/desk?queue=open&site=demo"))
    assert (calls, got.status) == (["BatchGetItem", "Query", "BatchGetItem"], 200)
    calls, got = counted.calls_of(lambda: Desk(counted.run).get("/desk?queue=open&site=demo"))
    assert (calls, got.status) == ([], 303)


def test_s48_coming_is_two_calls_and_going_is_one(counted: Counted) -> None:
    """The first is the local run's own. Who is invited is one query, whoever comes."""
    desk = Desk(counted.run)
    Desk(counted.run).sign_in()
    calls, got = counted.calls_of(desk.sign_in)
    assert (calls, got.status) == (["BatchGetItem", "Query", "PutItem"], 303)
    calls, got = counted.calls_of(desk.sign_in)
    assert (calls, got.status) == (["BatchGetItem", "Query", "PutItem", "PutItem"], 303), "one session ends"
    form = [("form", desk.token())]
    calls, got = counted.calls_of(lambda: desk.post("/desk/sign-out", form))
    assert (calls, got.status) == (["PutItem"], 303)


def test_s48_each_case_that_is_given_to_somebody_is_two_calls(counted: Counted) -> None:
    desk, complaint = signed_in(counted.run), complain(counted.run, complainant=BY_PHONE)
    version = Staff(counted.run).case(complaint)["version"]
    form = [("form", desk.token()), ("case", f"{complaint.reference}.{version}"), ("to", "Kim")]
    calls, got = counted.calls_of(lambda: desk.post("/desk/assign", form))
    assert (calls, got.status) == (["BatchGetItem", "BatchGetItem", "TransactWriteItems"], 303)


def test_s48_a_complainant_s_message_is_two_calls_and_its_view_one_more(counted: Counted) -> None:
    complaint = complain(counted.run, complainant=BY_PHONE)
    calls, got = counted.calls_of(lambda: complaint.call("POST", "/messages", {"text": "x"}))
    assert (calls, got.status) == (["BatchGetItem", "TransactWriteItems", "BatchGetItem"], 202)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health", 200),
        ("GET", "/v1/challenge", 200),
        ("GET", "/nothing", 404),
        ("DELETE", "/v1/complaints", 405),
        ("GET", f"/v1/complaints/{UNREAL}", 401),
        ("GET", "/v1/complaints/mistyped", 401),
        ("GET", "/v1/desk/complaints", 401),
        ("POST", "/v1/complaints", 400),
    ],
)
def test_what_is_refused_at_the_door_costs_no_call(
    counted: Counted, method: str, path: str, status: int
) -> None:
    calls, got = counted.calls_of(lambda: counted.run.call(method, path))
    assert (calls, got.status) == ([], status)


def test_a_wrong_form_costs_no_call(counted: Counted) -> None:
    calls, got = counted.calls_of(lambda: submit(counted.run, form(consent=False, proof="x")))
    assert (calls, got.status) == ([], 422)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/complaints/{}"),
        ("GET", "/v1/complaints/{}/messages"),
        ("POST", "/v1/complaints/{}/messages"),
        ("POST", "/v1/complaints/{}/answer"),
        ("POST", "/v1/complaints/{}/withdrawal"),
        ("GET", "/status/{}?t=wrong"),
    ],
)
def test_s21_real_and_unreal_references_look_and_cost_alike(counted: Counted, method: str, path: str) -> None:
    other = complain(counted.run, complainant=BY_PHONE)

    def asked(reference: str) -> tuple[list[str], int, bytes, dict[str, str]]:
        token = {"Authorization": f"Bearer {other.access}"}
        calls, got = counted.calls_of(
            lambda: counted.run.call(method, path.format(reference), {"accepts": True}, **token)
        )
        headers = {name: value for name, value in got.headers.items() if name != "Date"}
        return calls, got.status, got.body, headers

    real = asked(counted.complaint.reference)
    assert asked(UNREAL) == real
    assert real[:2] == (["BatchGetItem"], 404)


def test_s21_a_lost_link_costs_the_same_whether_it_fits_or_not(counted: Counted) -> None:
    """By mail, with another address, for another reference, for nobody's, and where no mail goes."""
    mine, other = complain(counted.run), complain(counted.run, complainant=BY_PHONE)

    def asked(reference: str, email: str) -> tuple[list[str], int]:
        body = urlencode({"reference": reference, "email": email}).encode()
        kind = "application/x-www-form-urlencoded"
        calls, got = counted.calls_of(lambda: counted.run.call("POST", "/status", body, Content_Type=kind))
        return calls, got.status

    fits = asked(mine.reference, mine.email)
    reads = ["BatchGetItem", "Query"]
    assert fits == (["BatchGetItem", "PutItem", *reads, "TransactWriteItems"], 303)
    for reference, email in (
        (mine.reference, "other@example.org"),
        (other.reference, mine.email),
        (UNREAL, mine.email),
    ):
        assert asked(reference, email) == fits


def test_s21_a_lost_link_by_the_address_alone_is_one_write_whatever_is_known(counted: Counted) -> None:
    """What the address leads to is looked up behind the stream."""
    mine = complain(counted.run)

    def asked(email: str) -> tuple[list[str], int]:
        body = urlencode({"email": email}).encode()
        kind = "application/x-www-form-urlencoded"
        calls, got = counted.calls_of(lambda: counted.run.call("POST", "/status", body, Content_Type=kind))
        return calls, got.status

    assert [asked(mine.email), asked(f"x{mine.email}")] == [(["UpdateItem"], 303)] * 2


def test_where_deciding_needs_competence_its_records_are_one_query_a_minute(counted: Counted) -> None:
    complaint = complain(counted.run, complainant=BY_PHONE)
    office = Office(counted.run)
    record = office.setting("site")["record"]
    kept = {name: value for name, value in record.items() if not name.startswith(("webhook_", "former_"))}
    usual = counted.desk("GET", f"/{complaint.reference}")[0]
    office.does("site", "demo", kept | {"review_topics": ["law"]})
    try:
        asked = [counted.desk("GET", f"/{complaint.reference}")[0] for _ in range(3)]
    finally:
        office.does("site", "demo", kept)
    assert "Query" not in usual
    first, *later = [[each for each in calls if each == "Query"] for calls in asked]
    assert (first, later) in ((["Query"], [[], []]), (["Query", "Query"], [[], []]))
