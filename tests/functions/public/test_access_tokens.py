"""Tokens of complainants: each opens one case, and a wrong one says nothing."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, address, complain, form, submit
from tests.local_run import LocalRun

UNREAL = "C-ZZZZZ-ZZZZZ-A"


@pytest.fixture(scope="module")
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def seen(got: Answer) -> tuple[int, bytes, dict[str, str]]:
    """All that somebody sees of an answer, but for when and over which connection it came."""
    of_the_way = ("Date", "Connection")
    return got.status, got.body, {name: each for name, each in got.headers.items() if name not in of_the_way}


def wrong_tokens(complaint: Complaint) -> Iterator[str]:
    """Tokens that are nearly right, and some that are not."""
    access = complaint.access
    yield complain(complaint.run).access
    yield access[:-1]
    yield access + "A"
    yield access.upper()
    yield access.lower()
    yield access[::-1]
    yield ("A" if access[0] != "A" else "B") + access[1:]
    yield access + "="
    yield "x"
    yield "x" * 7_000
    yield "ş".encode().decode("latin-1")


@pytest.mark.parametrize(
    ("method", "what", "body"),
    [
        ("GET", "", None),
        ("GET", "/messages", None),
        ("POST", "/messages", {"text": "x"}),
        ("POST", "/answer", {"accepts": True}),
        ("POST", "/withdrawal", {}),
    ],
)
def test_s20_any_wrong_token_is_answered_as_if_there_were_no_complaint(
    complaint: Complaint, method: str, what: str, body: object
) -> None:
    nothing = complaint.run.call(
        method, f"/v1/complaints/{UNREAL}{what}", body, Authorization=f"Bearer {complaint.access}"
    )
    assert nothing.status == 404
    for token in wrong_tokens(complaint):
        got = complaint.call(method, what, body, Authorization=f"Bearer {token}")
        assert seen(got) == seen(nothing)
    assert complaint.view()["stage"] == "acknowledged"


def test_s20_the_page_is_opened_by_its_own_token_only(complaint: Complaint) -> None:
    path = complaint.receipt["status_url"].removeprefix(complaint.run.url).partition("?")[0]
    nothing = complaint.run.call("GET", f"/status/{UNREAL}?t={complaint.access}")
    assert nothing.status == 404
    for token in ("x", complaint.access[:-1], complaint.access.swapcase(), ""):
        assert seen(complaint.run.call("GET", f"{path}?t={token}")) == seen(nothing)


def test_s20_the_token_is_taken_from_its_header_only(complaint: Complaint) -> None:
    path = f"/v1/complaints/{complaint.reference}"
    asked = complaint.run.call("GET", f"{path}?t={complaint.access}&access={complaint.access}")
    assert asked.status == 401
    cookie = complaint.run.call("GET", path, Cookie=f"access={complaint.access}; session=x")
    assert (cookie.status, cookie.headers["Set-Cookie"]) == (401, None)
    for scheme in ("Basic", "Token", ""):
        got = complaint.run.call("GET", path, Authorization=f"{scheme} {complaint.access}".strip())
        assert got.status == 401


def test_s23_a_key_opens_nobody_else_s_complaint(local_run: LocalRun) -> None:
    key, mine = "s23-shared-key", form()
    first = submit(local_run, mine, key)
    for theirs in (mine | {"description": "Another one."}, mine | {"consent": True, "zebra": 1}):
        got = submit(local_run, theirs, key)
        assert (got.status, got.json["type"]) == (422, "/problems/key-reused")
        assert first.json["access"] not in got.text
        assert first.json["reference"] not in got.text
    elsewhere = submit(local_run, mine | {"site": "demo-gb"}, key)
    assert (elsewhere.status, elsewhere.headers["Idempotent-Replayed"]) == (201, None)
    assert elsewhere.json["reference"] != first.json["reference"]


def without_reference(got: Answer) -> tuple[int, dict[str, Any], str | None]:
    """All that an answer says, but for what is made anew for each complaint."""
    anew = ("reference", "access", "receipt_code", "status_url", "received_at")
    expected = {name: value for name, value in got.json.items() if name not in anew}
    return got.status, expected, got.headers["Idempotent-Replayed"]


@pytest.mark.parametrize(
    "changes", [{}, {"proof": None}, {"consent": False}, {"proof": "bm8gcHJvb2Y="}], ids=str
)
def test_s23_a_key_that_somebody_used_is_free_for_a_stranger(
    local_run: LocalRun, changes: dict[str, Any]
) -> None:
    """With a made-up body, and with one that is refused: nothing tells that there was a complaint."""
    used, free, made_up = "order-4711", str(uuid4()), form(**changes)
    first = submit(local_run, form(), used)
    stranger, nobody = (
        submit(local_run, made_up | {"complainant": {"email": address()}}, key) for key in (used, free)
    )
    assert without_reference(stranger) == without_reference(nobody)
    assert stranger.json.get("reference") != first.json["reference"]


def test_s23_the_key_stays_with_whoever_can_be_reached_so_however_it_is_typed(local_run: LocalRun) -> None:
    key, mine = str(uuid4()), form()
    submit(local_run, mine, key)
    typed = {"complainant": {"email": mine["complainant"]["email"].upper(), "name": "A. Y."}}
    got = submit(local_run, mine | typed, key)
    assert (got.status, got.json["type"]) == (422, "/problems/key-reused")


def test_s23_a_replay_does_not_pass_the_door(local_run: LocalRun, complaint: Complaint) -> None:
    key, body = {"Idempotency_Key": "s23"}, {"text": "Hello"}
    assert complaint.call("POST", "/messages", body, **key).status == 202
    wrong = {"Authorization": f"Bearer {complain(local_run).access}"}
    assert complaint.call("POST", "/messages", body, **key, **wrong).status == 404
    assert complaint.call("POST", "/messages", body, **key, Authorization="").status == 401


def test_s23_a_command_s_replay_does_not_pass_the_door(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    key, body = {"Idempotency_Key": "s23"}, {"text": "Hello"}
    assert deniz.tries(complaint, "note", body, 1, **key).status == 200
    for claims, status in (({"roles": ["auditor"]}, 403), ({"sub": "Stranger"}, 403), ({"exp": 0}, 401)):
        token = {"Authorization": f"Bearer {deniz.token(**claims)}"}
        assert deniz.tries(complaint, "note", body, 1, **key, **token).status == status
    assert deniz.case(complaint)["version"] == 2


def test_s23_a_replay_is_built_anew_and_tells_only_what_was_told(local_run: LocalRun) -> None:
    body = form()
    first = submit(local_run, body, "s23-again")
    complaint = Complaint(local_run, body["complainant"]["email"], first.json)
    Staff(local_run).does(complaint, "ask", {"text": "Which one?"})
    again = submit(local_run, body, "s23-again")
    assert (again.status, again.json) == (201, first.json)
    assert again.headers["Location"] == first.headers["Location"]
