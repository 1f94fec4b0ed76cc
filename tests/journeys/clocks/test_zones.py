"""Dates are those of the site's own clock, whoever reads them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.steps import Complaint, Staff, complain, moment
from tests.local_run import LocalRun

ZONES = {"demo-gb": "Europe/London", "demo-tr": "Europe/Istanbul"}
in_each_zone = pytest.mark.parametrize(("site", "zone"), ZONES.items())


def is_local(text: str, zone: str) -> bool:
    found = moment(text)
    return found.isoformat() == found.astimezone(ZoneInfo(zone)).isoformat() == text


@in_each_zone
def test_a_complainant_reads_local_times(local_run: LocalRun, site: str, zone: str) -> None:
    complaint = complain(local_run, site=site)
    Staff(local_run).does(complaint, "message", {"text": "Hello"})
    view = complaint.view()
    found = [
        complaint.receipt["received_at"],
        view["received_at"],
        view["messages"][0]["at"],
        *(promise["due"] for promise in complaint.receipt["promises"]),
        *(promise["due"] for promise in view["promises"]),
    ]
    assert [text for text in found if not is_local(text, zone)] == []


@in_each_zone
def test_staff_read_the_times_of_the_case_s_site(local_run: LocalRun, site: str, zone: str) -> None:
    case = Staff(local_run).case(complain(local_run, site=site))
    found = [
        case["received_at"],
        case["acknowledged_at"],
        case["due"],
        *(fact["at"] for fact in case["facts"]),
    ]
    assert [text for text in found if not is_local(text, zone)] == []


@in_each_zone
def test_a_promise_ends_with_the_site_s_working_day(local_run: LocalRun, site: str, zone: str) -> None:
    due = moment(complain(local_run, site=site).promise()["due"]).astimezone(ZoneInfo(zone))
    closing_time = (13, 18)  # half a day before some holidays, else a whole one
    assert due.hour in closing_time
    assert due == due.replace(minute=0, second=0)


@pytest.mark.parametrize(
    ("site", "language", "place"),
    [
        ("demo-gb", "en", "London"),
        ("demo-gb", "tr", "Londra"),
        ("demo-tr", "en", "Istanbul"),
        ("demo-tr", "tr", "İstanbul"),
    ],
)
def test_a_letter_and_a_receipt_say_whose_clock_they_mean(
    local_run: LocalRun, site: str, language: str, place: str
) -> None:
    complaint = complain(local_run, site=site, language=language)
    [letter] = complaint.letters()
    assert place in letter["text"]
    assert place in complaint.receipt["zone_text"]
    assert _clock(moment(complaint.receipt["received_at"]), language) in letter["text"]


def _clock(when: datetime, language: str) -> str:
    return f"{when:%H.%M}" if language == "tr" else f"{when:%H:%M}"


def test_one_moment_is_two_local_times(local_run: LocalRun) -> None:
    def received(site: str) -> Complaint:
        return complain(local_run, site=site)

    london, istanbul = (moment(received(site).receipt["received_at"]) for site in ZONES)
    assert abs((istanbul - london).total_seconds()) < 60
    assert london.utcoffset() != istanbul.utcoffset()
