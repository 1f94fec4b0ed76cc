"""Cases as a file: by the dates on which they came, for those who may, and no cell is a formula (case 69)."""

import csv
import io
from codecs import BOM_UTF8
from datetime import timedelta
from typing import Any

import pytest

from functions.desk.exports.export import COLUMNS, OF_PEOPLE
from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, address, clock, complain, moment, settle
from tests.local_run import LocalRun

FORMULA = '=HYPERLINK("https://x.example";"Refund")'


def asks(run: LocalRun, role: str = "quality", **query: Any) -> Answer:
    asked = {"site": "demo"} | query
    text = "&".join(f"{name}={value}" for name, value in asked.items() if value is not None)
    return Staff(run, "Kim", role).call("GET", f"/export?{text}")


def exported(run: LocalRun, role: str = "quality", **query: Any) -> list[dict[str, Any]]:
    """All cases, file by file."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        got = asks(run, role, format="json", cursor=cursor, **query)
        assert got.status == 200, got.text
        found += got.json["items"]
        cursor = got.json["next"]
        if cursor is None:
            return found


def row_of(complaint: Complaint, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(row for row in rows if row["reference"] == complaint.reference)


@pytest.fixture(scope="module")
def formula(local_run: LocalRun) -> Complaint:
    return complain(local_run, subject=FORMULA, complainant={"name": "@cmd", "email": address()})


def test_csv_cells_are_never_formulas(formula: Complaint) -> None:
    got = asks(formula.run)
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert got.headers["Content-Disposition"] == 'attachment; filename="cases-demo.csv"'
    rows = list(csv.DictReader(io.StringIO(got.text, newline="")))
    assert list(rows[0]) == [*COLUMNS, *OF_PEOPLE]
    row = row_of(formula, rows)
    assert (row["subject"], row["name"]) == (f"'{FORMULA}", "'@cmd")
    assert (row["level"], row["is_vulnerable"]) == ("1", "false")


def test_a_sheet_begins_with_a_byte_order_mark_for_a_reader_who_asks_for_excel(formula: Complaint) -> None:
    plain, marked = asks(formula.run), asks(formula.run, format="excel")
    assert marked.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert marked.headers["Content-Disposition"] == 'attachment; filename="cases-demo.csv"'
    assert marked.body.startswith(BOM_UTF8)
    assert marked.body.removeprefix(BOM_UTF8).splitlines()[0] == plain.body.splitlines()[0]
    rows = list(csv.DictReader(io.StringIO(marked.body.decode("utf-8-sig"), newline="")))
    assert row_of(formula, rows)["subject"] == f"'{FORMULA}"


def test_json_says_what_was_written(formula: Complaint) -> None:
    assert row_of(formula, exported(formula.run))["subject"] == FORMULA


def test_s13_an_auditor_gets_no_personal_data(formula: Complaint) -> None:
    row = row_of(formula, exported(formula.run, "auditor"))
    assert set(row) == set(COLUMNS)
    assert "HYPERLINK" not in asks(formula.run, "auditor").text


@pytest.mark.parametrize("role", ["agent", "reviewer", "admin"])
def test_who_only_works_on_cases_takes_none_out(local_run: LocalRun, role: str) -> None:
    assert asks(local_run, role).status == 403


def test_a_case_that_has_ended_is_in_it_with_its_end(local_run: LocalRun) -> None:
    complaint, agent = complain(local_run), Staff(local_run)
    complaint.say("withdrawal", {"reason": "It has been found."})
    settle(local_run)
    row = row_of(complaint, exported(local_run))
    assert (row["stage"], row["due"]) == ("withdrawn", None)
    assert moment(row["ended_at"]) == moment(agent.case(complaint)["ended_at"])


def test_dates_are_those_on_which_complaints_came(formula: Complaint) -> None:
    run = formula.run
    today = clock(run).date()
    near: dict[str, Any] = {"from": today - timedelta(days=1), "to": today + timedelta(days=1)}
    assert row_of(formula, exported(run, **near))
    later: dict[str, Any] = {"from": today + timedelta(days=2)}
    assert exported(run, **later) == []
    assert formula.reference not in {row["reference"] for row in exported(run, to=today - timedelta(days=2))}
    name = asks(run, **near).headers["Content-Disposition"]
    assert name == f'attachment; filename="cases-demo-{near["from"]}-{near["to"]}.csv"'


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"site": None}, "/site"),
        ({"format": "xml"}, "/format"),
        ({"from": "yesterday"}, "/from"),
        ({"to": "9999-12-31"}, "/to"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "/to"),
        ({"cursor": "x"}, "/cursor"),
    ],
)
def test_what_cannot_be_is_named(local_run: LocalRun, query: dict[str, Any], pointer: str) -> None:
    got = asks(local_run, **query)
    assert got.status == 422
    assert [wrong["pointer"] for wrong in got.json["errors"]] == [pointer]


def test_s14_a_site_of_others_is_as_if_there_were_none(local_run: LocalRun) -> None:
    stranger = Office(local_run).adds("quality", sites=("demo-gb",))
    assert stranger.call("GET", "/export?site=demo").status == 404
    assert stranger.call("GET", "/export?site=nowhere").status == 404
