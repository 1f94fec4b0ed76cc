"""Reports over HTTP: what happens is in them, nobody's name is, and other sites' figures are not."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from complaints.reporting.reports import REPORTS
from functions.desk.reports.reports import COLUMNS, EARLIER
from functions.use_cases.report_numbers import BY
from tests.http import Answer
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff, address, clock, complain, local_date, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in
from tests.workbooks import workbook

Query = Mapping[str, str | None]
NOTHING_ELSE: Query = {}
QUIET: Query = {"from": "2026-02-01", "to": "2026-02-28"}
"""A month in which nothing happens beside a test."""
HOSTILE = ("nothing", "..%2Fvolume", "__class__", "%7B%7D", "volume%00", "VOLUME")


def asks(
    run: LocalRun, name: str = "volume", query: Query = NOTHING_ELSE, staff: Staff | None = None
) -> Answer:
    """A report of the days around now, so that no midnight falls between what is done and what is asked."""
    today = clock(run).date()
    around: dict[str, Any] = {
        "from": today - timedelta(days=2),
        "to": today + timedelta(days=2),
        "site": "demo",
    }
    text = "&".join(f"{key}={value}" for key, value in (around | dict(query)).items() if value is not None)
    return (staff or Staff(run, "Kim", "quality")).call("GET", f"/reports/{name}?{text}")


def counts(
    run: LocalRun, query: Query = NOTHING_ELSE, staff: Staff | None = None
) -> dict[tuple[str, str | None], int]:
    settle(run)
    got = asks(run, "volume", query, staff)
    assert got.status == 200, got.text
    return {(each["figure"], each["value"]): each["count"] for each in got.json["figures"]}


def test_what_came_and_was_withdrawn_is_counted_once_however_often_the_stream_is_read(
    local_run: LocalRun,
) -> None:
    before = counts(local_run)
    complaint = complain(local_run, category="billing.collection")
    complaint.say("withdrawal", {"reason": "It has been found."})
    complain(local_run, category="billing.collection")
    after = counts(local_run)
    # What of others falls due meanwhile, as time goes on in a run that is shared, is none of these two.
    counted = [key for key in after if key[0] != "overdue"]
    grown = {key: after[key] - before.get(key, 0) for key in counted if after[key] != before.get(key, 0)}
    assert grown == {
        ("received", None): 2,
        ("received", "billing.collection"): 2,
        ("received", "web"): 2,
        ("received", "1"): 2,
        ("closed", None): 1,
        ("closed", "billing.collection"): 1,
        ("closed", "web"): 1,
        ("closed", "1"): 1,
        ("closed", "withdrawn"): 1,
        ("open", None): 1,
        ("open", "billing.collection"): 1,
        ("open", "web"): 1,
        ("open", "1"): 1,
    }


def test_a_sheet_says_the_same_and_neither_names_anybody(local_run: LocalRun) -> None:
    email = address()
    complain(local_run, complainant={"name": "Quintilla Quagga", "email": email})
    settle(local_run)
    for name in REPORTS:
        got, sheet = asks(local_run, name), asks(local_run, name, {"format": "csv"})
        assert sheet.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(sheet.text, newline="")))
        assert [(row["figure"], row["value"], int(row["count"])) for row in rows] == [
            (each["figure"], each["value"] or "", each["count"]) for each in got.json["figures"]
        ]
        assert tuple(rows[0]) == COLUMNS
        for text in (got.text, sheet.text):
            assert not [word for word in ("Quagga", email, "C-", "Deniz") if word in text]


def test_a_sheet_begins_with_a_byte_order_mark_for_a_reader_who_asks_for_excel(local_run: LocalRun) -> None:
    plain, marked = (asks(local_run, "volume", {**QUIET, "format": kind}) for kind in ("csv", "excel"))
    assert not plain.body.startswith(BOM_UTF8)
    assert marked.body == BOM_UTF8 + plain.body
    assert marked.headers["Content-Disposition"] == plain.headers["Content-Disposition"]


def test_a_workbook_of_every_report_says_the_same_in_numbers(local_run: LocalRun) -> None:
    complain(local_run)
    settle(local_run)
    for name in REPORTS:
        got, sent = asks(local_run, name), asks(local_run, name, {"format": "xlsx"})
        assert sent.status == 303
        header, *rows = workbook(sent.headers["Location"])
        assert header == COLUMNS
        assert [(row[0], row[2], row[3]) for row in rows] == [
            (each["figure"], each["value"] or None, each["count"]) for each in got.json["figures"]
        ]


def test_without_dates_it_is_the_last_full_month_and_with_one_the_rest_of_its_month(
    local_run: LocalRun,
) -> None:
    got = asks(local_run, query={"from": None, "to": None}).json
    assert got["from"].endswith("-01")
    today = clock(local_run).astimezone(ZoneInfo("Europe/Istanbul")).date()
    assert got["to"] < today.isoformat()
    found = asks(local_run, query={"from": "2026-02-10", "to": None}).json
    assert (found["from"], found["to"]) == ("2026-02-10", "2026-02-28")
    found = asks(local_run, query={"from": None, "to": "2026-02-10"}).json
    assert (found["from"], found["to"]) == ("2026-02-01", "2026-02-10")


def test_what_cannot_be_is_named(local_run: LocalRun) -> None:
    for no_date in ("yesterday", "20260301", "2026-W09-7", "2026-03-01T00:00", "２０２６-０３-０１"):
        assert pointers(asks(local_run, query={"from": quote(no_date)})) == ["/from"]
    assert pointers(asks(local_run, query={"from": "2026-03-02", "to": "2026-03-01"})) == ["/to"]
    assert pointers(asks(local_run, query={"from": "2020-01-01"})) == ["/to"]
    assert pointers(asks(local_run, query={"format": "xml"})) == ["/format"]


@pytest.mark.parametrize("name", HOSTILE)
def test_s09_a_report_that_there_is_not_is_not_found(local_run: LocalRun, name: str) -> None:
    assert asks(local_run, name).status == 404


def test_s14_figures_of_another_site_are_as_if_there_were_none(local_run: LocalRun) -> None:
    stranger = Office(local_run).adds("quality", sites=("demo-gb",))
    before = counts(local_run, {"site": None}, stranger)
    complain(local_run)
    assert (
        asks(local_run, query={"site": "demo"}, staff=stranger).body
        == asks(local_run, query={"site": "nowhere"}, staff=stranger).body
    )
    assert asks(local_run, query={"site": "demo"}, staff=stranger).status == 404
    assert asks(local_run, query={"site": None}, staff=stranger).json["sites"] == ["demo-gb"]
    assert counts(local_run, {"site": None}, stranger) == before


def of_this_month(run: LocalRun, name: str, query: Query = NOTHING_ELSE) -> Answer:
    """A report of the month of the site's today, once everything is counted."""
    settle(run)
    first = local_date(run).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return asks(run, name, {"from": first.isoformat(), "to": last.isoformat(), **query})


def test_every_indicator_of_a_month_is_told_in_all_and_by_each_grouping(local_run: LocalRun) -> None:
    complain(local_run, category="billing.collection")
    for by in BY:
        got = of_this_month(local_run, "indicators", {"by": by})
        assert got.status == 200, got.text
        assert got.json["by"] == by
        received = {
            each["group"]: each["count"] for each in got.json["figures"] if each["figure"] == "received"
        }
        assert received.pop(None) == sum(received.values()) >= 1, by


@pytest.mark.iso10002("8.4 monitoring: periods")
def test_a_report_stands_beside_the_period_before_and_that_of_a_year_ago(local_run: LocalRun) -> None:
    complain(local_run)
    got = of_this_month(local_run, "volume", {"compare": "earlier"}).json
    assert got["before"]["from"].endswith("-01")
    assert int(got["year_ago"]["from"][:4]) == int(got["from"][:4]) - 1
    received = got["figures"][0]
    assert received["before"]["count"] >= 0
    assert received["year_ago"] == {
        "count": 0, "of": None, "percent": None, "amount": None, "mean": None, "rate": None
    }  # fmt: skip
    sheet = of_this_month(local_run, "volume", {"compare": "earlier", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(sheet.text, newline="")))
    assert tuple(rows[0]) == (*COLUMNS, *EARLIER)
    assert rows[0]["year_ago_count"] == "0"


def test_groups_are_of_whole_months_and_of_what_there_is(local_run: LocalRun) -> None:
    assert pointers(asks(local_run, query={"by": "category"})) == ["/by"]
    assert pointers(asks(local_run, query={**QUIET, "by": "assignee"})) == ["/by"]
    assert pointers(asks(local_run, query={"compare": "everything"})) == ["/compare"]
    assert asks(local_run, query={"by": "site"}).status == 200


def test_what_a_site_enters_of_its_transactions_makes_a_rate(local_run: LocalRun) -> None:
    office = Office(local_run)
    month = "2019-03"
    query = {"from": f"{month}-01", "to": f"{month}-31"}
    figures = asks(local_run, query=query).json["figures"]
    assert "per_thousand" not in {each["figure"] for each in figures}
    office.does("site", "demo", {"month": month, "number": 4_000}, verb="put_transactions")
    figures = {each["figure"]: each for each in asks(local_run, query=query).json["figures"]}
    assert (figures["per_thousand"]["of"], figures["per_thousand"]["rate"]) == (4_000, "0.0")
    wrong = office.tries("site", "demo", {"month": "March", "number": 1}, verb="put_transactions")
    assert pointers(wrong) == ["/month"]
    office.does("site", "demo", {"month": month}, verb="put_transactions")
    gone = office.tries("site", "demo", {"month": month}, verb="put_transactions")
    assert pointers(gone) == ["/number"]


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.iso10002("8.3 satisfaction with the process: effect")
def test_equal_periods_before_and_after_a_change_stand_beside_each_other(
    local_run: LocalRun, language: str
) -> None:
    change: Query = {"from": None, "to": None, "change": "2025-06-15", "months": "2"}
    found = asks(local_run, "survey", change).json
    assert (found["from"], found["to"]) == ("2025-07-01", "2025-08-31")
    assert found["before"] == {"from": "2025-04-01", "to": "2025-05-31"}
    assert found["year_ago"] is None
    rate = next(each for each in found["figures"] if each["figure"] == "survey_answered")
    assert rate["before"]["count"] == 0
    soon = clock(local_run).date().isoformat()
    assert pointers(asks(local_run, "survey", {**change, "change": soon})) == ["/change"]
    assert pointers(asks(local_run, "survey", {**change, "months": "13"})) == ["/months"]
    quality = signed_in(local_run, "Quinn", "quality")
    address = f"/desk/reports/effect?lang={language}&site=demo"
    assert "<table" not in quality.get(address).text
    page = quality.get(f"{address}&change=2025-06-15&months=2")
    assert {"en": "fewer than five", "tr": "beşten az"}[language] in page.text
    wrong = quality.get(f"{address}&change={soon}")
    assert (wrong.status, wrong.text.count('aria-invalid="true"')) == (422, 1)


def test_the_cases_behind_a_number_are_those_that_give_it_alone(local_run: LocalRun) -> None:
    mine, other = (complain(local_run, category=name) for name in ("access.language", "billing.collection"))
    other.say("withdrawal", {"reason": "It has been found."})
    number = {"figure": "received", "figure_by": "category", "value": "access.language"}
    found = of_this_month(local_run, "volume/cases", number)
    assert found.status == 200, found.text
    listed = [each["reference"] for each in found.json["items"]]
    assert mine.reference in listed
    assert other.reference not in listed
    grouped = of_this_month(
        local_run, "volume/cases", {"figure": "closed", "by": "category", "group": "billing.collection"}
    )
    assert other.reference in [each["reference"] for each in grouped.json["items"]]
    for report, figure in (("survey", "respect"), ("timeliness", "letters_failed")):
        assert pointers(of_this_month(local_run, f"{report}/cases", {"figure": figure})) == ["/figure"]
    admin = Staff(local_run, "Sam", "admin")
    assert asks(local_run, "volume/cases", {"figure": "received"}, admin).status == 403
