"""Filters of a queue that somebody gives names to: saved, opened, renamed and removed, without scripts."""

import uuid

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.settings.administration import pointers
from tests.journeys.steps import Staff
from tests.local_run import LocalRun
from tests.pages.case_page_client import attributes_of, words
from tests.pages.desk_client import Desk, form_of, signed_in

VIEWS, JSON = "/desk/views", "/views"
FILTERED = "/desk?queue=overdue&level=2&site=demo&limit=25"
QUERY = FILTERED.partition("?")[2]


@pytest.fixture
def person() -> str:
    """Somebody new, who has saved nothing."""
    return f"viewer-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def desk(local_run: LocalRun, person: str) -> Desk:
    return signed_in(local_run, person, "agent")


def saves(desk: Desk, name: str, at: str = FILTERED) -> Answer:
    fields, action = form_of(desk.get(at), VIEWS)
    return desk.post(action, [*fields, ("name", name)])


def changes(desk: Desk, name: str, do: str, to: str = "") -> Answer:
    sent = [("form", desk.token()), ("view", name), ("name", to), ("do", do)]
    return desk.post(VIEWS, sent)


def test_a_view_is_saved_where_it_is_seen_and_opened_renamed_and_removed_by_its_name(desk: Desk) -> None:
    for _ in range(2):
        got = saves(desk, "Late <i>ones</i>")
        assert got.status == 303, words(got)
    page = desk.get(got.headers["Location"])
    assert "The filter is saved." in words(page)
    assert page.text.count("<bdi>Late &lt;i&gt;ones&lt;/i&gt;</bdi>") == 1
    assert f"/desk?{QUERY}" in Reading(desk.get("/desk").text).links
    shown = next(each for tag, each in Reading(page.text).elements if each.get("href") == f"/desk?{QUERY}")
    assert shown["aria-current"] == "page"
    renamed = changes(desk, "Late <i>ones</i>", "rename", "Overdue")
    assert "The filter is renamed." in words(desk.get(renamed.headers["Location"]))
    assert "<bdi>Overdue</bdi>" in desk.get("/desk").text
    removed = changes(desk, "Overdue", "remove")
    assert "You have no saved filters." in words(desk.get(removed.headers["Location"]))
    assert f"/desk?{QUERY}" not in Reading(desk.get("/desk").text).links


def test_what_is_wrong_with_a_name_is_said_beside_it_and_the_name_is_kept(desk: Desk) -> None:
    for name in ("One", "Other"):
        assert saves(desk, name).status == 303
    long = saves(desk, "x" * 61)
    assert (long.status, attributes_of(long, "view-0")["value"]) == (422, "x" * 61)
    assert "#view-0" in Reading(long.text).links
    again, action = form_of(long, VIEWS)
    assert desk.post(action, [*again, ("name", "Short")]).status == 303
    taken = changes(desk, "Other", "rename", "one")
    assert (taken.status, attributes_of(taken, "view-2")["value"]) == (422, "one")
    assert "#view-2" in Reading(taken.text).links
    assert changes(desk, "Nobody's", "rename", "Mine").status == 404


@pytest.mark.parametrize("query", ["cursor=x", "of=Deniz", "level=9", "queue=no-such", "to=//evil.example"])
def test_nothing_is_saved_but_what_a_queue_can_be_asked(desk: Desk, query: str) -> None:
    sent = [("form", desk.token()), ("query", query), ("name", "Odd")]
    assert desk.post(VIEWS, sent).status == 422
    assert "<bdi>Odd</bdi>" not in desk.get(VIEWS).text


def test_views_are_one_s_own_and_a_foreign_form_saves_none(local_run: LocalRun, desk: Desk) -> None:
    saves(desk, "Mine alone")
    assert "Mine alone" not in signed_in(local_run, "Robin").get("/desk").text
    sent = [("form", signed_in(local_run, "Robin").token()), ("query", QUERY), ("name", "Foreign")]
    assert desk.post(VIEWS, sent).status == 403
    assert desk.post(VIEWS, sent, Sec_Fetch_Site="cross-site").status == 403
    assert "Foreign" not in desk.get(VIEWS).text


def test_a_view_of_a_site_that_one_does_not_serve_says_so(local_run: LocalRun, desk: Desk) -> None:
    page = words(desk.get("/desk?queue=overdue&site=elsewhere"))
    assert "You do not work for the site in these filters." in page
    assert "Clear filters" in page


def test_an_auditor_sees_no_form_to_save_one(local_run: LocalRun) -> None:
    assert f'action="{VIEWS}"' not in signed_in(local_run, "Kim", "auditor").get("/desk").text


def test_the_same_views_are_read_and_kept_as_json(local_run: LocalRun, desk: Desk, person: str) -> None:
    saves(desk, "Late ones")
    staff = Staff(local_run, person, "agent")
    got = staff.call("GET", JSON)
    assert (got.json["items"], got.headers["ETag"]) == ([{"name": "Late ones", "query": QUERY}], '"1"')
    put = {"items": [{"name": "Mine", "query": "queue=mine"}, *got.json["items"]]}
    answer = staff.call("PUT", JSON, put, If_Match='"1"')
    assert (answer.status, answer.json["items"], answer.headers["ETag"]) == (200, put["items"], '"2"')
    assert staff.call("GET", JSON).json == answer.json
    assert staff.call("PUT", JSON, put, If_Match='"1"').status == 412
    assert staff.call("PUT", JSON, put).status == 428
    odd = {"items": [put["items"][0], {"name": "mine", "query": "queue=x"}]}
    assert pointers(staff.call("PUT", JSON, odd, If_Match='"2"')) == ["/items/1/query"]
    twice = {"items": [put["items"][0], {"name": "mine", "query": "queue=open"}]}
    assert pointers(staff.call("PUT", JSON, twice, If_Match='"2"')) == ["/items/1/name"]
