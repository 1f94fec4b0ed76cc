"""Promises by the rules of three countries, over holidays and the end of summer time: in the answer, in the
letter and at the desk."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.steps import Complaint, Staff, address, complain, go_to, moment
from tests.local_run import LocalRun, running

CONSUMER = {"name": "Ada Yılmaz", "kind": "consumer"}


def run_from(folder: Path, begins: str) -> Iterator[LocalRun]:
    """A run whose time is just before a moment."""
    at = moment(begins)
    early = (at - timedelta(minutes=30)).isoformat()
    with running(folder / "data", environment={"NOW": early}) as run:
        go_to(run, at)
        yield run


@pytest.fixture(scope="module")
def bayram(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """The Wednesday before Ramazan Bayramı, in the afternoon."""
    yield from run_from(tmp_path_factory.mktemp("tr"), "2026-03-18T15:00:00+03:00")


@pytest.fixture(scope="module")
def easter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """The Wednesday before Good Friday, in the afternoon."""
    yield from run_from(tmp_path_factory.mktemp("gb"), "2026-04-01T16:00:00+01:00")


@pytest.fixture(scope="module")
def last_of_summer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """The evening before the clocks of Sydney go back."""
    yield from run_from(tmp_path_factory.mktemp("au"), "2026-04-04T17:30:00+11:00")


def promised(complaint: Complaint, clock: str) -> datetime:
    """Until when, as the answer to the form says."""
    return next(moment(each["due"]) for each in complaint.receipt["promises"] if each["clock"] == clock)


def late_by(complaint: Complaint, received: str) -> timedelta:
    """How much later than planned it was received: a run does not stand still."""
    return moment(complaint.receipt["received_at"]) - moment(received)


def at_the_desk(complaint: Complaint) -> dict[str, dict[str, Any]]:
    """The clocks of the case by their keys."""
    clocks = Staff(complaint.run).case(complaint)["clocks"]
    return {clock["id"]: clock for clock in clocks}


@pytest.mark.parametrize(
    ("language", "date", "why"),
    [("en", "23 March 2026", "8 working hours"), ("tr", "23 Mart 2026", "8 çalışma saati")],
)
def test_eight_working_hours_end_after_the_bayram(
    bayram: LocalRun, language: str, date: str, why: str
) -> None:
    complaint = complain(
        bayram, site="demo-tr", language=language, complainant={"email": address(), **CONSUMER}
    )
    due = promised(complaint, "acknowledge")
    assert due - late_by(complaint, "2026-03-18T15:00:00+03:00") == moment("2026-03-23T10:00:00+03:00")
    assert due.utcoffset() == timedelta(hours=3)
    shown = at_the_desk(complaint)["tr-consumer/acknowledge/1"]
    assert moment(shown["due"]) == due
    assert why in complaint.receipt["promises"][0]["why"]
    assert date in complaint.receipt["promises"][0]["due_text"]


def test_three_business_days_end_after_easter_and_are_no_promise(easter: LocalRun) -> None:
    complaint = complain(easter, site="demo-gb")
    assert {each["clock"] for each in complaint.receipt["promises"]} == {"acknowledge", "respond"}
    early = at_the_desk(complaint)["uk-fca-disp/summary_resolution/1"]
    assert (early["clock"], early["due"]) == ("early_resolution", "2026-04-08T17:00:00+01:00")


@pytest.mark.iso10002("4 timeliness: strictest")
def test_the_strictest_of_two_packs_is_promised_and_binds(easter: LocalRun) -> None:
    complaint = complain(easter, site="demo-gb")
    assert promised(complaint, "acknowledge") == moment("2026-04-02T17:00:00+01:00")
    assert promised(complaint, "respond") == moment("2026-05-01T18:00:00+01:00")
    clocks = at_the_desk(complaint)
    ours, law = clocks["iso10002-default/respond/1"], clocks["uk-fca-disp/respond/1"]
    assert (law["due"], law["binds"]) == ("2026-05-27T23:59:59+01:00", False)
    assert (moment(ours["due"]), ours["binds"]) == (promised(complaint, "respond"), True)


@pytest.mark.parametrize(("language", "day"), [("en", "1 May 2026"), ("tr", "1 Mayıs 2026")])
def test_the_letter_says_the_same_dates(easter: LocalRun, language: str, day: str) -> None:
    [letter] = complain(easter, site="demo-gb", language=language).letters()
    assert day in letter["text"]
    assert day in letter["html"]


def test_an_extension_moves_its_own_clock_and_no_other_packs(easter: LocalRun) -> None:
    reviewer = Staff(easter, role="reviewer")
    complaint = complain(easter, site="demo-gb")
    reviewer.does(complaint, "extend", {"clock": "respond", "reason": "We wait for a report."})
    complaint.view()
    clocks = at_the_desk(complaint)
    assert clocks["iso10002-default/respond/1"]["due"] == "2026-05-15T18:00:00+01:00"
    assert clocks["uk-fca-disp/respond/1"]["due"] == "2026-05-27T23:59:59+01:00"


def test_twenty_four_hours_go_over_the_end_of_summer_time(last_of_summer: LocalRun) -> None:
    complaint = complain(last_of_summer, site="demo-au")
    due = promised(complaint, "acknowledge")
    assert due - late_by(complaint, "2026-04-04T17:30:00+11:00") == moment("2026-04-05T16:30:00+10:00")
    assert due.utcoffset() == timedelta(hours=10)
    assert moment(at_the_desk(complaint)["au-rg271/acknowledge/1"]["due"]) == due
    assert at_the_desk(complaint)["au-rg271/acknowledge/1"]["in_time"]


def test_after_the_due_moment_no_more_time_is_given(last_of_summer: LocalRun) -> None:
    complaint = complain(last_of_summer, site="demo-au")
    go_to(last_of_summer, promised(complaint, "respond") + timedelta(days=1))
    refused = Staff(last_of_summer, role="reviewer").tries(
        complaint, "extend", {"clock": "respond", "reason": "Too late."}
    )
    assert refused.status == 409
    assert at_the_desk(complaint)["iso10002-default/respond/1"]["missed"]
