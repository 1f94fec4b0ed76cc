"""A promise says why it has its date, and which holidays did not count: at once, by mail, on the page."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from urllib.parse import urlsplit

import pytest

from tests.html import Reading
from tests.journeys.steps import Complaint, clock, complain, go_to, moment
from tests.local_run import LocalRun

NEW_YEAR = {"en": "New Year's Day", "tr": "Yılbaşı"}
EARLIER = {
    "en": "Earlier because of a holiday: 1 January (New Year's Day)",
    "tr": "Tatil nedeniyle daha erken: 1 Ocak (Yılbaşı)",
}


def thirty_days_before_a_holiday(run: LocalRun) -> date:
    """A 2 December in the future of the run, with a 1 January after it on which people would work."""
    years = (date(year, 12, 2) for year in count(clock(run).year))
    return next(
        day
        for day in years
        if day > clock(run).date() and (day + timedelta(days=30)).isoweekday() <= 5 and day.isoweekday() <= 5
    )


@pytest.fixture(scope="module")
def december(moving_run: LocalRun) -> LocalRun:
    """A run in which a complaint of today would have to be answered by New Year's Day."""
    day = thirty_days_before_a_holiday(moving_run)
    go_to(moving_run, datetime(day.year, 12, 2, 9, tzinfo=UTC))
    return moving_run


@pytest.fixture(scope="module", params=["en", "tr"], ids=["English", "Turkish"])
def told(december: LocalRun, request: pytest.FixtureRequest) -> tuple[str, Complaint]:
    """A language, and a complaint in it."""
    return request.param, complain(december, site="demo-tr", language=request.param)


def new_year(complaint: Complaint) -> date:
    return date(moment(complaint.receipt["received_at"]).year + 1, 1, 1)


def test_a_promise_names_the_days_left_out(told: tuple[str, Complaint]) -> None:
    language, complaint = told
    expected = [{"date": new_year(complaint).isoformat(), "name": NEW_YEAR[language]}]
    [acknowledge, respond] = complaint.receipt["promises"]
    assert (acknowledge["left_out"], respond["left_out"]) == ([], expected)
    assert moment(respond["due"]).date() == new_year(complaint) - timedelta(days=1)
    assert complaint.promise() == respond


def test_a_promise_says_its_moment_in_words(told: tuple[str, Complaint]) -> None:
    language, complaint = told
    year = new_year(complaint).year - 1
    words = {"en": f"31 December {year}, 18:00", "tr": f"31 Aralık {year}"}[language]
    assert words in complaint.promise()["due_text"]


def test_the_letter_and_the_page_name_the_days_left_out(told: tuple[str, Complaint]) -> None:
    language, complaint = told
    letter = complaint.letters()[-1]
    link = urlsplit(complaint.receipt["status_url"])
    page = complaint.run.open_link(f"{link.path}?{link.query}").text
    for text in (letter["text"], Reading(letter["html"]).words, Reading(page).words):
        assert EARLIER[language] in text
