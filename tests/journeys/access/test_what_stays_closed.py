"""What opens nothing and reaches nobody: a reference alone, the access of another case, an internal note, and
a line end where a header begins."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.attachments.steps import add, offer, request, try_to_offer, upload
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, address, complain, form, submit
from tests.local_run import LocalRun

UNREAL = "C-ZZZZZ-ZZZZZ-A"
NOTE = "walrus: he has called five times"
ASKED: tuple[tuple[str, str, dict[str, object] | None], ...] = (
    ("GET", "", None),
    ("GET", "/messages", None),
    ("GET", "/data", None),
    ("POST", "/messages", {"text": "x"}),
    ("POST", "/answer", {"accepts": True}),
    ("POST", "/withdrawal", {}),
    ("POST", "/attachments", {"name": "lamp.png", "type": "image/png", "size": 9}),
)
INJECTED = "X-Walrus"
ENDS = ("\r\n", "\n", "\r", "\u2028", "\x85")


def seen(got: Answer, reference: str) -> tuple[int, str, list[tuple[str, str]]]:
    """All that somebody sees of an answer about a reference, whichever it is."""
    headers = [(name, value) for name, value in got.headers.items() if name != "Date"]
    return got.status, got.text.replace(reference, "the reference"), headers


def about(run: LocalRun, reference: str, **headers: str) -> Iterator[Answer]:
    """What is answered to whoever names a reference, at each address of complainants and at the page."""
    for method, what, body in ASKED:
        yield run.call(method, f"/v1/complaints/{reference}{what}", body, Idempotency_Key="k", **headers)
    for query in ("", "?t=", "?email=ada@example.org", f"?t={reference}"):
        yield run.call("GET", f"/status/{reference}{query}", Accept="text/html")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}], ids=["nothing", "a wrong token"])
def test_a_reference_alone_shows_nothing(local_run: LocalRun, headers: dict[str, str]) -> None:
    """Known and unknown ones are answered alike; a mail address beside it opens nothing either."""
    complaint = complain(local_run)
    known, unknown = complaint.reference, UNREAL
    for ours, nobodys in zip(
        about(local_run, known, **headers), about(local_run, unknown, **headers), strict=True
    ):
        assert ours.status in (401, 404)
        assert seen(ours, known) == seen(nobodys, unknown)
        for typed in ("Yılmaz", "zebra", complaint.email, complaint.access):
            assert typed not in ours.text
    assert complaint.view()["stage"] == "acknowledged"


def test_access_of_one_case_opens_no_other(local_run: LocalRun) -> None:
    """Not of the same person either."""
    email = {"name": "Ada Yılmaz", "email": address()}
    own, other = (complain(local_run, complainant=email) for _ in range(2))
    file = add(other)["id"]
    before = other.view()
    token = {"Authorization": f"Bearer {own.access}"}
    for method, what, body in (*ASKED, ("GET", f"/attachments/{file}", None)):
        got = other.call(method, what, body, Idempotency_Key=f"k{what}", **token)
        nothing = local_run.call(method, f"/v1/complaints/{UNREAL}{what}", body, **token)
        assert seen(got, other.reference) == seen(nothing, UNREAL)
        assert got.status == 404
    page = local_run.call("GET", f"/status/{other.reference}?t={own.access}", Accept="text/html")
    assert page.status == 404
    assert other.view() == before


def test_an_internal_note_never_leaves(local_run: LocalRun) -> None:
    """It calls for no letter, and stands in no view, page or copy of the complainant's."""
    complaint, deniz = complain(local_run), Staff(local_run)
    letters = len(complaint.letters())
    deniz.does(complaint, "note", {"text": NOTE})
    page = complaint.receipt["status_url"].removeprefix(local_run.url)
    shown = [complaint.call("GET", what).text for what in ("", "/messages", "/data")]
    shown += [local_run.open_link(f"{page}&lang={language}").text for language in ("en", "tr")]
    assert len(complaint.letters()) == letters
    deniz.does(complaint, "message", {"text": "We look into it.", "note": NOTE})
    complaint.view()
    shown.append(json.dumps(complaint.letters()))
    assert NOTE in json.dumps(deniz.case(complaint))
    assert [text for text in shown if "walrus" in text] == []


@pytest.mark.parametrize("end", ENDS, ids=ascii)
def test_no_header_takes_a_line_end(local_run: LocalRun, end: str) -> None:
    """Of the mails that follow, and of HTTP: nothing that was typed begins a line of its own there."""
    injection = f"Ada{end}{INJECTED}: 1{end}Bcc: eve@example.org"
    typed = form(complainant={"name": injection, "email": address()}, subject=injection)
    got = submit(local_run, typed)
    assert got.status == 201, got.text
    complaint = Complaint(local_run, typed["complainant"]["email"], got.json)
    complaint.view()
    Staff(local_run).does(complaint, "message", {"text": injection})
    complaint.view()
    for letter in complaint.letters():
        assert {"Bcc", INJECTED}.isdisjoint(letter["headers"])
        assert all(len(str(value).splitlines()) <= 1 for value in letter["headers"].values())
    answers = [got, *asked_with(local_run, complaint, injection), kept_as(complaint, injection)]
    assert [answer.headers[INJECTED] for answer in answers] == [None] * len(answers)


def asked_with(run: LocalRun, complaint: Complaint, injection: str) -> Iterator[Answer]:
    """Addresses that hold the words, and a type of a file that does."""
    sign = quote(injection)
    yield run.call("GET", f"/procedure?site=demo&lang={sign}", Accept="text/html")
    yield run.open_link(f"/status/{complaint.reference}?t={complaint.access}&lang={sign}", Accept="text/html")
    yield run.call("GET", f"/problems/{sign}")
    refused = try_to_offer(complaint, type=f"image/png{injection}")
    assert refused.status == 422
    yield refused


def kept_as(complaint: Complaint, name: str) -> Answer:
    """The file that was sent under a name, as it is fetched."""
    content = b"A receipt."
    place = offer(complaint, name=name, type="text/plain", size=len(content))
    assert upload(place, content).status == 200
    complaint.call("POST", f"/attachments/{place['id']}/arrived")
    got = request(complaint.call("GET", f"/attachments/{place['id']}").json["url"], "GET")
    assert got.body == content
    return got
