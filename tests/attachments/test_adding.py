"""Files are added to a complaint over HTTP, and fetched by those who may see the case."""

import hashlib
from typing import Any

import pytest

from complaints.case.record.attachments import FileType
from complaints.casework.record.attachments import MOST_BYTES
from tests.attachments.samples import GOOD, PNG, PROGRAM, SVG, TWO_THINGS, png, png_chunk
from tests.attachments.steps import Progress, add, announce, offer, request, try_to_offer, upload
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def fetched(run: LocalRun, got: Answer) -> Answer:
    """The file at the address that was given out."""
    assert got.status == 200, got.text
    return request(got.json["url"], "GET")


def test_a_file_of_10_mb_is_uploaded_in_pieces_and_kept(complaint: Complaint) -> None:
    content = PNG + b"\0" * (MOST_BYTES - len(PNG))
    place = offer(complaint, size=len(content))
    progress = Progress(content)
    assert upload(place, progress).status == 200
    assert progress.sent[0] < len(content) == progress.sent[-1]
    assert announce(complaint, place).json["state"] == "kept"
    got = fetched(complaint.run, complaint.call("GET", f"/attachments/{place['id']}"))
    assert hashlib.sha256(got.body).digest() == hashlib.sha256(content).digest()


def test_a_picture_is_kept_without_what_a_camera_wrote(complaint: Complaint) -> None:
    secret = b"Author\0Ada, at 41.01 N"
    id = add(complaint, png(png_chunk(b"tEXt", secret)))["id"]
    staff = Staff(complaint.run)
    got = fetched(complaint.run, staff.call("GET", f"/complaints/{complaint.reference}/attachments/{id}"))
    assert got.body == png(png_chunk(b"paDd", bytes(len(secret))))
    assert staff.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]


@pytest.mark.parametrize("kind", FileType)
def test_each_type_is_kept_and_shown_on_both_sides(complaint: Complaint, kind: FileType) -> None:
    added = add(complaint, GOOD[kind], type=kind, name="Kırık lamba")
    assert complaint.view()["attachments"] == [added]
    assert (
        added | {"flaw": None, "scan": "not_scanned", "internal": False, "shared": False}
        == Staff(complaint.run).case(complaint)["attachments"][0]
    )
    assert (added["state"], added["name"], added["type"]) == ("kept", "Kırık lamba", kind)


def test_attachments_are_downloads(complaint: Complaint) -> None:
    path = f"/attachments/{add(complaint, name='../<lamp>.html')['id']}"
    staff = Staff(complaint.run)
    theirs = staff.call("GET", f"/complaints/{complaint.reference}{path}")
    for text in (complaint.call("GET", path), theirs):
        got = fetched(complaint.run, text)
        assert got.body == PNG
        assert got.headers["Content-Disposition"] == (
            "attachment; filename=\"lamp.png\"; filename*=UTF-8''lamp.png"
        )
        assert got.headers["Content-Type"] == "image/png"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert not text.json["url"].startswith(complaint.run.url), "files have an origin of their own"


def test_an_attachment_belongs_to_one_case(complaint: Complaint) -> None:
    other, added = complain(complaint.run), add(complaint)
    for method, path in (("GET", ""), ("POST", "/arrived")):
        assert other.call(method, f"/attachments/{added['id']}{path}").status == 404
    assert complaint.call("GET", f"/attachments/{added['id']}", Authorization="Bearer x").status == 404
    assert (
        request(f"{complaint.run.url}/v1/desk/complaints/{complaint.reference}/attachments/a", "GET").status
        == 401
    )


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"type": "text/html"}, "/type"),
        ({"type": "image/svg+xml"}, "/type"),
        ({"type": "application/x-msdownload"}, "/type"),
        ({"type": None}, "/type"),
        ({"size": 0}, "/size"),
        ({"size": -1}, "/size"),
        ({"size": 1e12}, "/size"),
        ({"size": "10"}, "/size"),
        ({"size": True}, "/size"),
        ({"size": MOST_BYTES + 1}, "/size"),
        ({"name": ""}, "/name"),
        ({"name": "x" * 2_001}, "/name"),
        ({"key": "../../x"}, "/key"),
    ],
)
def test_s36_a_wrong_offer_is_refused(complaint: Complaint, fields: dict[str, Any], pointer: str) -> None:
    got = try_to_offer(complaint, **fields)
    assert got.status == 422
    assert [wrong["pointer"] for wrong in got.json["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("kind", "content"),
    [(FileType.PNG, PROGRAM), (FileType.TEXT, SVG), (FileType.PDF, PNG), *TWO_THINGS.values()],
    ids=["a program", "a drawing", "another type", *TWO_THINGS],
)
def test_s36_what_is_not_what_it_says_is_held_back(
    complaint: Complaint, kind: FileType, content: bytes
) -> None:
    added = add(complaint, content, type=kind)
    assert added["state"] == "refused"
    assert added["reason"]
    path = f"/attachments/{added['id']}"
    assert complaint.call("GET", path).status == 404
    assert Staff(complaint.run).call("GET", f"/complaints/{complaint.reference}{path}").status == 404


@pytest.mark.parametrize("text", ["../../x", "..\\x", "CON", "x" * 300, "\u202egnp.exe", "a\r\nb"])
def test_s35_an_attachment_name_is_no_path(complaint: Complaint, text: str) -> None:
    added = add(complaint, name=text)
    address = complaint.call("GET", f"/attachments/{added['id']}").json["url"]
    assert f"/{complaint.reference}/{added['id']}?" in address
    assert fetched(complaint.run, complaint.call("GET", f"/attachments/{added['id']}")).body == PNG


def test_an_offer_is_answered_again_under_its_key(complaint: Complaint) -> None:
    body = {"name": "lamp.png", "type": "image/png", "size": len(PNG)}
    first, again = (complaint.call("POST", "/attachments", body, Idempotency_Key="k") for _ in range(2))
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (201, 201, "true")
    assert first.json["id"] == again.json["id"]
    assert upload(first.json, PNG).status == 200
    assert announce(complaint, again.json).json["state"] == "kept"
    used = complaint.call("POST", "/attachments", body, Idempotency_Key="k").json
    assert (used["id"], used["upload"]) == (first.json["id"], None)
    other = complaint.call("POST", "/attachments", body | {"size": 1}, Idempotency_Key="k")
    assert (other.status, other.json["type"]) == (422, "/problems/key-reused")


def test_an_announcement_may_be_repeated(complaint: Complaint) -> None:
    added = add(complaint)
    assert announce(complaint, added).json == added
    assert complaint.call("POST", f"/attachments/{added['id']}/arrived", {}).json == added
    assert complaint.call("POST", f"/attachments/{added['id']}/arrived", {"a": 1}).status == 422


def test_the_eleventh_file_is_refused(complaint: Complaint) -> None:
    for _ in range(10):
        offer(complaint)
    got = try_to_offer(complaint)
    assert (got.status, got.json["rule"]) == (409, "attachments-full")
    assert "attach" not in got.json["allowed_commands"]
