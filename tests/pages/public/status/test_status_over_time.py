"""The page of a complaint as time goes by: nothing new, a pause, a promise that was missed."""

from datetime import timedelta

from tests.journeys.steps import clock, go_to
from tests.local_run import LocalRun
from tests.pages.page_client import OnThePage

A_DAY = timedelta(days=1)


def wait(status_page: OnThePage, days: float) -> None:
    go_to(status_page.run, clock(status_page.run) + days * A_DAY)


def test_where_nothing_is_new_the_page_says_since_when_and_that_it_is_normal(moving_run: LocalRun) -> None:
    status_page = OnThePage(moving_run)
    assert "Nothing new has happened" not in status_page.words()
    wait(status_page, 2)
    assert "Nothing new has happened since" in status_page.words()
    assert "That is normal while we look into it." in status_page.words()
    taken = status_page.send(status_page.hidden("add") | {"text": "Any news?"})
    assert "Nothing new has happened" not in status_page.follow(taken).text


def test_a_date_says_why_it_is_that_date_also_after_a_pause(moving_run: LocalRun) -> None:
    status_page = OnThePage(moving_run)
    assert "(30 calendar days)" in status_page.words()
    assert "Counted from" in status_page.words()
    status_page.does("ask", {"text": "Which lamp?"})
    wait(status_page, 2)
    assert "while we wait for you 30 calendar days. Counted from" in status_page.words()
    status_page.send(status_page.hidden("add") | {"text": "The red one."})
    assert "The time was paused for 2 days." in status_page.words()
    assert "Süre 2 gün durdu." in status_page.words(lang="tr")


def test_a_promise_that_was_kept_still_says_until_when_it_was(moving_run: LocalRun) -> None:
    words = OnThePage(moving_run).words()
    stored = words.partition("Acknowledgement done in time")[2]
    assert stored.lstrip().startswith("by ")
    assert "(1 business day)" in stored.partition("Response")[0]


def test_a_promise_that_was_missed_is_said_with_the_next_date(moving_run: LocalRun) -> None:
    status_page = OnThePage(moving_run)
    wait(status_page, 31)
    assert "and missed it. We are sorry." in status_page.words()
    status_page.does("message", {"text": "We wait for the courier."})
    moving_run.call("POST", "/_local/settle")
    assert "missed it. We are sorry. You will hear from us again by" in status_page.words()
