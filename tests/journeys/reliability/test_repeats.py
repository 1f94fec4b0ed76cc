"""What is sent twice under one key is done once, and answered again."""

import uuid

import pytest

from tests.journeys.steps import Complaint, Staff, complain, form, submit
from tests.local_run import LocalRun


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def test_a_repeated_command_is_done_once(local_run: LocalRun, complaint: Complaint) -> None:
    deniz, key = Staff(local_run), str(uuid.uuid4())
    version = deniz.case(complaint)["version"]
    first, again = (
        deniz.tries(complaint, "message", {"text": "Once."}, version, Idempotency_Key=key) for _ in range(2)
    )
    assert (first.status, again.status) == (200, 200)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json["version"] == first.json["version"] == version + 1
    assert len(complaint.letters()) == 2


def test_the_same_key_with_another_body_is_refused(local_run: LocalRun, complaint: Complaint) -> None:
    deniz, key = Staff(local_run), str(uuid.uuid4())
    assert deniz.tries(complaint, "note", {"text": "One"}, Idempotency_Key=key).status == 200
    refused = deniz.tries(complaint, "note", {"text": "Another"}, Idempotency_Key=key)
    assert (refused.status, refused.json["type"]) == (422, "/problems/key-reused")


def test_a_key_counts_for_one_caller_one_case_and_one_command(
    local_run: LocalRun, complaint: Complaint
) -> None:
    key, other = str(uuid.uuid4()), complain(local_run)
    for staff, about, verb in (
        (Staff(local_run), complaint, "note"),
        (Staff(local_run, "Kim"), complaint, "note"),
        (Staff(local_run), complaint, "message"),
        (Staff(local_run), other, "note"),
    ):
        done = staff.tries(about, verb, {"text": "Same words"}, Idempotency_Key=key)
        assert (done.status, done.headers["Idempotent-Replayed"]) == (200, None)


def test_a_refused_command_holds_no_key(local_run: LocalRun, complaint: Complaint) -> None:
    deniz, key = Staff(local_run), str(uuid.uuid4())
    assert deniz.tries(complaint, "respond", Idempotency_Key=key).status == 409
    deniz.decides(complaint)
    assert deniz.tries(complaint, "respond", Idempotency_Key=key).status == 200


def test_a_complainant_s_repeat_is_one_message(complaint: Complaint) -> None:
    first, again = (
        complaint.call("POST", "/messages", {"text": "Once."}, Idempotency_Key="k") for _ in range(2)
    )
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (202, 202, "true")
    assert [message["text"] for message in complaint.view()["messages"]] == ["Once."]
    assert complaint.call("POST", "/messages", {"text": "Twice."}, Idempotency_Key="k").status == 422


def test_a_replay_needs_no_proof_any_more(local_run: LocalRun) -> None:
    key, body = str(uuid.uuid4()), form()
    first = submit(local_run, body, key)
    for proof in (None, "", "bm8gcHJvb2Y=", first.json["access"]):
        again = submit(local_run, body | {"proof": proof}, key)
        assert (again.status, again.headers["Idempotent-Replayed"]) == (201, "true")
        assert again.json == first.json
    assert submit(local_run, body, key).json == first.json
