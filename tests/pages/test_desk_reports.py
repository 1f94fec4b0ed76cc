"""Reports as a page: sentences, bars and tables with the same numbers, a period in the address, a sheet."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import clock, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import attributes_of, words
from tests.pages.desk_client import Desk, signed_in
from tests.workbooks import workbook

REPORTS = "/desk/reports"


@pytest.fixture
def desk(local_run: LocalRun) -> Desk:
    return signed_in(local_run, "Quinn", "quality")


def around_now(desk: Desk, site: str = "demo") -> str:
    complain(desk.run, site=site, category="billing.collection")
    settle(desk.run)
    today = clock(desk.run).date()
    return f"{REPORTS}?from={today - timedelta(days=2)}&to={today + timedelta(days=2)}&site={site}"


def cells(page: Answer) -> dict[str, list[int]]:
    """The first numbers of each row of the first two tables, by what the row is about."""
    rows = re.findall(r'<th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', page.text, re.DOTALL)
    return {name: [int(n) for n in re.findall(r"</span>(\d+)</td>", rest)] for name, rest in reversed(rows)}


def test_a_page_says_what_the_sheet_says_and_names_its_bars(desk: Desk) -> None:
    page = desk.get(around_now(desk))
    assert page.status == 200, page.text
    found = cells(page)
    received, closed, is_open = (found[name][0] for name in ("Received", "Closed", "Open at the end"))
    assert f"{received} complaint" in words(page)
    [link, _] = [each for each in Reading(page.text).links if "/volume/csv" in each]
    sheet = desk.get(link.replace("&amp;", "&"))
    assert sheet.headers["Content-Type"] == "text/csv; charset=utf-8"
    listed = [line.split(",") for line in sheet.text.splitlines()]
    assert [int(line[3]) for line in listed[1:4]] == [received, closed, is_open]
    row = next(line for line in listed if line[:3] == ["received", "category", "billing.collection"])
    assert found["Collection of a debt"][0] == int(row[3]) >= 1
    drawn = [each for tag, each in Reading(page.text).elements if tag == "svg" and "aria-hidden" not in each]
    assert drawn
    assert all(each["role"] == "img" and len(each["aria-label"] or "") > 9 for each in drawn)


def test_a_period_without_complaints_says_so_and_keeps_its_dates(desk: Desk) -> None:
    page = desk.get(f"{REPORTS}?from=2001-03-01&to=2001-03-31")
    assert "No complaints from Thursday 1 March 2001 to Saturday 31 March 2001." in words(page)
    assert attributes_of(page, "from")["value"] == "2001-03-01"
    assert "table" not in Reading(page.text).tags


def test_a_period_that_cannot_be_is_said_in_the_form(desk: Desk) -> None:
    page = desk.get(f"{REPORTS}?from=2026-03-31&to=2026-03-01")
    assert page.status == 422
    assert attributes_of(page, "to") | {"value": "2026-03-01", "aria-invalid": "true"} == attributes_of(
        page, "to"
    )
    assert "This ends before it begins." in words(page)


def test_a_site_and_a_report_that_are_not_mine_are_not_found(desk: Desk) -> None:
    assert desk.get(f"{REPORTS}?site=nowhere").status == 404
    for name in ("nothing", "..%2Fvolume", "__class__"):
        assert desk.get(f"{REPORTS}/{name}/csv").status == 404, unquote(name)


def test_the_cases_of_the_period_are_a_sheet_with_every_field(desk: Desk) -> None:
    page = desk.get(around_now(desk))
    (link, as_workbook) = (each for each in Reading(page.text).links if "/desk/reports/cases?" in each)
    sheet = desk.get(link.replace("&amp;", "&"))
    assert sheet.headers["Content-Disposition"].startswith('attachment; filename="cases-demo-')
    assert sheet.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(sheet.body.decode("utf-8-sig"), newline="")))
    assert "billing.collection" in {row["category"] for row in rows}
    assert all(row["description"] for row in rows if row["category"] == "billing.collection")
    header, *typed = workbook(desk.get(as_workbook.replace("&amp;", "&")).headers["Location"])
    assert [dict(zip(header, row, strict=True))["description"] for row in typed] == [
        row["description"] for row in rows
    ]
    received = header.index("received_at")
    assert {type(row[received]) for row in typed} == {datetime}


def test_whole_cases_of_the_period_are_a_file_of_lines(desk: Desk) -> None:
    page = desk.get(around_now(desk, "demo-au"))
    (link,) = (each for each in Reading(page.text).links if "/desk/reports/histories?" in each)
    address = link.replace("&amp;", "&")
    file = desk.get(address)
    assert file.headers["Content-Disposition"].startswith('attachment; filename="histories-demo-au-')
    assert file.headers["Content-Type"] == "application/jsonl; charset=utf-8"
    lines = [json.loads(line) for line in file.text.splitlines()]
    assert {"case", "letter", "clock", "fact"} <= {line["record"] for line in lines}


@pytest.mark.parametrize(("language", "heading"), [("en", "Returns for regulators"), ("tr", "bildirimler")])
def test_each_return_of_the_period_is_a_sheet(desk: Desk, language: str, heading: str) -> None:
    page = desk.get(f"{around_now(desk)}&lang={language}")
    assert heading in page.text
    found = [each for each in Reading(page.text).links if "/desk/reports/returns/" in each]
    links = [each for each in found if "format=excel" in each]
    begins = []
    for link in links:
        sheet = desk.get(link.replace("&amp;", "&"))
        assert sheet.headers["Cache-Control"] == "no-store"
        begins.append(sheet.body.decode("utf-8-sig").partition(",")[0])
    assert begins == ["Complaint unique identifier", "measure"]


def test_who_may_take_no_cases_out_is_offered_none(local_run: LocalRun) -> None:
    reviewer = signed_in(local_run, "Ruth", "reviewer")
    page = reviewer.get(f"{REPORTS}?site=demo")
    assert page.status == 200
    assert "/desk/reports/cases" not in page.text
    assert "/desk/reports/returns" not in page.text
    assert "/desk/reports/histories" not in page.text
    assert reviewer.get("/desk/reports/cases?site=demo&format=csv").status == 403
    assert reviewer.get("/desk/reports/histories?site=demo").status == 403
