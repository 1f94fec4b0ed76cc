"""The home of the desk over HTTP: exact numbers, each of which leads to just as many cases."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.html import Reading
from tests.journeys.steps import SCALES, Staff, clock, complain, go_to, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.desk_client import signed_in

HOME = "/desk/home"
DEAR = {"kind": "refund", "amount": "900", "currency": "EUR"}
LED_TO = re.compile(r'<a href="(/desk\?[^"]+)">(?:<b>)?(\d+)<')


def figures(run: LocalRun, query: str = "") -> dict[str, Any]:
    got = Staff(run, "Quinn", "quality").call("GET", f"/home{query}")
    assert got.status == 200, got.text
    return dict(got.json["figures"])


@pytest.mark.iso10002("5.1 commitment: home")
def test_every_number_leads_to_exactly_its_cases(moving_run: LocalRun) -> None:
    """Some are given to somebody, old, overdue, waiting for the complainant, or for a second person."""
    deniz, robin = Staff(moving_run), Staff(moving_run, "Robin", "reviewer")
    old, asked = complain(moving_run), complain(moving_run)
    deniz.does(asked, "assign", {"to": "Deniz"})
    deniz.does(asked, "assess", SCALES)
    deniz.does(asked, "ask", {"text": "Which of the cups are broken?"})
    for days in (3, 9, 30):
        go_to(moving_run, clock(moving_run) + timedelta(days=days))
        complain(moving_run)
    dear = complain(moving_run)
    deniz.decides(dear, DEAR)
    robin.does(old, "assign", {"to": "Robin"})
    settle(moving_run)
    page = signed_in(moving_run, "Robin", "reviewer").get(HOME)
    assert page.status == 200, page.text
    found = [(address.replace("&amp;", "&"), int(number)) for address, number in LED_TO.findall(page.text)]
    waiting = page.text.split('aria-labelledby="needs"')[1].split("</table>")[0]
    assert 1 <= waiting.count('<th scope="row">') <= 4 * 3 + 3
    assert "Yours, overdue" in waiting
    seen = set()
    for address, number in found:
        query = dict(parse_qsl(urlsplit(address).query))
        query.pop("limit", None)
        assert len(robin.queue(query.pop("queue"), **query)) == number, address
        seen |= {*query}
    assert seen == {"age", "assignee", "site"}
    assert any("assignee=%2A" in address for address, _ in found)
    work = figures(moving_run)["work"]
    assert min(work[name] for name in ("open", "unassigned", "overdue", "approvals", "awaiting")) >= 1
    assert sum(work["ages"]) == work["open"]
    assert [min(number, 1) for number in work["ages"]] == [1, 0, 0, 1, 0]


def test_what_is_due_today_is_listed_until_it_is_late(moving_run: LocalRun) -> None:
    complaint = complain(moving_run)
    robin = Staff(moving_run, "Robin", "reviewer")
    [due] = [each["due"] for each in robin.queue("open") if each["reference"] == complaint.reference]
    go_to(moving_run, datetime.fromisoformat(due) - timedelta(minutes=30))
    settle(moving_run)
    today = [each["reference"] for each in robin.queue("due_soon", due="today")]
    assert complaint.reference in today
    assert figures(moving_run)["work"]["due_today"] == len(today)


def test_a_site_of_others_is_not_found_and_who_reads_no_reports_has_no_home(local_run: LocalRun) -> None:
    assert Staff(local_run, "Quinn", "quality").call("GET", "/home?site=nowhere").status == 404
    assert Staff(local_run, "Deniz", "agent").call("GET", "/home").status == 403
    desk = signed_in(local_run, "Quinn", "quality")
    assert desk.get(f"{HOME}?site=nowhere").status == 404
    assert "These need you" not in words(desk.get(HOME)), "who assigns nothing can do nothing about them"
    here = figures(local_run, "?site=demo")
    assert [each["site"] for each in here["by_site"]] == ["demo"]
    assert here["by_site"][0]["work"] == here["work"]


def test_months_and_promises_are_told_with_their_numbers(local_run: LocalRun) -> None:
    complain(local_run)
    page = signed_in(local_run, "Quinn", "quality").get(f"{HOME}?site=demo")
    found = figures(local_run, "?site=demo")
    assert len(found["months"]) == 6
    assert found["this_month"]["received"] >= 1
    stored = sum(each["kept"] for each in found["promises"])
    ended = stored + sum(each["missed"] for each in found["promises"])
    assert f"{stored} of {ended} promises kept this week" in words(page)
    drawn = [each for tag, each in Reading(page.text).elements if tag == "svg" and "role" in each]
    assert [each["role"] for each in drawn] == ["img", "img"]
    assert all(len(each["aria-label"] or "") > 9 for each in drawn)
    assert Reading(page.text).tags.count("table") >= 3


def test_a_home_without_an_open_case_says_so_and_months_do_not_speak_of_this_one(
    moving_run: LocalRun,
) -> None:
    empty = next(each["site"] for each in figures(moving_run)["by_site"] if not each["work"]["open"])
    page = signed_in(moving_run, "Quinn", "quality").get(f"{HOME}?site={empty}")
    assert "No case is open" in words(page)
    assert "0 of 0" not in words(page)
    assert "came in the six months before this one" in words(page)
