"""Files that staff add to a case: looked at like all others, and never shown to the complainant."""

import uuid
from typing import Any

import pytest

from complaints.case.record.attachments import FileType
from tests.attachments.samples import GOOD
from tests.attachments.steps import add, upload
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun

PNG = GOOD[FileType.PNG]


def path(complaint: Complaint) -> str:
    return f"/complaints/{complaint.reference}/attachments"


def offer(staff: Staff, complaint: Complaint, **fields: Any) -> Answer:
    body = {"name": "depot.png", "type": "image/png", "size": len(PNG)} | fields
    return staff.call("POST", path(complaint), body, Idempotency_Key=str(uuid.uuid4()))


def added(staff: Staff, complaint: Complaint, content: bytes = PNG) -> dict[str, Any]:
    """Adds a file; what became of it."""
    got = offer(staff, complaint, size=len(content))
    assert got.status == 201, got.text
    assert upload(got.json, content).status == 200
    data = staff.call("POST", f"{path(complaint)}/{got.json['id']}/arrived", {})
    assert data.status == 200, data.text
    return dict(data.json)


def test_a_file_of_staff_is_in_the_case_and_nowhere_for_the_complainant(local_run: LocalRun) -> None:
    complaint, deniz = complain(local_run), Staff(local_run)
    theirs = add(complaint)
    file = added(deniz, complaint)
    assert (file["state"], file["internal"]) == ("kept", True)
    shown = deniz.case(complaint)["attachments"]
    assert [each["internal"] for each in shown] == [False, True]
    assert deniz.call("GET", f"{path(complaint)}/{file['id']}").status == 200
    assert [each["id"] for each in complaint.view()["attachments"]] == [theirs["id"]]
    assert file["id"] not in complaint.call("GET", "/data").text
    assert complaint.call("GET", f"/attachments/{file['id']}").status == 404


def test_it_is_looked_at_and_refused_like_any_other(local_run: LocalRun) -> None:
    file = added(Staff(local_run), complain(local_run), b"<svg onload=alert(1)>")
    assert (file["state"], file["flaw"]) == ("refused", "wrong_type")


def test_files_of_staff_take_no_room_of_the_complainants(local_run: LocalRun) -> None:
    complaint, deniz = complain(local_run), Staff(local_run)
    for _ in range(10):
        assert offer(deniz, complaint).status == 201
    assert offer(deniz, complaint).json["rule"] == "attachments-full"
    assert add(complaint)["state"] == "kept"


@pytest.mark.parametrize("role", ["quality", "auditor", "admin"])
def test_only_who_works_on_cases_adds_files(local_run: LocalRun, role: str) -> None:
    assert offer(Staff(local_run, f"Files-{role}", role), complain(local_run)).status == 403


def test_staff_announce_no_file_of_the_complainants(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    file = add(complaint)
    assert Staff(local_run).call("POST", f"{path(complaint)}/{file['id']}/arrived", {}).status == 404


def test_a_file_is_sent_to_the_complainant_with_a_letter(local_run: LocalRun) -> None:
    complaint, deniz = complain(local_run), Staff(local_run)
    theirs, file = add(complaint), added(deniz, complaint)
    refused = deniz.tries(complaint, "send_file", {"file": theirs["id"], "text": "Here it is."})
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/file")
    case = deniz.does(complaint, "send_file", {"file": file["id"], "text": "The report of the depot."})
    assert "send_file" not in case["allowed_commands"], "there is no other file to send"
    assert [each["id"] for each in complaint.view()["attachments"]] == [theirs["id"], file["id"]]
    assert complaint.call("GET", f"/attachments/{file['id']}").status == 200
    assert file["id"] in complaint.call("GET", "/data").text
    assert "The report of the depot." in complaint.letters()[-1]["text"]
