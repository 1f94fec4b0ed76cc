"""Tasks over HTTP: a colleague is asked by a date, reminded, and answers; the case shows it all."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, settle
from tests.local_run import LocalRun

WORDS: dict[str, Any] = {
    "en": {"open": "Open", "completed": "Completed"},
    "tr": {"open": "Açık", "completed": "Tamamlandı"},
}


def give(run: LocalRun, complaint: Complaint, days: int = 3, **changed: Any) -> Answer:
    """Deniz asks Kim what the driver noted."""
    due = (clock(run) + timedelta(days=days)).date().isoformat()
    body = {"text": "What did the driver note?", "to": "Kim", "due": due} | changed
    return Staff(run).tries(complaint, "task", body)


def tasks(complaint: Complaint, language: str = "en") -> list[dict[str, Any]]:
    """The tasks of the case as the desk shows them in a language."""
    path = f"/complaints/{complaint.reference}"
    got = Staff(complaint.run).call("GET", path, Accept_Language=language)
    return [dict(task) for task in got.json["tasks"]]


@pytest.mark.parametrize("language", WORDS)
def test_what_a_colleague_was_asked_joins_the_case(local_run: LocalRun, language: str) -> None:
    complaint, kim, said = complain(local_run), Staff(local_run, "Kim"), WORDS[language]
    kim.call("GET", "/me")
    assert give(local_run, complaint).status == 200
    [task] = tasks(complaint, language)
    assert (task["to"], task["state_label"], task["overdue"]) == ("Kim", said["open"], False)
    assert task["text"] == "What did the driver note?"
    kim.does(complaint, "complete", {"task": "1", "answer": "The box was wet."})
    [task] = tasks(complaint, language)
    assert (task["state_label"], task["answer"]) == (said["completed"], "The box was wet.")
    assert Staff(local_run).call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]


def test_a_late_task_is_marked_and_told_once_to_each(moving_run: LocalRun) -> None:
    complaint, kim = complain(moving_run), Staff(moving_run, "Kim")
    kim.call("GET", "/me")
    Staff(moving_run).does(complaint, "assign", {"to": "Deniz"})
    assert give(moving_run, complaint, days=1).status == 200
    for days in (9, 1):
        go_to(moving_run, clock(moving_run) + timedelta(days=days))
        settle(moving_run)
    assert tasks(complaint)[0]["overdue"]
    raised = [fact["to"] for fact in kim.case(complaint)["facts"] if fact["fact"] == "TaskRaised"]
    assert raised == ["holder", "handler", "manager"]
    kim.does(complaint, "cancel", {"reason": "The driver rang."})
    assert not tasks(complaint)[0]["overdue"]


def test_a_task_goes_to_the_team_and_from_there_to_somebody_else(local_run: LocalRun) -> None:
    complaint, kim = complain(local_run), Staff(local_run, "Kim")
    kim.call("GET", "/me")
    assert give(local_run, complaint, to=None).status == 200
    assert tasks(complaint)[0]["to"] is None
    kim.does(complaint, "reassign", {"to": "Kim"})
    assert tasks(complaint)[0]["to"] == "Kim"


def test_all_that_is_wrong_with_a_task_is_named(local_run: LocalRun) -> None:
    refused = give(local_run, complain(local_run), days=-1, to="Nobody")
    assert (refused.status, [error["pointer"] for error in refused.json["errors"]]) == (422, ["/to", "/due"])
