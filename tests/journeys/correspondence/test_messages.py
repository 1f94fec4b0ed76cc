"""The correspondence in pages: the last messages stand in the view, older ones behind a cursor."""

import pytest

from tests.journeys.steps import Complaint, Staff, complain, keep_midnight_away, pages
from tests.local_run import LocalRun

A_PAGE = 20
COUNT = 41


@pytest.fixture(scope="module")
def talked(local_run: LocalRun) -> Complaint:
    """A complaint about which much was written."""
    deniz, complaint = Staff(local_run), complain(local_run)
    version = deniz.case(complaint)["version"]
    for number in range(COUNT):
        sent = deniz.tries(complaint, "message", {"text": f"Message {number}"}, version + number)
        assert sent.status == 200, sent.text
    return complaint


def test_the_view_shows_the_last_messages_in_their_order(talked: Complaint) -> None:
    texts = [message["text"] for message in talked.view()["messages"]]
    assert texts == [f"Message {number}" for number in range(COUNT - A_PAGE, COUNT)]


def test_every_message_is_found_once_page_by_page(talked: Complaint) -> None:
    found = pages(lambda cursor: talked.call("GET", f"/messages?limit={A_PAGE}&{cursor}"))
    assert [len(page) for page in found] == [A_PAGE, A_PAGE, COUNT - 2 * A_PAGE]
    in_order = [message["text"] for page in reversed(found) for message in page]
    assert in_order == [f"Message {number}" for number in range(COUNT)]


@pytest.mark.parametrize("query", ["", "?limit=41", "?limit=100"])
def test_a_page_that_holds_all_messages_is_the_last(talked: Complaint, query: str) -> None:
    got = talked.call("GET", f"/messages{query}").json
    assert (len(got["items"]), got["next"]) == (COUNT, None)


@pytest.mark.parametrize("limit", ["0", "101", "x", ""])
def test_a_limit_of_messages_is_from_one_to_a_hundred(talked: Complaint, limit: str) -> None:
    refused = talked.call("GET", f"/messages?limit={limit}")
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/limit")


def test_a_cursor_opens_its_own_list_only(talked: Complaint) -> None:
    cursor = talked.call("GET", "/messages?limit=1").json["next"]
    other = complain(talked.run)
    changed = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    for complaint, wrong in (
        (other, cursor),
        (talked, changed),
        (talked, "x"),
        (talked, "%F0%9F%A6%A9" * 500),
    ):
        refused = complaint.call("GET", f"/messages?cursor={wrong}")
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/cursor")


def test_a_complaint_without_messages_has_an_empty_page(local_run: LocalRun) -> None:
    assert complain(local_run).call("GET", "/messages").json == {"items": [], "next": None}


def test_the_twenty_first_message_of_a_day_has_to_wait(local_run: LocalRun) -> None:
    keep_midnight_away(local_run)
    complaint = complain(local_run)
    for number in range(20):
        complaint.say("messages", {"text": f"More {number}"})
    refused = complaint.call("POST", "/messages", {"text": "And more"})
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert len(complaint.view()["messages"]) == 20
