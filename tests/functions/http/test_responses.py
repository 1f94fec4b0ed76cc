"""Answers to what the API does not do: each is a problem of its own, and says what would help."""

import pytest

from functions.http.request import MOST_KEY_LENGTH
from tests.functions.endpoints import commands, intake, own
from tests.functions.http.parsing.test_json_body import is_problem
from tests.journeys.steps import Complaint, Staff, complain, form, proof, submit
from tests.local_run import LocalRun


@pytest.fixture(scope="module")
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/v1",
        "/v1/",
        "/v1/complaints/",
        "/v1/desk/nothing",
        "//",
        "/v1/complaints/a/b/c",
        "/%2e%2e/x",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address_is_404(local_run: LocalRun, method: str, path: str) -> None:
    assert is_problem(local_run.call(method, path), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/complaints", "POST, OPTIONS"),
        ("GET", "/v1/complaints", "POST, OPTIONS"),
        ("PUT", "/v1/complaints/C-ZZZZZ-ZZZZZ-A", "GET, OPTIONS"),
        ("PATCH", "/v1/complaints/C-ZZZZZ-ZZZZZ-A/messages", "GET, POST, OPTIONS"),
        ("POST", "/health", "GET"),
        ("GET", "/v1/desk/complaints/C-ZZZZZ-ZZZZZ-A/commands/note", "POST"),
    ],
)
def test_a_wrong_method_is_405_and_told_the_right_ones(
    local_run: LocalRun, method: str, path: str, allowed: str
) -> None:
    got = local_run.call(method, path)
    assert is_problem(got, 405, "wrong-method")
    assert set(got.headers["Allow"].split(", ")) == set(allowed.split(", "))


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "brew"])
def test_an_unheard_of_method_is_no_trouble(local_run: LocalRun, method: str) -> None:
    assert 400 <= local_run.call(method, "/v1/complaints").status < 500


def test_a_complaint_needs_a_key(local_run: LocalRun) -> None:
    body = form(proof=proof(local_run))
    assert is_problem(local_run.call("POST", "/v1/complaints", body), 400, "key-missing")


@pytest.mark.parametrize(
    "key", ["\t", "ş", "x" * (MOST_KEY_LENGTH + 1)], ids=["tab", "not ASCII", "too long"]
)
def test_a_key_that_is_none_is_refused_everywhere(complaint: Complaint, key: str) -> None:
    sent = {"Idempotency_Key": key.encode().decode("latin-1")}
    note = next(write for write in commands(complaint) if write.path.endswith("/note"))
    assert is_problem(intake(complaint.run).send(form(), **sent), 400, "key-missing")
    for write in (own(complaint)[0], note):
        assert is_problem(write.send({"text": "x"}, **sent), 400, "key-missing")


@pytest.mark.parametrize("key", ["x", "x" * MOST_KEY_LENGTH, "a b/c?d=e#f{}%00", "~"], ids=range(4))
def test_any_printable_key_is_taken(local_run: LocalRun, key: str) -> None:
    complaint = complain(local_run)
    body = {"text": "x"}
    for again in (None, "true"):
        got = complaint.call("POST", "/messages", body, Idempotency_Key=key)
        assert (got.status, got.headers["Idempotent-Replayed"]) == (202, again)


@pytest.mark.parametrize("tag", ['"{}"', "{}", 'W/"{}"', ' "{}" '])
def test_a_version_may_be_written_in_each_usual_way(local_run: LocalRun, tag: str) -> None:
    complaint = complain(local_run)
    deniz = Staff(local_run)
    etag = deniz.call("GET", f"/complaints/{complaint.reference}").headers["ETag"]
    assert etag == '"1"'
    done = deniz.tries(complaint, "note", {"text": "x"}, If_Match=tag.format(1))
    assert (done.status, done.headers["ETag"]) == (200, '"2"')


@pytest.mark.parametrize(
    "tag", ["", "*", '""', '"one"', '"-1"', '"1", "2"', '"1.0"', '"٣"', '"' + "9" * 400 + '"']
)
def test_a_command_without_a_version_is_428(complaint: Complaint, tag: str) -> None:
    sent = tag.encode().decode("latin-1")
    got = Staff(complaint.run).tries(complaint, "note", {"text": "x"}, If_Match=sent)
    assert is_problem(got, 428, "version-needed")


@pytest.mark.parametrize("version", [0, 2, 999_999_999])
def test_another_version_is_stale_and_changes_nothing(complaint: Complaint, version: int) -> None:
    deniz = Staff(complaint.run)
    assert is_problem(deniz.tries(complaint, "note", {"text": "x"}, version), 412, "stale")
    assert deniz.case(complaint)["version"] == 1


def test_a_refused_command_names_those_that_are_possible(complaint: Complaint) -> None:
    deniz = Staff(complaint.run)
    got = deniz.tries(complaint, "respond")
    assert is_problem(got, 409, "not-now")
    assert got.json["rule"] == "stage"
    assert got.json["allowed_commands"] == deniz.case(complaint)["allowed_commands"]


def test_a_problem_is_told_in_the_reader_s_language(local_run: LocalRun) -> None:
    english, turkish = (
        local_run.call("GET", "/nothing", Accept_Language=text).json["title"]
        for text in ("en", "fr, tr;q=0.5")
    )
    assert english != turkish


@pytest.mark.parametrize("code", ["invalid", "stale", "not-now", "unexpected", "key-reused"])
def test_a_problem_has_a_page(local_run: LocalRun, code: str) -> None:
    assert local_run.call("GET", f"/problems/{code}", Accept="text/html").status == 200


def test_the_form_says_what_it_needs(local_run: LocalRun) -> None:
    got = local_run.call("GET", "/v1/form?site=demo&lang=tr")
    form = got.json
    assert "max-age" in got.headers["Cache-Control"]
    assert (form["language"], form["limits"]["description"], form["proof_wanted"]) == ("tr", 20_000, True)
    assert form["categories"][0].keys() == {"code", "label", "sealed"}
    assert [promise["clock"] for promise in form["promises"]] == ["acknowledge", "respond"]


def test_a_site_that_is_named_by_the_challenge_binds_the_proof(local_run: LocalRun) -> None:
    elsewhere = proof(local_run, "demo-tr")
    assert is_problem(submit(local_run, form(proof=elsewhere)), 422, "proof")
    assert submit(local_run, form(proof=elsewhere, site="demo-tr")).status == 201


def test_a_trap_that_was_filled_in_is_pointed_at(local_run: LocalRun) -> None:
    got = submit(local_run, form(website="https://example.org"))
    assert [error["pointer"] for error in got.json["errors"]] == ["/website"]
