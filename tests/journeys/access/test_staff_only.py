"""What stays at the desk: internal notes, names of staff, and other people's complaints."""

import json

import pytest

from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun

INTERNAL = {
    "note": {"text": "walrus: the carrier's fault"},
    "find": {"finding": "walrus: packed badly", "root_cause": "training"},
}


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    """A complaint with an internal note in every place where one can be written, and an answer."""
    deniz, complaint = Staff(local_run, "Ebru"), complain(local_run)
    deniz.does(complaint, "assign", {"to": "Ebru", "note": "walrus: mine"})
    deniz.decides(complaint)
    for verb, body in INTERNAL.items():
        deniz.does(complaint, verb, body)
    deniz.does(complaint, "message", {"text": "We are on it.", "note": "walrus: be kind"})
    deniz.does(complaint, "respond", {"note": "walrus: at last"})
    complaint.view()
    return complaint


def test_staff_notes_are_seen_at_the_desk(complaint: Complaint) -> None:
    seen = json.dumps(Staff(complaint.run, "Sam", "auditor").case(complaint))
    assert seen.count("walrus") == 5


def test_the_complainant_never_sees_an_internal_note_or_a_name_of_staff(complaint: Complaint) -> None:
    page = complaint.run.open_link(complaint.receipt["status_url"].removeprefix(complaint.run.url))
    shown = [
        complaint.call("GET").text,
        complaint.call("GET", "/messages").text,
        page.text,
        json.dumps(complaint.letters()),
        json.dumps(complaint.say("answer", {"accepts": True})),
    ]
    assert page.status == 200
    for text in shown:
        assert "walrus" not in text
        assert "Ebru" not in text


def test_s27_the_acknowledgement_says_nothing_that_the_complainant_wrote(local_run: LocalRun) -> None:
    typed = "https://zebra.example/?buy"
    complaint = complain(
        local_run,
        complainant={"name": f"{typed}/name", "email": "zebra-box@example.org"},
        subject=f"{typed}/subject",
        description=f"{typed}/description",
        remedy_sought=f"{typed}/remedy",
        product=f"{typed}/product",
    )
    [letter] = complaint.letters()
    found = json.dumps({name: value for name, value in letter.items() if name != "to"})
    assert "zebra.example" not in found


def test_s22_the_token_is_in_no_answer_of_the_desk(complaint: Complaint) -> None:
    reviewer = Staff(complaint.run, "Robin", "reviewer")
    path = f"/complaints/{complaint.reference}"
    for answer in (reviewer.call("GET", path), reviewer.call("GET", f"{path}/audit")):
        assert answer.status == 200
        assert complaint.access not in answer.text


def test_staff_have_no_token_of_a_complainant(complaint: Complaint) -> None:
    as_complainant = {"Authorization": f"Bearer {Staff(complaint.run).token()}"}
    assert complaint.call("GET", **as_complainant).status == 404
    at_the_desk = {"Authorization": f"Bearer {complaint.access}"}
    path = f"/v1/desk/complaints/{complaint.reference}"
    assert complaint.run.call("GET", path, **at_the_desk).status == 401
