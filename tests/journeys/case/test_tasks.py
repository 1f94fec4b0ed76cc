"""Tasks over HTTP: a colleague is asked by a date, reminded, and answers; the case shows it all."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from complaints.adapters.inbound_mail.secret_links import masked
from complaints.case.record.attachments import FileType
from tests.attachments.samples import GOOD
from tests.attachments.steps import upload
from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, address, clock, complain, go_to, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import FORM_TYPE

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
@pytest.mark.iso10002("7.6 investigation: asks")
def test_what_a_colleague_was_asked_joins_the_case(local_run: LocalRun, language: str) -> None:
    complaint, kim, found = complain(local_run), Staff(local_run, "Kim"), WORDS[language]
    kim.call("GET", "/me")
    assert give(local_run, complaint).status == 200
    [task] = tasks(complaint, language)
    assert (task["to"], task["state_label"], task["overdue"]) == ("Kim", found["open"], False)
    assert task["text"] == "What did the driver note?"
    kim.does(complaint, "complete", {"task": "1", "answer": "The box was wet."})
    [task] = tasks(complaint, language)
    assert (task["state_label"], task["answer"]) == (found["completed"], "The box was wet.")
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


PRIVATE = "access.language"
"""A category that no other story of the shared run is about."""

UNIT: dict[str, Any] = {
    "to": None,
    "unit": "Swift Couriers",
    "shown": "A parcel for Izmir, left on 3 February.",
}


class Unit:
    """An outside unit with its mailbox, in a browser without scripts."""

    def __init__(self, run: LocalRun, complaint: Complaint) -> None:
        self.run, self.complaint, self.email = run, complaint, address()

    def is_asked(self, **changed: Any) -> dict[str, Any]:
        """Deniz asks it; the mail that it gets."""
        got = give(self.run, self.complaint, **UNIT | {"email": self.email} | changed)
        assert got.status == 200, got.text
        settle(self.run)
        return self.mails()[-1]

    def mails(self) -> list[dict[str, Any]]:
        return self.run.mails(self.email)

    def open(self, mail: dict[str, Any]) -> Answer:
        """Follows the link of a mail."""
        return self.run.open_link(link_in(mail), Accept="text/html")

    def answer(self, mail: dict[str, Any], text: str) -> Answer:
        """Fills in the form of the page, and sends it."""
        path, _, token = link_in(mail).partition("?t=")
        body = urlencode({"t": token, "lang": "en", "text": text}).encode()
        return self.run.call("POST", path, body, Content_Type=FORM_TYPE, Accept="text/html")


def link_in(mail: dict[str, Any]) -> str:
    """The link of a mail below the address of the run."""
    [link] = re.findall(r"https?://[^/\s]+(/tasks/\S+)", mail["text"])
    return str(link)


@pytest.mark.iso10002("7.6 investigation: asks")
def test_an_outside_unit_answers_by_its_link_and_the_answer_joins_the_case(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    unit = Unit(local_run, complaint)
    mail = unit.is_asked()
    assert "driver" not in mail["text"], "what is asked stands on the page alone"
    page = unit.open(mail)
    assert page.status == 200
    assert "What did the driver note?" in page.text
    assert UNIT["shown"] in page.text
    for secret in (complaint.email, "Ada Yılmaz", "zebra", complaint.access):
        assert secret not in page.text, "nothing else of the case is shown"
    assert unit.answer(mail, "").status == 422
    assert unit.answer(mail, "It was delivered at noon.").status == 303
    thanks = unit.open(mail)
    assert (thanks.status, "driver" in thanks.text) == (200, False)
    assert unit.answer(mail, "Once more.").status == 303
    case = Staff(local_run).case(complaint)
    [found] = [fact for fact in case["facts"] if fact["fact"] == "TaskCompleted"]
    assert (found["by"], found["answer"]) == ("unit", "It was delivered at noon.")
    assert case["has_news"]


def test_the_files_of_an_outside_unit_join_the_case_for_staff_alone(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    unit = Unit(local_run, complaint)
    mail = unit.is_asked()
    path, _, token = link_in(mail).partition("?t=")

    def sent(below: str, **fields: str) -> Answer:
        body = urlencode({"t": token} | fields).encode()
        return local_run.call("POST", f"{path}{below}", body, Content_Type=FORM_TYPE, Accept="text/html")

    content = GOOD[FileType.PNG]
    values = {"name": "door.png", "type": "image/png", "size": str(len(content))}
    place = sent("/files", **values)
    assert place.status == 201, place.text
    assert upload(place.json, content).status == 200
    assert sent(f"/files/{place.json['id']}/arrived").json["state"] == "kept"
    [file] = Staff(local_run).case(complaint)["attachments"]
    assert (file["name"], file["internal"]) == ("door.png", True)
    assert complaint.view()["attachments"] == []
    assert unit.answer(mail, "See the picture.").status == 303
    for below in ("/files", f"/files/{file['id']}/arrived"):
        assert sent(below, **values).status == 404, "the link takes no more once the task has ended"
    assert sent("/files", **values | {"t": "x"}).status == 404


def test_s79_a_link_opens_one_task_until_it_ends_or_is_somebody_elses(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    unit, other = Unit(local_run, complaint), Unit(local_run, complaint)
    first, second = unit.is_asked(), other.is_asked()
    token = link_in(second).partition("?t=")[2]
    path = link_in(first).partition("?t=")[0]
    for wrong in (f"{path}?t={token}", path, f"{path}?t={complaint.access}", "/tasks/C-2ABCD-EFGHJ-R/1?t=x"):
        assert local_run.call("GET", wrong, Accept="text/html").status == 404
    assert complaint.call("GET", Authorization=f"Bearer {token}").status == 404
    Staff(local_run).does(complaint, "cancel", {"task": "1", "reason": "The driver rang."})
    assert unit.open(first).status == 404
    assert unit.answer(first, "Too late.").status == 404
    Staff(local_run).does(complaint, "reassign", {"task": "2", "unit": "Rain", "email": unit.email})
    settle(local_run)
    assert other.open(second).status == 404
    assert unit.open(unit.mails()[-1]).status == 200


def test_s79_the_link_of_a_task_is_masked_in_mail_that_comes_back(local_run: LocalRun) -> None:
    mail = Unit(local_run, complain(local_run)).is_asked()
    link = re.search(r"https?://\S+/tasks/\S+", mail["text"])
    assert link
    assert masked(f"> {link[0]}") == f"> {link[0].partition('?t=')[0]}?t=***"


def listed(staff: Staff, **query: str) -> list[tuple[str, str]]:
    """The open tasks of a list, by case and number."""
    got = staff.call("GET", f"/tasks?{urlencode(query)}")
    assert got.status == 200, got.text
    return [(task["reference"], task["id"]) for task in got.json["items"]]


def test_a_member_sees_own_open_tasks_in_a_list_the_first_due_first(local_run: LocalRun) -> None:
    late, soon = complain(local_run), complain(local_run)
    selin = Staff(local_run, f"Selin-{uuid4().hex[:8]}", "quality")
    selin.call("GET", "/me")
    give(local_run, late, days=9, to=selin.name)
    give(local_run, soon, days=2, to=selin.name)
    give(local_run, soon, days=1, to=None)
    assert listed(selin) == [(soon.reference, "1"), (late.reference, "1")]
    asked = {task["text"] for task in selin.call("GET", "/tasks").json["items"]}
    assert asked == {"What did the driver note?"}
    assert (soon.reference, "2") in listed(selin, whose="team", limit="100")
    first = selin.call("GET", "/tasks?limit=1").json
    assert [task["id"] for task in first["items"]] == ["1"]
    assert listed(selin, limit="1", cursor=first["next"]) == [(late.reference, "1")]
    selin.does(soon, "complete", {"task": "1", "answer": "The box was wet."})
    selin.does(late, "reassign", {"to": "Kim"})
    assert listed(selin) == []


def test_a_list_has_no_case_that_became_hidden_from_its_reader(local_run: LocalRun) -> None:
    complaint, kim = complain(local_run, category=PRIVATE), Staff(local_run, f"Kim-{uuid4().hex[:8]}")
    kim.call("GET", "/me")
    give(local_run, complaint, to=kim.name)
    give(local_run, complaint, to=None)
    assert listed(kim) == [(complaint.reference, "1")]
    put = {"list": "categories", "code": PRIVATE, "sensitive": True}
    office = Office(local_run)
    office.does("member", office.adds("reviewer").name, {"sensitive": True})
    office.does("codes", "demo", {"put": [put]})
    try:
        assert listed(kim) == []
        assert complaint.reference not in dict(listed(kim, whose="team", limit="100"))
    finally:
        office.does("codes", "demo", {"put": [put | {"sensitive": False}]})


def test_somebody_with_nothing_but_a_telephone_is_called(local_run: LocalRun) -> None:
    person = {"name": "Ada Yılmaz", "phone": "+90 212 000 00 00"}
    complaint, deniz = complain(local_run, complainant=person), Staff(local_run)
    [call] = tasks(complaint)
    assert (call["call"], call["state"]) == ("acknowledgement", "open")
    letter = deniz.call("GET", f"/complaints/{complaint.reference}/letters/{call['letter']}")
    assert complaint.reference in letter.text, "what is to be told stands in the letter"
    case = deniz.does(complaint, "complete", {"answer": "I told her all of it."})
    assert (case["stage"], case["letters_to_post"]) == ("acknowledged", [])
    letters = deniz.call("GET", f"/complaints/{complaint.reference}/letters").json["items"]
    assert [letter["state"] for letter in letters] == ["told"]
    case = deniz.decides(complaint)
    case = deniz.does(complaint, "respond")
    assert (case["stage"], case["tasks"][-1]["call"]) == ("investigating", "resolution")
    case = deniz.does(complaint, "complete", {"answer": "She accepts it."})
    assert case["stage"] == "responded"
