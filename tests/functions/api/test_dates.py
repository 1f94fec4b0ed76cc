"""Dates and moments as they are sent: impossible ones are pointed at, none overflows anything."""

import pytest

from tests.functions.http.parsing.test_json_body import is_problem
from tests.journeys.steps import Complaint, Staff, complain, form, submit
from tests.local_run import LocalRun


@pytest.fixture(scope="module")
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run, complainant={"phone": "1"})


@pytest.mark.parametrize(
    "date",
    [
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-1-1",
        "20260101",
        "2026-01-01T00:00:00Z",
        "0000-00-00",
        "-2026-01-01",
        "٢٠٢٦-٠١-٠١",
        "yesterday",
        " ",
        "9999-12-31",
        "2999-01-01",
    ],
)
def test_s8_a_day_that_is_none_or_has_not_come_is_refused(local_run: LocalRun, date: str) -> None:
    got = submit(local_run, form(occurred_on=date))
    assert is_problem(got, 422, "invalid")
    assert [error["pointer"] for error in got.json["errors"]] == ["/occurred_on"]


@pytest.mark.parametrize("date", ["0001-01-01", "1900-02-28", "2024-02-29"])
def test_s8_a_day_long_ago_is_taken(local_run: LocalRun, date: str) -> None:
    assert submit(local_run, form(occurred_on=date)).status == 201


@pytest.mark.parametrize(
    "at",
    [
        "2026-02-30T10:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "0001-01-01T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01T10:00:00",
        "2026-01-01T10:00:00+99:00",
        "2026-01-01",
        "now",
        "1767261600",
        1767261600,
        10**29,
        {"year": 2026},
    ],
)
def test_s8_a_moment_that_cannot_be_is_refused(complaint: Complaint, at: object) -> None:
    got = Staff(complaint.run).tries(complaint, "acknowledge", {"by": "telephone", "at": at})
    assert is_problem(got, 422, "invalid")
    assert [error["pointer"] for error in got.json["errors"]] == ["/at"]


@pytest.mark.parametrize(
    "by", ["2026-02-30", "9999-99-99", "1999-01-01", "31.12.2026", "2999-01-01\n", "٢٩٩٩-٠١-٠١"]
)
def test_s8_a_remedy_is_promised_for_a_day_that_can_come(local_run: LocalRun, by: str) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    deniz.decides(complaint)
    decision = {"outcome": "upheld", "reasons": "x", "remedies": [{"kind": "repair", "by": by}]}
    got = deniz.tries(complaint, "decide", decision)
    assert (got.status, got.json["errors"][0]["pointer"]) == (422, "/remedies/0/by")


@pytest.mark.parametrize("amount", ["-1", "1e9", "NaN", "1.23456", "9" * 13, "١", "1,50", "1\n"])
def test_s8_money_is_a_plain_number(local_run: LocalRun, amount: str) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    deniz.decides(complaint)
    remedy = {"kind": "refund", "amount": amount, "currency": "EUR"}
    got = deniz.tries(complaint, "decide", {"outcome": "upheld", "reasons": "x", "remedies": [remedy]})
    assert (got.status, got.json["errors"][0]["pointer"]) == (422, "/remedies/0/amount")
