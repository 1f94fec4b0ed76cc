"""Tasks at the page of a case: given on a page of its own, completed on the page of the case."""

from datetime import timedelta

import pytest

from tests.journeys.steps import Staff, clock, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, attributes_of, linked, options_of, verbs, words
from tests.pages.desk_client import signed_in

ASKED = "What did the driver note?"


@pytest.fixture
def kim(local_run: LocalRun) -> CaseDesk:
    """A reviewer in front of a case that just came."""
    return CaseDesk(local_run, complain(local_run))


def due(kim: CaseDesk) -> str:
    return (clock(kim.run) + timedelta(days=3)).date().isoformat()


def test_a_task_is_given_on_a_page_of_its_own_and_answered_in_the_case(kim: CaseDesk) -> None:
    page = kim.page()
    assert "task" not in verbs(page)
    assert "task" in linked(page)
    form = kim.page("/forms/task")
    assert "Kim" in options_of(form, "task-to")
    text = kim.follow(kim.send("task", form, text=ASKED, to="Kim", due=due(kim)))
    assert "The task is given." in text
    assert text.count(ASKED) == 2, "among the tasks, and in the timeline"
    assert ASKED in words(kim.desk.get("/desk/tasks"))
    text = kim.does("complete", answer="The box was wet.")
    assert "Task 1 was completed" in text
    assert "The box was wet." in text
    assert "complete" not in verbs(kim.page())


def test_what_is_refused_keeps_every_word(kim: CaseDesk) -> None:
    got = kim.send("task", kim.page("/forms/task"), text=ASKED, due="2020-01-01")
    assert got.status == 422
    assert ASKED in words(got)
    assert attributes_of(got, "task-due")["aria-invalid"] == "true"
    again = kim.send("task", got, text=ASKED, due=due(kim))
    assert again.status == 303


def test_the_form_of_a_command_that_is_not_possible_says_why(kim: CaseDesk) -> None:
    Staff(kim.run).does(kim.complaint, "withdraw", {"note": "She rang."})
    assert kim.desk.get(f"{kim.path}/forms/task").status == 409
    assert kim.desk.get(f"{kim.path}/forms/nothing").status == 404
    assert signed_in(kim.run, "Selin", "quality").get(f"{kim.path}/forms/task").status == 403
