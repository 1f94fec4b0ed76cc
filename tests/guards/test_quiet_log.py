"""What is logged of a whole journey: codes and references, and nothing that anybody wrote or is called."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from functions.public.form.form_fields import POINTERS
from tests.http import call
from tests.journeys.steps import Staff, complain, form, proof
from tests.local_run import LocalRun, running
from tests.pages.desk_client import Desk, signed_in
from tests.pages.form_client import Sender, fields_of

MARK = "zebra"
"""Stands in everything that is sent."""


class Journey:
    """A run, what it logged, and the secrets that passed through it."""

    def __init__(self, run: LocalRun) -> None:
        self.run = run
        self.secrets: list[str] = []

    def go(self) -> None:
        self._story()
        self._mistakes()
        self._pages()
        self._desk()
        self._form()
        for mail in self.run.mails():
            self.secrets += [mail["to"], mail["subject"].partition(" [")[0], mail["headers"]["Message-ID"]]

    def _story(self) -> None:
        deniz = Staff(self.run)
        self.complaint = complaint = complain(
            self.run,
            complainant={
                "name": f"{MARK} Ada",
                "email": f"{MARK}@example.org",
                "phone": f"{MARK} 0555",
                "post": f"{MARK} Street",
            },
            on_behalf_of={"name": f"{MARK} Ayşe", "relation": MARK, "authority": MARK},
            subject=f"{MARK} subject",
            description=f"{MARK} description",
            product=f"{MARK} product",
            order_number=f"{MARK} order",
            place=f"{MARK} place",
            earlier_reference=f"{MARK} earlier",
            taken_elsewhere=f"{MARK} elsewhere",
            danger_details=f"{MARK} danger",
            remedy_sought=f"{MARK} remedy",
            special_needs=f"{MARK} needs",
        )
        deniz.does(complaint, "assign", {"to": "Deniz", "note": MARK})
        deniz.does(complaint, "ask", {"text": f"{MARK} question"})
        complaint.say("messages", {"text": f"{MARK} answer"})
        deniz.decides(complaint, severity=1)
        deniz.does(complaint, "respond", {"note": MARK})
        complaint.view()
        complaint.say("answer", {"accepts": True, "reason": MARK})
        for path in ("/complaints?queue=closed", f"/complaints/{complaint.reference}/audit", "/members"):
            assert deniz.call("GET", path).status == 200
        late = complain(self.run, complainant={"email": f"{MARK}2@example.org"}, subject=MARK)
        self.run.call("POST", "/_local/clock", {"now": late.promise()["due"]})
        self.run.call("POST", "/_local/clock", {"advance": "P10D"})
        self.secrets += [complaint.access, late.access]

    def _mistakes(self) -> None:
        token, solved = Staff(self.run).token(), proof(self.run)
        self.secrets += [token, solved]
        odd: list[tuple[str, str, object, dict[str, str]]] = [
            ("GET", f"/{MARK}?{MARK}={MARK}", None, {"Cookie": MARK, "User_Agent": MARK, "Referer": MARK}),
            ("GET", f"/v1/form?site={MARK}&lang={MARK}", None, {"Accept_Language": MARK, "Origin": MARK}),
            ("POST", "/v1/complaints", f'{{"{MARK}'.encode(), {"Idempotency_Key": MARK}),
            ("POST", "/v1/complaints", form(site=MARK, subject=7, proof=solved), {"Idempotency_Key": MARK}),
            ("POST", "/v1/complaints", form(proof=MARK), {"Idempotency_Key": MARK}),
            ("POST", "/v1/complaints", form(proof=solved), {"Idempotency_Key": f"{MARK}-2"}),
            ("GET", f"/v1/complaints/{MARK}", None, {"Authorization": f"Bearer {MARK}"}),
            ("GET", "/v1/desk/me", None, {"Authorization": f"Bearer {MARK}.{MARK}.{MARK}"}),
            ("GET", f"/v1/desk/complaints?queue={MARK}", None, {"Authorization": f"Bearer {token}"}),
            ("GET", f"/v1/desk/members?site={MARK}", None, {"Authorization": f"Bearer {token}"}),
            ("POST", f"/v1/desk/complaints/{MARK}/commands/{MARK}", {}, {"Authorization": f"Bearer {token}"}),
            (MARK.upper(), "/v1/form", None, {}),
        ]
        for method, path, body, headers in odd:
            assert call(self.run.url, method, path, body, **headers).status < 500

    def _pages(self) -> None:
        own = self.complaint.receipt["status_url"].removeprefix(self.run.url)
        for path in (own, f"{own}&lang={MARK}", f"/status/{MARK}?t={MARK}", f"/procedure?site={MARK}"):
            assert self.run.call("GET", path, Accept="text/html").status < 500
        typed = f"t={quote(self.complaint.access)}&action=add&text={MARK}&once={MARK}".encode()
        form_type = "application/x-www-form-urlencoded"
        self.run.call("POST", own.partition("?")[0], typed, Content_Type=form_type)

    def _desk(self) -> None:
        desk = signed_in(self.run)
        self.secrets += [desk.cookies["__Host-session"], desk.token()]
        for path in (f"/desk?queue={MARK}", f"/desk?category={MARK}", f"/desk/sign-in?to={MARK}"):
            assert desk.get(path).status < 500
        assert desk.get(f"/desk/signed-in?code={MARK}&state={MARK}").status == 401
        words = [("text", MARK), ("to", MARK), ("case", MARK), ("back", MARK)]
        for fields in (words, [("form", desk.token()), *words]):
            assert desk.post("/desk/assign", fields).status < 500
        assert desk.post("/desk/assign", words, Origin=f"https://{MARK}.example").status == 403
        assert Desk(self.run).post("/desk/assign", words).status == 401

    def _form(self) -> None:
        """The form without a script: wrong, right, and its success with the token in a cookie."""
        sender = Sender(self.run)
        typed = dict.fromkeys(POINTERS, MARK) | {"email": f"{MARK}3@example.org", "feedback": "praise"}
        assert sender.send(**(typed | {"website": MARK})).status == 422
        sent = sender.send(
            **(
                typed
                | {"category": "", "occurred_on": "", "preferred_way": "", "anonymous": "", "data_right": ""}
                | {"danger": "yes", "consent": "yes"}
            )
        )
        assert sender.follow(sent).status == 200
        self.secrets += [sender.cookie.partition("=")[2], fields_of(sender.page)["stamp"]]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with running(tmp_path_factory.mktemp("quiet") / "data") as run:
        journey = Journey(run)
        journey.go()
        yield journey


def lines(journey: Journey) -> list[dict[str, Any]]:
    """The lines of the log, without those that count for a metric: threads of a local run may write one of
    these onto the same line."""
    found = (
        each for line in journey.run.said.splitlines() if line.startswith("{") for each in _objects(line)
    )
    return [line for line in found if "_aws" not in line]


def _objects(line: str) -> Iterator[dict[str, Any]]:
    while line:
        found, end = json.JSONDecoder().raw_decode(line)
        yield found
        line = line[end:].lstrip()


def test_s22_nothing_that_was_sent_and_no_token_is_logged(journey: Journey) -> None:
    found = journey.run.said
    assert MARK not in found.lower()
    assert [secret for secret in journey.secrets if secret in found] == []
    for typed in ("@", "Bearer", "Packed without padding", "You are right", "?", "lang=", "eyJ"):
        assert typed not in found


def test_each_request_is_one_line_with_what_an_operator_needs(journey: Journey) -> None:
    answered = [line for line in lines(journey) if line["message"] == "answered"]
    assert len(answered) >= 30
    for line in answered:
        assert {"route", "method", "status", "ms"} <= line.keys()
        assert line["route"].startswith("/")
    commands = [line for line in answered if line["route"].endswith("{verb}") and line["status"] == 200]
    assert commands
    for line in commands:
        assert (line["caller"], line["staff"], line["roles"]) == ("staff", "Deniz", ["agent"])
        assert line["version"] > 1
        assert line["reference"] == journey.complaint.reference


def test_each_refusal_says_which(journey: Journey) -> None:
    refused = [line for line in lines(journey) if line.get("status", 0) >= 400]
    assert refused
    assert [line for line in refused if not line.get("problem")] == []


def test_each_letter_is_one_line_with_its_outcome(journey: Journey) -> None:
    letters = [line for line in lines(journey) if line["message"] == "letter"]
    assert len(letters) == len(journey.run.mails())
    assert {line["outcome"] for line in letters} == {"sent"}
    assert all(line["reference"] and line["letter"] and line["attempt"] for line in letters)
