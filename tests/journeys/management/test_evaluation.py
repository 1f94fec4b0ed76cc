"""Samples, audits, reviews and yearly reports over HTTP: what they gather, and what the public sees."""

import uuid
from datetime import date, timedelta
from typing import Any

import brotli
import pytest

from complaints.reporting.random_sample import drawn
from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import Staff, complain, local_date, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

YEAR = timedelta(days=365)
MOST_BYTES = 10 * 1024
"""The style sheet of public pages takes the rest of fifteen kilobytes."""


class Kept:
    """A record of a kind of the site of demonstration, under a name that no other test has."""

    def __init__(self, kind: str) -> None:
        self.path = f"/records/{kind}/demo.{uuid.uuid4().hex}"
        self.version = 0

    @property
    def code(self) -> str:
        return self.path.partition("demo.")[2]

    def do(self, staff: Staff, verb: str, status: int = 200, /, **body: Any) -> Answer:
        got = staff.call("POST", f"{self.path}/commands/{verb}", body, If_Match=f'"{self.version}"')
        assert got.status == status, got.text
        if status == 200:
            self.version = got.json["version"]
        return got


@pytest.fixture
def quinn(local_run: LocalRun) -> Staff:
    staff = Staff(local_run, "Quinn", "quality")
    staff.call("GET", "/me")
    return staff


@pytest.fixture
def today(local_run: LocalRun) -> date:
    return local_date(local_run)


def page(staff: Staff, kept: Kept, language: str = "en") -> str:
    """The words of the page of a record, as a member of staff sees it."""
    got = signed_in(staff.run, staff.name, staff.role).get(f"/desk{kept.path}?lang={language}")
    assert got.status == 200, got.text
    return Reading(got.text).words


def marked_by_a_stranger(
    run: LocalRun, kept: Kept, cases: list[str], marks: dict[str, Any]
) -> tuple[dict[str, Any], str]:
    """The sample after somebody with no part in any case marked the first that such a person may see."""
    agent = Staff(run, f"Marker {uuid.uuid4().hex[:8]}", "agent")
    for case in cases:
        got = agent.call(
            "POST", f"{kept.path}/commands/mark", {**marks, "case": case}, If_Match=f'"{kept.version}"'
        )
        if got.status == 200:
            kept.version = got.json["version"]
            return dict(got.json["content"]), case
    raise AssertionError(got.text)


def test_a_sample_of_ended_cases_is_marked_by_others(quinn: Staff) -> None:
    run = quinn.run
    complain(run).say("withdrawal", {"reason": "It has been found."})
    settle(run)
    today = local_date(run)
    kept = Kept("sample")
    period: dict[str, Any] = {"since": (today - timedelta(days=3)).isoformat(), "until": today.isoformat()}
    made = kept.do(quinn, "draw", **period, size=100, seed="spring").json["content"]
    cases = [each["case"] for each in made["cases"]]
    assert cases == list(drawn("spring", cases, 100))
    assert made["population"] >= len(cases)
    marks = {"tone": 5, "completeness": 4, "fairness": 5, "time": 3, "note": "Kind."}
    shown, marked = marked_by_a_stranger(run, kept, cases, marks)
    assert [each["case"] for each in shown["cases"] if each.get("marked_by")] == [marked]
    assert "marks" not in shown
    assert "marks" not in quinn.call("GET", kept.path).json["content"]
    html = page(quinn, kept)
    assert "Kind." not in html
    assert "Means are shown from five marked cases on. Marked: 1." in html


def test_an_audit_is_planned_answered_and_reported(quinn: Staff, today: date) -> None:
    auditor = Staff(quinn.run, "Nur", "auditor")
    auditor.call("GET", "/me")
    kept = Kept("audit")
    plan: dict[str, Any] = {
        "title": "Spring",
        "scope": "Letters",
        "clauses": ["7.8"],
        "on": (today + YEAR).isoformat(),
    }
    kept.do(auditor, "plan", 403, **plan, auditor="Nur")
    kept.do(quinn, "plan", **plan, auditor="Nur")
    kept.do(quinn, "answer", 409, question="reasons_told", result="yes", evidence="Ten letters")
    kept.do(auditor, "answer", question="reasons_told", result="partly", evidence="Ten letters")
    found: dict[str, Any] = {"question": "reasons_told", "grade": "observation", "text": "Reasons are long."}
    kept.do(auditor, "find", **found, owner="Quinn", due=(today + YEAR).isoformat())
    kept.do(auditor, "report", conclusion="It works.")
    kept.do(quinn, "settle", 409, finding="1", how="Shorter")
    html = page(quinn, kept, "tr")
    assert "Her kararda gerekçe ve itiraz yolu yazılı mı?" in html
    assert "Reasons are long." in html
    assert "Kısmen" in html


@pytest.mark.iso10002("5.1 commitment: review")
def test_a_review_gathers_its_inputs_and_keeps_them_as_they_were_seen(quinn: Staff) -> None:
    complain(quinn.run, category="handling.complaint_handling")
    settle(quinn.run)
    today = local_date(quinn.run)
    kept = Kept("review")
    since, until = (today - timedelta(days=30)).isoformat(), today.isoformat()
    kept.do(quinn, "plan", since=since, until=until, on=today.isoformat())
    kept.do(quinn, "add", topic="climate", text="Heat closed a warehouse.")
    html = page(quinn, kept)
    assert "Complaints about complaint handling" in html
    assert "Heat closed a warehouse." in html
    next_on = (today + YEAR).isoformat()
    held = kept.do(quinn, "hold", present=["Quinn"], conclusion="It serves.", next_on=next_on)
    inputs = held.json["content"]["inputs"]
    handled = [each for each in inputs if each["topic"] == "handling"]
    assert handled[0]["count"] >= 1
    assert {"indicators", "resources"} <= {each["topic"] for each in inputs}
    complain(quinn.run, category="handling.complaint_handling")
    settle(quinn.run)
    due = (today + timedelta(days=60)).isoformat()
    decided = kept.do(quinn, "decide", area="products", text="Name a carrier.", owner="Quinn", due=due)
    assert decided.json["content"]["inputs"] == inputs
    assert "Name a carrier." in page(quinn, kept, "tr")


def test_records_are_called_by_words_and_neither_by_codes_nor_by_seeds(quinn: Staff) -> None:
    run = quinn.run
    complain(run).say("withdrawal", {"reason": "It has been found."})
    settle(run)
    today = local_date(run)
    period: dict[str, Any] = {"since": (today - timedelta(days=3)).isoformat(), "until": today.isoformat()}
    sample, objective, review = map(Kept, ("sample", "objective", "review"))
    sample.do(quinn, "draw", **period, size=5, seed="zebra")
    asked = {"indicator": "closed", "direction": "at_least", "target": 1, "period": "month"}
    objective.do(quinn, "set", **asked, owner="Quinn", since=today.isoformat())
    review.do(quinn, "plan", **period, on=today.isoformat())
    assert "Quality sample: From " in page(quinn, sample)
    seen = page(quinn, review)
    assert "Management review: From " in seen
    assert "Quality sample: From " in seen
    assert "Objective: Complaints closed" in seen
    for code in ("zebra", objective.code, sample.code):
        assert code not in seen


def test_a_yearly_report_is_public_only_while_it_is_published(quinn: Staff) -> None:
    run = quinn.run
    kept = Kept("yearly_report")
    words = {"en": "Parcels came late.", "tr": "Kargolar geç geldi."}
    languages = run.call("GET", "/v1/form?site=demo").json["languages"]
    learned = {each: words.get(each, words["en"]) for each in languages}
    kept.do(quinn, "prepare", since="2019-01-01", until="2019-12-31")
    kept.do(quinn, "write", 422, learned=learned, changed={**learned, "en": "Ask ada@example.org"})
    kept.do(quinn, "write", learned=learned, changed=learned)
    address = f"/procedure/report?site=demo&name={kept.code}"
    assert run.call("GET", address).status == 404
    kept.do(quinn, "approve", 409)
    kept.do(Staff(run, "Ruth", "reviewer"), "approve")
    assert run.call("GET", address).status == 404
    kept.do(quinn, "publish")
    got = run.call("GET", f"{address}&lang=tr")
    assert (got.status, got.headers["Cache-Control"]) == (200, "public, max-age=300")
    assert words["tr"] in got.text
    assert "Quinn" not in got.text
    assert len(brotli.compress(got.text.encode())) < MOST_BYTES
    assert f"name={kept.code}" in run.call("GET", "/procedure?site=demo").text
    assert "What will be published" in page(quinn, kept)
    kept.do(quinn, "withdraw", reason="A number is wrong.")
    assert run.call("GET", address).status == 404
    assert f"name={kept.code}" not in run.call("GET", "/procedure?site=demo").text


def test_a_report_that_there_is_not_is_not_found(local_run: LocalRun) -> None:
    for query in (
        "",
        "?site=demo",
        "?site=nowhere&name=2025",
        "?site=demo&name=..%2Fx",
        "?site=demo&name=none",
    ):
        assert local_run.call("GET", f"/procedure/report{query}").status == 404
