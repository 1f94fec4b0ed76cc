"""A detail of a complaint stands wherever it is told, shown, found or removed: a new one is tried by itself.

Each field of `Details` has a word that nobody else writes, and each surface is asked for all of them.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from complaints.values.details_told import NAMES, TEXTS, UNREDACTED, Details, Identifying
from infrastructure.importing.mapping_file import FIELDS, read_mapping
from infrastructure.importing.row_mapper import complaint_of
from infrastructure.importing.rows import read_rows
from tests.html import Reading
from tests.inbound_mail.hostile_mails import mail
from tests.journeys.privacy.sealed_identity.sealed_case import SEALED, WHY, sealing_run
from tests.journeys.privacy.test_data_of_a_person import Officer
from tests.journeys.steps import Complaint, Staff, clock, complain, exported, go_to, new_word, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, form_of, signed_in
from tests.pages.form_client import Sender
from tests.pages.page_client import Page

DETAILS = Details.__struct_fields__
DAYS = {"occurred_on": "2026-02-03"}
WORDS = [name for name in DETAILS if name not in DAYS]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own, because a category of its site is sealed."""
    with sealing_run(tmp_path_factory.mktemp("details")) as run:
        yield run


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What is told in each field."""
    return {name: new_word() for name in DETAILS} | DAYS


@pytest.fixture(scope="module")
def complaint(run: LocalRun, told: dict[str, str]) -> Complaint:
    return complain(run, **told)


def held(run: LocalRun, reference: str) -> dict[str, Any]:
    """The details of a case as staff read them."""
    details = Staff(run).call("GET", f"/complaints/{reference}").json["details"]
    return {name: details[name] for name in DETAILS}


def asked(page: str) -> set[str | None]:
    """The names of the inputs of a page."""
    return {attributes.get("name") for _, attributes in Reading(page).elements}


def is_said(text: str, words: dict[str, str]) -> dict[str, bool]:
    """Whether a text has each of the words."""
    return {name: words[name] in text for name in WORDS}


EACH = dict.fromkeys(WORDS, True)
NONE = dict.fromkeys(WORDS, False)


def test_each_is_either_found_as_a_name_or_a_text_or_is_no_word() -> None:
    assert sorted((*NAMES, *TEXTS, *UNREDACTED)) == sorted(DETAILS)


def test_staff_read_what_a_website_sent(complaint: Complaint, told: dict[str, str]) -> None:
    assert held(complaint.run, complaint.reference) == told
    page = signed_in(complaint.run).get(f"/desk/cases/{complaint.reference}?lang=en")
    assert is_said(page.text, told) == EACH


def test_the_complainant_reads_it_again(complaint: Complaint, told: dict[str, str]) -> None:
    shown = complaint.view()["details"]
    assert {name: shown[name] for name in DETAILS} == told
    assert is_said(Page(complaint.run, complaint.receipt).open(lang="en").text, told) == EACH


def test_forms_are_told_to_ask_for_it(run: LocalRun) -> None:
    needs = run.call("GET", "/v1/form?site=demo&lang=en").json
    pointers = {field["pointer"] for group in needs["details"] for field in group["fields"]}
    assert {f"/{name}" for name in DETAILS} <= pointers


def test_the_form_without_a_script_takes_it(run: LocalRun, told: dict[str, str]) -> None:
    sender = Sender(run)
    assert asked(sender.page.text) >= {*DETAILS}
    sent = sender.send(**told)
    assert held(run, urlsplit(sent.headers["Location"]).path.removeprefix("/status/")) == told


def test_the_intake_of_the_desk_takes_it(run: LocalRun, told: dict[str, str]) -> None:
    desk = signed_in(run, "Deniz", "agent")
    page = desk.get("/desk/intake")
    assert asked(page.text) >= {*DETAILS}
    hidden, action = form_of(page, "/desk/intake")
    typed = {
        "channel": "telephone",
        "received_at": (clock(run) - timedelta(minutes=10)).astimezone().isoformat(timespec="minutes"),
        "phone": "+90 555 000 00 00",
        "description": "It came in pieces.",
        "consent": "yes",
    }
    got = desk.post(action, [*hidden, *(typed | told).items()])
    assert got.status == 303, got.text
    assert held(run, urlsplit(got.headers["Location"]).path.rpartition("/")[2]) == told


def test_a_complaint_that_is_made_of_a_mail_takes_it(run: LocalRun, told: dict[str, str]) -> None:
    subject = uuid4().hex
    raw = mail(To="demo@in.answerable.example", Subject=subject, Message_ID=f"<{subject}@x>")
    run.call("POST", "/_local/inbound", raw, Content_Type="message/rfc822")
    settle(run)
    desk = signed_in(run, "Kim", "agent")
    address = one_mail(desk, subject)
    page = desk.get(address)
    assert asked(page.text) >= {*DETAILS}
    hidden, action = form_of(page, "/complaint?site=demo")
    got = desk.post(action, [*hidden, ("email", "ada@example.org"), *told.items()])
    assert got.status == 303, got.text
    assert held(run, urlsplit(got.headers["Location"]).path.rpartition("/")[2]) == told


def one_mail(desk: Desk, subject: str) -> str:
    """The address of the mail with this subject, the only one that waits."""
    page = desk.get("/desk/mail?site=demo").text
    assert subject in page
    (address,) = {link for link in Reading(page).links if "/desk/mail/" in link}
    return address


def test_an_import_takes_what_an_export_gives(
    complaint: Complaint, told: dict[str, str], tmp_path: Path
) -> None:
    assert {*DETAILS} <= {*FIELDS}
    kim = Staff(complaint.run, "Kim", "quality")
    files = exported(kim, "/export/cases?site=demo&format=jsonl")
    lines = [line for file in files for line in file.text.split("\n") if complaint.reference in line]
    record = next(each for line in lines if (each := json.loads(line))["reference"] == complaint.reference)
    assert {name: record[name] for name in DETAILS} == told
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(record | {"record": "case"}), "utf-8")
    (row,) = read_rows(path, mapping := read_mapping("answerable"))
    ticket = complaint_of(row, mapping, "demo", acknowledge=False)
    taken = Staff(complaint.run, "Ruth", "reviewer").call(
        "POST", "/imports", ticket.body, Idempotency_Key=ticket.key
    )
    assert taken.status == 201, taken.text
    assert held(complaint.run, taken.json["reference"]) == told


def test_a_case_is_found_by_it(complaint: Complaint, told: dict[str, str]) -> None:
    deniz = Staff(complaint.run)
    for name in WORDS:
        found = deniz.call("GET", f"/search?q={told[name]}").json["items"]
        assert complaint.reference in {each["reference"] for each in found}, name


def test_the_person_takes_it_away(complaint: Complaint, told: dict[str, str]) -> None:
    own = complaint.call("GET", "/data").json["complaint"]
    assert {name: own[name] for name in DETAILS} == told
    paula = Officer(complaint.run)
    assert paula.orders(complaint).status == 200
    page = paula.fetches().read(f"{complaint.reference}/index.html").decode()
    assert is_said(page, told) == EACH


def test_it_is_redacted_with_the_complaint_and_erased_with_the_case(run: LocalRun) -> None:
    told = {name: new_word() for name in DETAILS} | DAYS
    complaint, ruth = complain(run, **told), Staff(run, "Ruth", "reviewer")
    ruth.does(complaint, "redact", {"message": 1, "reason": "It names a neighbour."})
    left = held(run, complaint.reference)
    assert {name for name in DETAILS if left[name] == told[name]} == {*UNREDACTED}
    gone = complain(run, **told)
    assert is_said(json.dumps(ruth.case(gone)), told) == EACH
    gone.say("withdrawal", {"reason": "It is all right."})
    settle(run)
    Staff(run, "Paula", "privacy").does(gone, "erase", {"ground": "not_needed"})
    go_to(run, clock(run) + timedelta(hours=26))
    settle(run)
    for case in (complaint, gone):
        assert is_said(json.dumps(ruth.case(case)), told) == NONE
    found = [ruth.call("GET", f"/search?q={word}").json["items"] for word in told.values()]
    assert [each for items in found for each in items if each["reference"] == gone.reference] == []


def test_of_a_sealed_case_only_a_custodian_reads_what_says_who_it_is(run: LocalRun) -> None:
    told = {name: new_word() for name in DETAILS} | DAYS
    sealed, who = complain(run, category=SEALED, **told), Identifying.__struct_fields__
    apart = {name: name not in who for name in WORDS}
    assert is_said(json.dumps(Staff(run).case(sealed)), told) == apart
    cora = Staff(run, "Cora", "custodian")
    cora.does(sealed, "open_identity", {"reason": WHY})
    opened = cora.call("GET", f"/complaints/{sealed.reference}/person").json["identity"]
    assert {name: opened[name] for name in who} == {name: told[name] for name in who}
    page = signed_in(run, "Cora", "custodian").get(f"/desk/cases/{sealed.reference}/person?lang=en")
    assert {name for name in who if told[name] in page.text} == {*who}
