"""Regulators' returns over HTTP: by right, each number with the cases behind it, part by part to the end."""

import csv
import io
import uuid
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import (
    Complaint,
    Staff,
    clock,
    complain,
    keep_midnight_away,
    local_date,
    new_word,
    settle,
)
from tests.local_run import LocalRun
from tests.pages.desk_client import form_of, signed_in

FCA, ASIC, NHS = "uk-fca-complaints", "au-asic-idr", "nhs-ko41a"
REFUND = {"kind": "refund", "amount": "20.00", "currency": "EUR"}


def asks(run: LocalRun, name: str, role: str = "quality", **query: Any) -> Answer:
    asked = {"site": "demo", "format": "json"} | half_year(run) | query
    text = "&".join(f"{key}={value}" for key, value in asked.items() if value is not None)
    return Staff(run, "Kim", role).call("GET", f"/returns/{name}?{text}")


def half_year(run: LocalRun) -> dict[str, date]:
    """The half of the year that it is in."""
    today = clock(run).date()
    first, last = ((1, 1), (6, 30)) if today.month <= 6 else ((7, 1), (12, 31))
    return {"from": date(today.year, *first), "to": date(today.year, *last)}


def parts(run: LocalRun, name: str, **query: Any) -> list[Answer]:
    """Every part, as the header of each leads to the next one."""
    found = [asks(run, name, **query)]
    while link := found[-1].headers["Link"]:
        path = link.partition(">")[0].removeprefix(f"<{run.url}/v1/desk")
        found.append(Staff(run, "Kim", "quality").call("GET", path))
    assert {each.status for each in found} == {200}, found[-1].text
    return found


@pytest.fixture(scope="module", params=["en", "tr"])
def paid(request: pytest.FixtureRequest, local_run: LocalRun) -> Complaint:
    """Upheld, told, and paid on the same day, in one of the languages of the site."""
    keep_midnight_away(local_run)
    complaint = complain(local_run, language=request.param, category="billing.collection")
    rana = Staff(local_run, "Rana", "reviewer")
    rana.decides(complaint, REFUND)
    rana.does(complaint, "respond")
    settle(local_run)
    rana.does(complaint, "remedied", {"remedy": "refund", "done_on": str(local_date(local_run))})
    return complaint


def test_each_number_of_the_fca_leads_to_the_case_behind_it(paid: Complaint) -> None:
    figures = [figure for part in parts(paid.run, FCA) for figure in part.json["figures"]]
    of_case = [figure for figure in figures if paid.reference in figure["cases"]]
    assert {figure["measure"] for figure in of_case} == {
        "opened",
        "closed",
        "closed_within_3_business_days",
        "closed_within_8_weeks",
        "upheld",
        "redress_paid",
    }
    assert all(figure["count"] == len(figure["cases"]) for figure in figures)
    codes = {"product": "unmapped:billing.collection", "cause": "general_administration"}
    assert all(figure["codes"] == codes for figure in of_case)
    [money] = [figure for figure in of_case if figure["measure"] == "redress_paid"]
    assert (money["amount"], money["currency"]) == (f"{20 * money['count']}.00", "EUR")


def test_what_has_no_code_of_the_regulator_is_named_and_counted(paid: Complaint) -> None:
    unmapped = [each for part in parts(paid.run, FCA) for each in part.json["unmapped"]]
    [found] = [each for each in unmapped if paid.reference in each["cases"]]
    assert (found["subject"], found["code"]) == ("product", "billing.collection")
    assert found["count"] == len(found["cases"])


def test_a_sheet_says_the_same_as_json(paid: Complaint) -> None:
    sheets = parts(paid.run, FCA, format="csv")
    assert sheets[0].headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="{FCA}-demo-' in sheets[0].headers["Content-Disposition"]
    rows = [row for each in sheets for row in csv.DictReader(io.StringIO(each.text, newline=""))]
    assert list(rows[0]) == ["measure", "product", "cause", "count", "amount", "currency", "cases"]
    [upheld] = [row for row in rows if row["measure"] == "upheld" and paid.reference in row["cases"]]
    assert (upheld["product"], upheld["cause"]) == ("unmapped:billing.collection", "general_administration")


def test_the_file_for_asic_has_one_row_for_a_case(paid: Complaint) -> None:
    sheets = parts(paid.run, ASIC, format="csv")
    rows = [row for each in sheets for row in csv.DictReader(io.StringIO(each.text, newline=""))]
    [row] = [row for row in rows if row["Complaint unique identifier"] == paid.reference]
    assert row["Complaint status"] == "closed"
    assert row["Complaint outcome"] == "in_favour"
    assert row["Method of receipt"] == "online"
    assert row["Days to resolve"] == "0"
    assert row["Monetary remedy paid in the period"] == "20.00 EUR"


def test_it_holds_no_word_of_the_complainant(paid: Complaint) -> None:
    for name in (FCA, ASIC):
        text = "".join(each.text for each in parts(paid.run, name))
        assert paid.email not in text
        assert "zebra" not in text


def test_the_parts_of_a_period_lead_to_its_end_and_meet_each_case_once(paid: Complaint) -> None:
    found = parts(paid.run, ASIC)
    assert [each.json["next"] for each in found].count(None) == 1
    references = [row[0] for each in found for row in each.json["rows"]]
    assert references.count(paid.reference) == 1


def test_the_list_says_what_is_not_confirmed_and_what_is_missing(local_run: LocalRun) -> None:
    got = Staff(local_run, "Kim", "auditor").call("GET", "/returns")
    listed = {each["name"]: each for each in got.json["items"]}
    assert set(listed) == {FCA, ASIC, NHS}
    assert (listed[FCA]["first"], listed[FCA]["months"], listed[FCA]["kind"]) == ("2027-01-01", 6, "figures")
    for each in listed.values():
        assert each["confirmed"] == all(source["confirmed"] for source in each["sources"])
        assert each["missing"]


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ({"from": None, "to": None}, ["/from", "/to"]),
        ({"from": "2027-01-01", "to": "2027-06-29"}, ["/to"]),
        ({"from": "2027-02-01", "to": "2027-07-31"}, ["/to"]),
        ({"from": "0001-01-01", "to": "9999-12-31"}, ["/from", "/to"]),
        ({"site": None}, ["/site"]),
        ({"format": "xml"}, ["/format"]),
        ({"cursor": "x"}, ["/cursor"]),
    ],
)
def test_what_cannot_be_is_named(local_run: LocalRun, query: dict[str, Any], pointers: list[str]) -> None:
    got = asks(local_run, FCA, **query)
    assert got.status == 422
    assert [wrong["pointer"] for wrong in got.json["errors"]] == pointers


@pytest.mark.parametrize("role", ["agent", "reviewer", "admin"])
def test_who_only_works_on_cases_makes_no_return(local_run: LocalRun, role: str) -> None:
    assert asks(local_run, FCA, role).status == 403


def test_s14_a_return_or_a_site_that_there_is_not_is_not_found(local_run: LocalRun) -> None:
    assert asks(local_run, "no-such-return").status == 404
    stranger = Office(local_run).adds("quality", sites=("demo-gb",))
    assert stranger.call("GET", f"/returns/{FCA}?site=demo&from=2026-01-01&to=2026-06-30").status == 404


def test_the_page_of_a_return_leads_from_each_number_to_its_cases(paid: Complaint) -> None:
    period = "&".join(["site=demo", *(f"{name}={day}" for name, day in half_year(paid.run).items())])
    desk = signed_in(paid.run, "Kim", "quality")
    reports = desk.get(f"/desk/reports?{period}")
    assert f"/desk/reports/returns/{FCA}/figures?" in reports.text
    page = desk.get(f"/desk/reports/returns/{FCA}/figures?{period}")
    assert page.status == 200
    text = " ".join(page.text.split())
    assert f'href="/desk/cases/{paid.reference}"' in text
    for words in ("closed within 8 weeks", "redress paid", "Codes of yours", "billing.collection"):
        assert words in text, words
    rows = desk.get(f"/desk/reports/returns/{ASIC}/figures?{period}")
    assert "Rows: " in rows.text
    assert desk.get(f"/desk/reports/returns/{FCA}/figures?site=demo").status == 422


def test_an_administrator_maps_what_the_regulator_has_no_code_for_by_a_form(paid: Complaint) -> None:
    """Whose cases stand under their new code from then on; others share the site, so it is taken back."""
    address = f"/desk/reports/returns/{FCA}/codes"
    sam = signed_in(paid.run, "Sam", "admin")
    page = sam.get(f"{address}?site=demo")
    assert page.status == 200
    assert "Codes that are mapped to nothing" in page.text
    hidden, action = form_of(page, "/codes")
    fields = dict(hidden)
    assert fields["grouping"] == "product"
    try:
        said = {"code.billing.collection": "credit", "reason": "Agreed."}
        assert sam.post(action, [*(fields | said).items()]).status == 303
        assert 'value="credit" lang="en" selected' in sam.get(f"{address}?site=demo").text
        figures = [figure for part in parts(paid.run, FCA) for figure in part.json["figures"]]
        of_case = [figure for figure in figures if paid.reference in figure["cases"]]
        assert {figure["codes"]["product"] for figure in of_case} == {"credit"}
    finally:
        Office(paid.run).does("codes", "demo", {"name": FCA, "grouping": "product"}, verb="map_return")


def test_a_return_is_filed_for_a_period_that_is_over_and_fetched_as_it_was_filed(local_run: LocalRun) -> None:
    """Of the first half of the year before the run begins: nobody had complained."""
    quinn, code = Staff(local_run, "Quinn", "quality"), new_word()
    path = f"/records/filed_return/demo.{code}/commands/file"

    def files(since: str, name: str = ASIC) -> Answer:
        headers = {"Idempotency_Key": str(uuid.uuid4()), "If_Match": '"0"'}
        return quinn.call("POST", path, {"name": name, "since": since}, **headers)

    wrong = [("2025-02-01", ASIC), ("2090-01-01", ASIC), ("2026-07-01", FCA), ("2025-01-01", "none")]
    pointers = [files(since, name).json["errors"][0]["pointer"] for since, name in wrong]
    assert pointers == ["/since", "/since", "/since", "/name"]
    got = files("2025-01-01")
    assert got.status == 200, got.text
    [filing] = got.json["content"]["filings"]
    desk = signed_in(local_run, "Quinn", "quality")
    period = "site=demo&from=2025-01-01&to=2025-06-30"
    page = desk.get(f"/desk/reports/returns/{ASIC}/figures?{period}").text
    assert filing["sha256"] in page
    assert "Since it was filed" not in page
    sheet = desk.get(f"/desk/reports/returns/{ASIC}?{period}&format=csv&as=filed")
    assert sha256(sheet.body).hexdigest() == filing["sha256"]
    assert (
        Staff(local_run, "Ruth", "reviewer").call("GET", f"/records/filed_return/demo.{code}").status == 403
    )
