"""Administrators add days to a site's holidays over HTTP, and every promise after that knows of them."""

from functools import partial
from typing import Any

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, complain, pages
from tests.local_run import LocalRun

NAMES = {"en": "Day of mourning", "tr": "Yas günü"}
DECREED: dict[str, Any] = {"on": "2031-03-11", "names": NAMES}
MOVED = {"days": [{"on": "2031-04-24", "names": NAMES}], "removed": [{"on": "2031-04-23"}]}


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


def test_a_decreed_day_says_since_when_it_is_known(administration: Office) -> None:
    after = administration.does("calendar", "demo-tr", {"days": [DECREED | {"closed_from": "13:00"}]})
    [day] = after["record"]["days"]
    assert day["closed_from"] == "13:00"
    assert day["known_on"]
    shown = administration.setting("calendar", "demo-tr")
    assert (shown["record"], shown["history"][-1]["fact"]) == (after["record"], "CalendarChanged")
    assert shown["allowed_commands"] == ["change", "put_day", "remove_day"]


def test_a_holiday_that_moves_is_one_change(administration: Office) -> None:
    before = administration.setting("calendar", "demo-tr")["version"]
    assert administration.does("calendar", "demo-tr", MOVED)["version"] == before + 1


def test_a_site_begins_without_decreed_days(administration: Office) -> None:
    shown = administration.setting("calendar", "demo-gb")
    assert shown["version"] == 0
    assert (shown["record"]["days"], shown["record"]["removed"]) == ([], [])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"days": [{"on": "2031-02-30", "names": NAMES}]}, "/days/0/on"),
        ({"days": [DECREED | {"closed_from": "25:00"}]}, "/days/0/closed_from"),
        ({"days": [DECREED | {"region": "ATLANTIS"}]}, "/days/0/region"),
        ({"days": [DECREED | {"names": {}}]}, "/days/0/names"),
        ({"days": [DECREED, DECREED]}, "/days/1/on"),
        ({"days": [DECREED | {"shelf": "x"}]}, "/days/0/shelf"),
        ({"days": [DECREED] * 101}, "/days"),
        ({"removed": [{"on": "2031-04-22"}]}, "/removed/0/on"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    administration: Office, body: dict[str, Any], pointer: str
) -> None:
    before = administration.setting("calendar", "demo-gb")
    assert pointers(administration.tries("calendar", "demo-gb", body)) == [pointer]
    assert administration.setting("calendar", "demo-gb") == before


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "This date is not a holiday there."), ("tr", "Bu tarih orada tatil değil.")],
)
def test_a_refusal_speaks_the_readers_language(administration: Office, language: str, words: str) -> None:
    body = {"removed": [{"on": "2031-04-22"}], "reason": "x"}
    path = "/settings/calendar/demo-gb/commands/change"
    refused = administration.staff.call("POST", path, body, If_Match='"0"', Accept_Language=language)
    [data] = refused.json["errors"]
    assert (data["pointer"], data["detail"]) == ("/removed/0/on", words)


def test_the_desk_shows_the_promise_and_what_the_calendar_says_now(administration: Office) -> None:
    """The person has no mail, so the acknowledgement waits to be posted."""
    person = {"name": "Ada Yılmaz", "post": "1 Rain Street\nIzmir"}
    complaint = complain(administration.run, site="demo-tr", complainant=person)
    kim = Staff(administration.run, "Kim")
    promised = acknowledge(kim, complaint)
    assert "reckoned" not in promised
    administration.does("calendar", "demo-tr", {"days": [{"on": promised["due"][:10], "names": NAMES}]})
    shown = acknowledge(kim, complaint)
    administration.does("calendar", "demo-tr", {"days": [], "removed": []})
    assert shown["due"] == promised["due"]
    assert shown["reckoned"] > promised["due"]


def acknowledge(staff: Staff, complaint: Complaint) -> dict[str, Any]:
    [clock] = [clock for clock in staff.case(complaint)["clocks"] if clock["clock"] == "acknowledge"]
    return dict(clock)


def test_a_dry_run_names_the_promises_that_a_decree_would_touch(administration: Office) -> None:
    person = {"name": "Ada Yılmaz", "post": "1 Rain Street\nIzmir"}
    complaint = complain(administration.run, site="demo-tr", complainant=person)
    promised = acknowledge(Staff(administration.run, "Kim"), complaint)["due"]
    before = administration.setting("calendar", "demo-tr")
    body = {"days": [{"on": promised[:10], "names": NAMES}]}
    path = "/settings/calendar/demo-tr/dry-run?limit=5"
    found = pages(lambda cursor: administration.staff.call("POST", path + cursor, body))
    [item] = [item for page in found for item in page if item["reference"] == complaint.reference]
    assert (item["change"], item["promised"]) == ("later", promised)
    assert item["reckoned"] > promised
    assert administration.setting("calendar", "demo-tr") == before


def test_a_dry_run_is_refused_as_the_change_is(administration: Office) -> None:
    call = partial(administration.staff.call, "POST")
    wrong = {"removed": [{"on": "2031-04-22"}]}
    assert pointers(call("/settings/calendar/demo-gb/dry-run", wrong)) == ["/removed/0/on"]
    assert call("/settings/texts/demo-gb/dry-run", {}).status == 404
    assert call("/settings/calendar/none/dry-run", {}).status == 404
    kim = Staff(administration.run, "Kim")
    assert kim.call("POST", "/settings/calendar/demo-gb/dry-run", {}).status == 403


def test_longer_windows_can_be_tried_too(administration: Office) -> None:
    got = administration.staff.call("POST", "/settings/site/demo-gb/dry-run", {"windows": None})
    assert got.status == 200
    assert got.json["counts"]["earlier"] == 0
