"""Feedback that is no complaint: thanked for, passed on, and a complaint as soon as somebody says so."""

from typing import Any

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain, form, submit
from tests.local_run import LocalRun

KINDS = ("praise", "suggestion", "question")
every_kind = pytest.mark.parametrize("kind", KINDS)
in_each_language = pytest.mark.parametrize("language", ["en", "tr"], ids=["English", "Turkish"])


@pytest.fixture
def kim(local_run: LocalRun) -> Staff:
    return Staff(local_run, "Kim")


def row(staff: Staff, queue: str, complaint: Complaint) -> dict[str, Any] | None:
    found = (row for row in staff.queue(queue) if row["reference"] == complaint.reference)
    return next(found, None)


@every_kind
@in_each_language
@pytest.mark.iso10002("4 customer-focused: feedback")
def test_it_is_thanked_for_and_promises_nothing(local_run: LocalRun, kind: str, language: str) -> None:
    complaint = complain(local_run, feedback=kind, language=language)
    assert (complaint.receipt["promises"], complaint.receipt["zone_text"]) == ([], None)
    assert (
        complaint.receipt["title"] == {"en": "We have your message", "tr": "İletiniz bize ulaştı"}[language]
    )
    view = complaint.view()
    assert (view["feedback"], view["stage"], view["promises"]) == (kind, "received", [])
    (thanks,) = complaint.letters()
    assert {"en": "Thank you for your message", "tr": "İletiniz için teşekkür ederiz"}[language] in thanks[
        "text"
    ]


@every_kind
def test_it_stands_in_the_queue_until_it_is_handled(kim: Staff, kind: str) -> None:
    complaint = complain(kim.run, feedback=kind)
    listed = row(kim, "open", complaint)
    assert listed is not None
    assert listed["due"] is None
    assert "assess" not in kim.case(complaint)["allowed_commands"]
    closed = kim.does(complaint, "close", {"reason": "handled"})
    assert (closed["stage"], closed["ended_because"]) == ("closed", "handled")
    assert row(kim, "open", complaint) is None
    assert row(kim, "closed", complaint) is not None


@every_kind
def test_staff_see_that_it_is_a_complaint(kim: Staff, kind: str) -> None:
    complaint = complain(kim.run, feedback=kind)
    assert kim.tries(complaint, "convert", {}).json["errors"][0]["pointer"] == "/reason"
    case = kim.does(complaint, "convert", {"reason": "She asks for her money back."})
    assert "money back" not in complaint.call("GET", "/data").text, "the words of staff"
    assert (case["feedback"], [each["clock"] for each in case["clocks"]]) == (
        "complaint",
        ["acknowledge", "assess", "respond"],
    )
    view = complaint.view()
    assert view["stage"] == "acknowledged"
    assert {each["clock"] for each in view["promises"]} == {"acknowledge", "respond", "progress"}
    assert "We have received your complaint" in complaint.letters()[-1]["text"]


@in_each_language
def test_the_person_says_that_it_is_a_complaint(kim: Staff, language: str) -> None:
    complaint = complain(kim.run, feedback="question", language=language)
    kim.does(complaint, "close", {"reason": "handled"})
    view = complaint.say("convert", {"reason": "Nobody answered."})
    assert (view["feedback"], view["stage"]) == ("complaint", "received")
    assert complaint.promise()["due"]
    happened = complaint.call("GET", "/data").json["happened"]
    assert [each.get("reason") for each in happened if each["event"] == "converted"] == ["Nobody answered."]
    again = complaint.call("POST", "/convert", {})
    assert (again.status, again.json["type"]) == (409, "/problems/not-now")


def test_a_form_says_what_there_is_to_say(local_run: LocalRun) -> None:
    for language, praise in (("en", "Praise"), ("tr", "Teşekkür")):
        offered = local_run.call("GET", f"/v1/form?site=demo&lang={language}").json["feedback"]
        assert [each["code"] for each in offered] == ["complaint", *KINDS]
        assert offered[1]["label"] == praise


def test_a_site_says_which_kinds_its_forms_offer_and_whether_the_widget_asks(local_run: LocalRun) -> None:
    def asks(**site: object) -> tuple[list[str], bool, bool]:
        Office(local_run).does("site", "demo-au", site)
        form = local_run.call("GET", "/v1/form?site=demo-au").json
        page = local_run.call("GET", "/complain?site=demo-au").text
        asked = {field["name"] for group in form["details"] for field in group["fields"]}
        return [each["code"] for each in form["feedback"]], 'name="feedback"' in page, "feedback" in asked

    every = ["complaint", *KINDS]
    assert asks(feedback=list(KINDS)) == (every, True, False), "as before there was this setting"
    assert asks(feedback=["question"], widget_feedback=True) == (["complaint", "question"], True, True)
    assert asks(feedback=[]) == (["complaint"], False, False), "there is nothing to choose"
    assert asks(feedback=list(KINDS), widget_feedback=False) == (every, True, False)
    refused = Office(local_run).tries("site", "demo-au", {"feedback": ["gossip"]})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/feedback")


def test_another_kind_is_refused(local_run: LocalRun) -> None:
    refused = submit(local_run, form(feedback="gossip"))
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/feedback")
