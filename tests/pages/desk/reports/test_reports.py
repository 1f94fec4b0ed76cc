"""Reports as a page: sentences, bars and tables with the same numbers, a period in the address, a sheet."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from urllib.parse import unquote, urlencode

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.steps import clock, complain, local_date, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import attributes_of, words
from tests.pages.desk_client import Desk, signed_in
from tests.workbooks import workbook

REPORTS = "/desk/reports"
REPORTS_OF_THE_PROCESS = ("volume", "timeliness", "redress", "reviews", "causes")
"""Those that tell something once a complaint came; of the survey nothing is told before its month ended."""


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
    return {
        name: [int(n) for n in re.findall(r"</span>(?:<a [^>]*>)?(\d+)(?:</a>)?</td>", rest)]
        for name, rest in reversed(rows)
    }


def test_a_page_says_what_the_sheet_says_and_names_its_bars(desk: Desk) -> None:
    page = desk.get(around_now(desk))
    assert page.status == 200, page.text
    found = cells(page)
    received, closed, is_open = (found[name][0] for name in ("Received", "Closed", "Open at the end"))
    assert f"{received} complaint" in words(page)
    [link, _] = [each for each in Reading(page.text).links if "/volume/csv" in each]
    assert "/desk/reports/indicators/csv" in page.text
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
    cells = [dict(zip(header, row, strict=True)) for row in typed]
    assert [row["reference"] for row in cells] == [row["reference"] for row in rows]
    # Of other complaints of the run some would be formulas, or are longer than a cell.
    mine = {row["reference"]: row["description"] for row in rows if row["category"] == "billing.collection"}
    assert {row["reference"]: row["description"] for row in cells if row["reference"] in mine} == mine
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
    assert begins == ["Complaint unique identifier", "measure", "measure"]


def test_who_may_take_no_cases_out_is_offered_none(local_run: LocalRun) -> None:
    reviewer = signed_in(local_run, "Ruth", "reviewer")
    page = reviewer.get(f"{REPORTS}?site=demo")
    assert page.status == 200
    assert "/desk/reports/cases" not in page.text
    assert "/desk/reports/returns" not in page.text
    assert "/desk/reports/histories" not in page.text
    assert reviewer.get("/desk/reports/cases?site=demo&format=csv").status == 403
    assert reviewer.get("/desk/reports/histories?site=demo").status == 403


def this_month(desk: Desk, **query: str) -> str:
    """The reports of the month of the site's today."""
    first = local_date(desk.run).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return f"{REPORTS}?{urlencode({'site': 'demo', 'from': first, 'to': last, **query})}"


def test_each_report_stands_beside_earlier_periods_and_leads_to_the_usual_ones(desk: Desk) -> None:
    complain(desk.run)
    settle(desk.run)
    for name in REPORTS_OF_THE_PROCESS:
        page = desk.get(this_month(desk, report=name, by="channel"))
        assert page.status == 200, page.text
        assert "the same dates a year ago" in words(page), name
        assert page.text.count("<h3>") >= 3, name
    usual = next(each for each in Reading(page.text).links if "from=" in each and f"report={name}" in each)
    assert desk.get(usual.replace("&amp;", "&")).status == 200
    assert desk.get(f"{REPORTS}?report=nothing").status == 404


def test_groups_of_a_period_that_is_not_of_months_are_said_in_the_form(desk: Desk) -> None:
    page = desk.get(f"{around_now(desk)}&by=category")
    assert page.status == 422
    assert "By groups, a report is of whole months" in words(page)


def test_a_number_leads_to_the_cases_behind_it(desk: Desk) -> None:
    mine = complain(desk.run, category="access.language")
    settle(desk.run)
    page = desk.get(this_month(desk))
    links = [each.replace("&amp;", "&") for each in Reading(page.text).links if "/volume/cases?" in each]
    [link] = [each for each in links if "figure=received" in each and "access.language" in each]
    cases = desk.get(link)
    assert cases.status == 200
    assert mine.reference in cases.text
    [others] = [each for each in links if "figure=received" in each and "billing.collection" in each] or [""]
    assert not others or mine.reference not in desk.get(others).text


def test_who_may_see_no_cases_gets_numbers_that_lead_nowhere(local_run: LocalRun) -> None:
    admin = signed_in(local_run, "Sam", "admin")
    complain(local_run)
    settle(local_run)
    page = admin.get(this_month(admin))
    assert page.status == 200
    assert "/volume/cases?" not in page.text
    assert admin.get("/desk/reports/volume/cases?site=demo&figure=received").status == 403
