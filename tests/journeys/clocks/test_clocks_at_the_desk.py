"""What staff see of each clock: its state, what is left, and why it is due when it is."""

from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.steps import Complaint, Staff, complain, go_to, moment
from tests.local_run import LocalRun

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def deniz(moving_run: LocalRun) -> Staff:
    return Staff(moving_run, role="reviewer")


def clocks(staff: Staff, complaint: Complaint, language: str = "en") -> dict[str, dict[str, Any]]:
    """The clocks of a case by what they promise."""
    got = staff.call("GET", f"/complaints/{complaint.reference}?lang={language}")
    return {clock["clock"]: clock for clock in got.json["clocks"]}


def test_a_running_clock_explains_its_due_moment(deniz: Staff) -> None:
    complaint = complain(deniz.run)
    respond = clocks(deniz, complaint)["respond"]
    start, day_one, *_, last = respond["reckoning"]
    assert respond["state"] == "running"
    assert start["text"].startswith("30 calendar days from ")
    assert day_one["text"].startswith("The day itself does not count. The first is ")
    assert last["end"] == respond["due"]
    assert sum(step.get("dates", 0) for step in respond["reckoning"]) == 30


def test_what_is_left_of_a_clock_is_in_its_own_unit_and_in_working_time(deniz: Staff) -> None:
    respond = clocks(deniz, complain(deniz.run))["respond"]
    assert respond["elapsed"] == {"amount": 0, "unit": "calendar_days", "text": "0 calendar days"}
    left = respond["left"]
    assert (left["amount"], left["unit"], left["text"]) == (30, "calendar_days", "30 calendar days")
    assert left["working_time"].startswith("PT")


def test_staff_read_the_calculation_in_their_own_language(deniz: Staff) -> None:
    respond = clocks(deniz, complain(deniz.run), language="tr")["respond"]
    assert respond["reckoning"][0]["text"].startswith("30 takvim günü, başlangıç: ")
    assert respond["left"]["text"] == "30 takvim günü"


def test_a_stopped_clock_shows_its_state_alone(deniz: Staff) -> None:
    acknowledge = clocks(deniz, complain(deniz.run))["acknowledge"]
    assert acknowledge["state"] == "kept"
    assert {"elapsed", "left", "reckoning"}.isdisjoint(acknowledge)


def test_a_paused_clock_shows_what_is_left_and_no_due_moment(deniz: Staff) -> None:
    complaint = complain(deniz.run)
    deniz.does(complaint, "assign", {"to": "Deniz"})
    deniz.does(complaint, "ask", {"text": "Which lamp?"})
    respond = clocks(deniz, complaint)["respond"]
    assert (respond["state"], respond["due"], respond["reckoning"]) == ("paused", None, [])
    assert respond["left"]["amount"] == 30


def test_an_extended_clock_says_by_how_much(deniz: Staff) -> None:
    complaint = complain(deniz.run)
    deniz.does(complaint, "extend", {"clock": "respond", "reason": "We wait for the courier."})
    complaint.view()
    respond = clocks(deniz, complaint)["respond"]
    assert respond["reckoning"][0]["text"].startswith("30 calendar days, and 15 calendar days more from ")
    assert respond["left"]["amount"] == 45


def test_a_clock_that_is_late_is_missed_while_it_still_runs(deniz: Staff) -> None:
    complaint = complain(deniz.run)
    go_to(deniz.run, moment(complaint.promise()["due"]) + A_SECOND)
    respond = clocks(deniz, complaint)["respond"]
    assert (respond["state"], respond["left"]["working_time"]) == ("missed", "PT0S")
    assert respond["reckoning"][-1]["end"] == respond["due"]
