"""A case is handed to an ombudsman: one archive that opens offline and verifies by `sha256sum` alone."""

import json
import subprocess
import zipfile
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from complaints.case.record.attachments import FileType
from tests.attachments.samples import GOOD
from tests.attachments.steps import add, request
from tests.http import Answer
from tests.journeys.linked_cases.duplicates import merge, twins
from tests.journeys.steps import Complaint, Staff, complain, last_fact, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, Fields, form_of, signed_in

NEIGHBOUR, WHY = "Her neighbour, Zebedee Quux, saw the van.", "It is about her neighbour."
QUESTION = "Who is Zebedee Quux?"


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    """Decided and told; a note and a question name somebody else, and a file was added."""
    complaint = complain(local_run)
    staff = Staff(local_run, role="reviewer")
    staff.does(complaint, "note", {"text": NEIGHBOUR})
    staff.does(complaint, "message", {"text": QUESTION})
    add(complaint)
    staff.decides(complaint, {"kind": "refund", "amount": "49.90", "currency": "EUR"})
    staff.does(complaint, "respond")
    settle(local_run)
    return complaint


def entry(complaint: Complaint, fact: str) -> int:
    """The number of the entry with the last fact of this name."""
    return int(last_fact(Staff(complaint.run).case(complaint), fact)["number"])


def prepare(desk: Desk, complaint: Complaint, *fields: tuple[str, str]) -> Answer:
    """Sends the form of the page, with what was ticked and typed."""
    page = desk.get(f"/desk/cases/{complaint.reference}/case-file")
    hidden, action = form_of(page, "/case-file")
    sent: Fields = [*hidden, *fields]
    return desk.post(action, sent)


def fetched(desk: Desk, complaint: Complaint) -> zipfile.ZipFile:
    """The archive of the last case file that was prepared."""
    number = entry(complaint, "CaseFilePrepared")
    got = desk.get(f"/desk/cases/{complaint.reference}/case-file/{number}")
    assert got.status == 303, got.text
    archive = request(got.headers["Location"], "GET")
    assert (archive.status, archive.headers["Content-Type"]) == (200, "application/zip")
    return zipfile.ZipFile(BytesIO(archive.body))


def texts(archive: zipfile.ZipFile) -> dict[str, str]:
    return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


@pytest.mark.iso10002("8.5 auditing: case-file")
def test_the_whole_case_is_in_one_archive_that_verifies_without_our_code(
    complaint: Complaint, tmp_path: Path
) -> None:
    desk = signed_in(complaint.run)
    assert prepare(desk, complaint).status == 303
    archive = fetched(desk, complaint)
    archive.extractall(tmp_path)
    check = ["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, check=True, capture_output=True).stdout == b""
    named = {line.split("  ", 1)[1] for line in (tmp_path / "SHA256SUMS").read_text().splitlines()}
    assert named | {"SHA256SUMS"} == {*archive.namelist()}
    (tmp_path / "facts.json").write_text("{}")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1
    index = (tmp_path / "index.html").read_text("utf-8")
    for text in ("zebra-striped lamp", NEIGHBOUR, "You are right.", "€49.90", "lamp.png", "Ada Yılmaz"):
        assert text in index, text
    assert "<script" not in index
    assert "http" not in index
    assert archive.read("files/01.png") == GOOD[FileType.PNG]


def test_s90_its_letters_are_those_that_left_and_open_nothing(complaint: Complaint) -> None:
    desk = signed_in(complaint.run)
    prepare(desk, complaint)
    held = texts(fetched(desk, complaint))
    letters = {name: text for name, text in held.items() if name.startswith("letters/")}
    sent = complaint.letters()
    assert len(letters) == len(sent)
    assert any("You are right." in text for text in letters.values())
    assert not [name for name, text in held.items() if complaint.access in text]


def test_its_record_is_the_chain_byte_for_byte(complaint: Complaint) -> None:
    desk = signed_in(complaint.run)
    prepare(desk, complaint)
    archive = fetched(desk, complaint)
    records = [archive.read(name) for name in sorted(archive.namelist()) if name.startswith("record/")]
    assert len(records) == entry(complaint, "CaseFilePrepared") - 1
    for before, after in pairwise(records):
        assert json.loads(after)["before"] == sha256(before).hexdigest()


def test_s89_what_is_about_somebody_else_stays_out_and_is_named(complaint: Complaint) -> None:
    desk = signed_in(complaint.run)
    note, message = entry(complaint, "NoteAdded"), entry(complaint, "MessageSent")
    ticked = [("left_out", f"entry-{note}"), ("redacted", f"entry-{message}"), ("reason", WHY)]
    assert prepare(desk, complaint, *ticked).status == 303
    held = texts(fetched(desk, complaint))
    assert not [name for name, text in held.items() if "Quux" in text]
    assert WHY in held["index.html"]
    assert f"entry-{note}, entry-{message}" in held["index.html"]
    assert f"record/{note:06d}.json" not in held
    [data] = [each for each in json.loads(held["facts.json"])["entries"] if each["number"] == note]
    assert (data["showing"], data["facts"]) == ("left_out", [])
    fact = last_fact(Staff(complaint.run).case(complaint), "CaseFilePrepared")
    assert (fact["left_out"], fact["redacted"], fact["reason"]) == (
        [f"entry-{note}"],
        [f"entry-{message}"],
        WHY,
    )


def test_s89_the_name_of_a_file_left_out_stands_nowhere(complaint: Complaint) -> None:
    desk = signed_in(complaint.run)
    offered = entry(complaint, "AttachmentOffered")
    page = desk.get(f"/desk/cases/{complaint.reference}/case-file").text
    assert f'name="redacted" value="entry-{offered}"' in page
    file = last_fact(Staff(complaint.run).case(complaint), "AttachmentOffered")["id"]
    digest = last_fact(Staff(complaint.run).case(complaint), "AttachmentArrived")["digest"]
    assert prepare(desk, complaint, ("left_out", f"file-{file}"), ("reason", WHY)).status == 303
    held = texts(fetched(desk, complaint))
    assert not [name for name, text in held.items() if "lamp.png" in text or digest in text]
    assert f"record/{offered:06d}.json" in held


def test_the_page_leads_to_the_case_files_of_merged_cases(local_run: LocalRun) -> None:
    part, whole = twins(local_run)
    merge(Staff(local_run), part, whole)
    page = signed_in(local_run).get(f"/desk/cases/{whole.reference}/case-file").text
    assert f'href="/desk/cases/{part.reference}/case-file"' in page


def test_a_form_without_a_reason_keeps_what_was_ticked(complaint: Complaint) -> None:
    desk = signed_in(complaint.run)
    note = f"entry-{entry(complaint, 'NoteAdded')}"
    refused = prepare(desk, complaint, ("left_out", note))
    assert refused.status == 422
    assert f'name="left_out" value="{note}" checked' in refused.text
    assert "Case files that were prepared" not in refused.text


def test_the_form_of_the_command_is_the_page_of_the_case_file(complaint: Complaint) -> None:
    got = signed_in(complaint.run).get(f"/desk/cases/{complaint.reference}/forms/prepare_case_file")
    assert (got.status, got.headers["Location"]) == (303, f"/desk/cases/{complaint.reference}/case-file")


def test_only_a_reviewer_of_the_site_fetches_it(complaint: Complaint) -> None:
    desk = signed_in(complaint.run)
    prepare(desk, complaint)
    path = f"/desk/cases/{complaint.reference}/case-file/{entry(complaint, 'CaseFilePrepared')}"
    for role in ("agent", "quality", "auditor", "admin"):
        assert signed_in(complaint.run, f"Sam-{role}", role).get(path).status == 403, role
    assert desk.get(path.rpartition("/")[0] + "/1").status == 404
    assert desk.get(path.rpartition("/")[0] + "/x").status == 404
