"""The decision for somebody without a mail address, at the page of the case: it is read on the telephone."""

import pytest

from tests.html import Reading
from tests.journeys.steps import Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, options_of, words
from tests.pages.desk_client import form_of

GRACE = {"name": "Grace Muller", "phone": "+90 212 555 01 23"}
CALL = "Call Grace Muller: they have no email."
TOLD = "I have told them"


@pytest.fixture
def kim(local_run: LocalRun) -> CaseDesk:
    """A reviewer in front of a decided case of somebody who has but a telephone."""
    complaint, staff = complain(local_run, complainant=GRACE), Staff(local_run)
    staff.decides(complaint)
    staff.does(complaint, "assign", {"to": "Kim"})
    settle(local_run)
    return CaseDesk(local_run, complaint)


def test_who_is_to_be_called_is_said_at_once_and_telling_them_is_one_press(kim: CaseDesk) -> None:
    queue = "?queue=mine&position=1"
    page = kim.page(queue)
    assert CALL in words(page)
    letter = kim.page(f"/answer{queue}")
    assert "Send, then the next case" not in words(letter)
    assert "tel:+902125550123" in Reading(letter.text).links
    said = kim.desk.get(kim.confirm(letter).headers["Location"])
    assert words(said).count(CALL) == 2, "as what was done, and as what is next"
    assert "is recorded" not in words(said)
    assert "tel:+902125550123" in Reading(said.text).links
    assert kim.complaint.reference in words(said).split("The letter")[1]
    assert kim.complaint.view()["stage"] == "investigating"
    fields, action = form_of(said, f"/commands/complete{queue}")
    told = kim.desk.post(action, [*fields, ("step", "do")])
    assert "The task is completed." in kim.follow(told)
    assert kim.complaint.view()["stage"] == "responded"
    assert Staff(kim.run).case(kim.complaint)["tasks"][-1]["state"] == "completed"


def test_the_next_case_waits_until_the_call_was_made(kim: CaseDesk) -> None:
    asked = kim.send("respond", kim.page("/answer"), step="next")
    assert asked.status == 303
    assert "/next" not in asked.headers["Location"]
    assert TOLD in words(kim.desk.get(asked.headers["Location"]))


def test_tasks_to_complete_are_named_by_what_they_ask_for(kim: CaseDesk) -> None:
    Staff(kim.run).does(kim.complaint, "task", {"text": "Ask the driver.", "due": "2031-03-04", "to": "Kim"})
    kim.send("respond", kim.page("/answer"), step="do")
    text = words(kim.page("/forms/complete"))
    assert len(options_of(kim.page("/forms/complete"), "complete-task")) == 4
    for task in ("Call the complainant, acknowledgement, 1:", "Ask the driver., 2: Kim", "response, 3:"):
        assert task in text
