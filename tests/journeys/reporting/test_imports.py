"""A complaint of another system comes over: once, with its dates, and without a mail to anybody."""

import re
import uuid
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, address, moment, settle
from tests.local_run import LocalRun


def ticket(**changes: Any) -> dict[str, Any]:
    return {
        "site": "demo",
        "complainant": {"name": "Ada Yılmaz", "email": address()},
        "subject": "Lamp broken",
        "description": "The lamp arrived in four pieces.",
        "received_at": "2019-05-06T09:30:00+03:00",
    } | changes


def takes_over(
    run: LocalRun, body: dict[str, Any], key: str = "", *, name: str = "Robin", role: str = "reviewer"
) -> Answer:
    headers = {"Idempotency_Key": key or f"zendesk/{uuid.uuid4().hex}"}
    return Staff(run, name, role).call("POST", "/imports", body, **headers)


def shown(run: LocalRun, got: Answer) -> dict[str, Any]:
    return Staff(run).case(Complaint(run, "", got.json))


def test_it_comes_over_with_its_date_and_nobody_is_written_to(local_run: LocalRun) -> None:
    body = ticket()
    got = takes_over(local_run, body)
    assert got.status == 201, got.text
    settle(local_run)
    case = shown(local_run, got)
    assert (case["stage"], case["channel"]) == ("received", "import")
    assert moment(case["received_at"]) == moment(body["received_at"])
    assert case["complainant"]["email"] == body["complainant"]["email"]
    mails = local_run.mails()
    assert not [mail for mail in mails if got.json["reference"] in mail["text"] + mail["subject"]]
    assert local_run.mails(body["complainant"]["email"]) == []


def test_it_is_acknowledged_where_that_is_asked_for(local_run: LocalRun) -> None:
    body = ticket(acknowledge=True)
    assert takes_over(local_run, body).status == 201
    assert len(local_run.mails(body["complainant"]["email"])) == 1


def test_what_had_ended_there_has_ended_here(local_run: LocalRun) -> None:
    got = takes_over(local_run, ticket(ended_at="2019-06-01T12:00:00+03:00"))
    case = shown(local_run, got)
    assert (case["stage"], case["ended_because"], case["clocks"]) == ("closed", "imported", [])
    assert moment(case["ended_at"]) == moment("2019-06-01T12:00:00+03:00")


@pytest.mark.parametrize("days", ["", "&from=2015-01-01&to=2015-12-31"])
@pytest.mark.parametrize("path", ["?format=csv", "/cases?format=jsonl", "/histories?records=case"])
def test_what_ended_years_ago_is_in_every_export(local_run: LocalRun, path: str, days: str) -> None:
    body = ticket(received_at="2015-05-06T09:30:00+03:00", ended_at="2015-06-01T12:00:00+03:00")
    reference = takes_over(local_run, body).json["reference"]
    settle(local_run)
    quality = Staff(local_run, "Kim", "quality")
    link: str | None = f"/export{path}&site=demo{days}"
    found = 0
    while link:
        got = quality.call("GET", link)
        assert got.status == 200, got.text
        found += reference in got.text
        following = re.search(r"<[^>]*?/v1/desk([^>]*)>; rel=\"next\"", got.headers.get("Link", ""))
        link = following[1] if following else None
    assert found == 1


def test_it_is_taken_once_whoever_brings_it(local_run: LocalRun) -> None:
    body, key = ticket(), f"zendesk/{uuid.uuid4().hex}"
    first = takes_over(local_run, body, key)
    again = takes_over(local_run, body, key, name="Kim")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json["reference"] == first.json["reference"]
    other = takes_over(local_run, body | {"subject": "Another lamp"}, key)
    assert (other.status, other.json["type"]) == (422, "/problems/key-reused")


def test_what_cannot_be_is_named_field_by_field(local_run: LocalRun) -> None:
    got = takes_over(local_run, ticket(received_at="2019-05-06T09:30:00", category="none", complainant={}))
    assert got.status == 422
    named = {wrong["pointer"] for wrong in got.json["errors"]}
    assert named == {"/received_at", "/complainant/email", "/category"}
    got = takes_over(local_run, ticket(ended_at="2019-05-01T00:00:00+03:00"))
    assert [wrong["pointer"] for wrong in got.json["errors"]] == ["/ended_at"]
    assert takes_over(local_run, ticket(site="elsewhere")).json["errors"][0]["pointer"] == "/site"


@pytest.mark.parametrize("role", ["agent", "quality", "auditor", "admin"])
def test_nobody_but_a_reviewer_brings_complaints_over(local_run: LocalRun, role: str) -> None:
    assert takes_over(local_run, ticket(), role=role).status == 403
