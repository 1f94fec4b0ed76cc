"""All that is held of a person leaves as one file: of each case a page and data, letters and files, and
nothing of anybody else. Each case and the access log say so."""

import io
import json
import uuid
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest

from tests.attachments.steps import add
from tests.evidence.auditor import let_it_be_made
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, address, clock, complain, go_to, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

RECORD = "/records/personal_data/"


class Officer:
    """Somebody who protects the data of people, and the file that they order."""

    def __init__(self, run: LocalRun, name: str = "Paula") -> None:
        self.run, self.staff = run, Staff(run, name, "privacy")
        self.id = f"demo.{uuid.uuid4().hex}"

    def says(self, verb: str, version: int, **body: Any) -> Answer:
        path = f"{RECORD}{self.id}/commands/{verb}"
        return self.staff.call("POST", path, body, If_Match=f'"{version}"')

    def orders(self, *complaints: Complaint, **body: Any) -> Answer:
        cases = [each.reference for each in complaints]
        return self.says("order", 0, **{"cases": cases, "identity": "known_address"} | body)

    def fetches(self) -> ZipFile:
        let_it_be_made(self.run)
        got = self.says("fetch", 1)
        assert got.status == 200, got.text
        return opened(self.run, got.json["file"])


def path_of(url: str) -> str:
    return url.partition("localhost:8000")[2] or url


def opened(run: LocalRun, url: str) -> ZipFile:
    got = run.call("GET", path_of(url))
    return ZipFile(io.BytesIO(bytes(got.body)))


def told(run: LocalRun, email: str) -> Complaint:
    """A complaint with words of the person, of staff, and about somebody else."""
    complaint = complain(run, complainant={"name": "Zoe Papadaki", "email": email})
    complaint.say("messages", {"text": "It stands in the hallway."})
    add(complaint, b"It was a lamp.\n" * 9, name="lamp.txt", type="text/plain")
    deniz = Staff(run)
    deniz.does(complaint, "assign", {"to": "Deniz"})
    deniz.does(complaint, "note", {"text": "Her neighbour Bartholomaeus rang, too."})
    joint = {"name": "Bartholomaeus Roth", "email": address(), "letters": "all"}
    deniz.does(complaint, "add_complainant", joint)
    deniz.does(complaint, "message", {"text": "We look for the lamp."})
    deniz.does(complaint, "protect", {"vulnerable": True, "reason": "She hears badly."})
    settle(run)
    return complaint


def facts_of(staff: Staff, complaint: Complaint) -> list[dict[str, Any]]:
    entries = staff.call("GET", f"/complaints/{complaint.reference}/audit").json["entries"]
    return [fact for entry in entries for fact in entry["facts"]]


@pytest.mark.iso10002("4 confidentiality: own-data")
def test_what_is_held_of_a_person_leaves_as_one_file(local_run: LocalRun) -> None:
    email = address()
    first, second = told(local_run, email), complain(local_run, complainant={"name": "Zoe", "email": email})
    paula = Officer(local_run)
    assert paula.orders(first, second).status == 200
    for each in (first, second):
        [said] = [fact for fact in facts_of(paula.staff, each) if fact["fact"] == "PersonalDataPrepared"]
        assert (said["record"], said["asked_by"]) == (paula.id, "Paula")
        read = paula.staff.call("GET", f"/access?case={each.reference}").json["items"]
        assert ("Paula", "person") in {(entry["member"], entry["kind"]) for entry in read}
    archive = paula.fetches()
    assert archive.testzip() is None
    index = json.loads(archive.read("index.json"))
    assert {each["reference"] for each in index["cases"]} == {first.reference, second.reference}
    page = archive.read(f"{first.reference}/index.html").decode()
    data = json.loads(archive.read(f"{first.reference}/data.json"))
    assert data["data"]["complainant"]["email"] == email
    assert {fact["fact"] for fact in data["facts"]} >= {"Received", "NoteAdded", "VulnerabilityNoted"}
    for words in ("It stands in the hallway.", "We look for the lamp.", "She hears badly.", "lamp.txt"):
        assert words in page
    names = archive.namelist()
    letters = [name for name in names if name.startswith(f"{first.reference}/letters/")]
    assert any("We look for the lamp." in archive.read(name).decode() for name in letters)
    assert archive.read(f"{first.reference}/files/01.txt").startswith(b"It was a lamp.")
    whole = b"".join(archive.read(name) for name in names).decode()
    assert "Bartholomaeus" not in whole
    assert '"Deniz"' not in whole
    assert f"?t={first.access}" not in whole


def test_what_the_person_wrote_is_not_told_as_words_of_staff(local_run: LocalRun) -> None:
    complaint = complain(local_run, language="tr")
    complaint.say("withdrawal", {"reason": "The shop next door exchanged it."})
    settle(local_run)
    paula = Officer(local_run)
    paula.staff.does(complaint, "hold", {"reason": "A court asked for it."})
    assert paula.orders(complaint, notes=True).status == 200
    archive = paula.fetches()
    page = archive.read(f"{complaint.reference}/index.html").decode()
    before, _, written = page.partition('<h2 id="written">')
    assert page.count("The shop next door exchanged it.") == 1
    assert "The shop next door exchanged it." in before
    assert "A court asked for it." in written
    letter = archive.read(f"{complaint.reference}/letters/000001.1.html").decode()
    assert "+0000" not in letter, "its date is told as people read dates, not as mails do"


def test_notes_are_in_it_where_somebody_read_them(local_run: LocalRun) -> None:
    complaint, paula = told(local_run, address()), Officer(local_run)
    assert paula.orders(complaint, notes=True).status == 200
    archive = paula.fetches()
    assert "Bartholomaeus" in archive.read(f"{complaint.reference}/index.html").decode()


def test_a_case_that_is_erased_meanwhile_or_unknown_is_not_in_it(local_run: LocalRun) -> None:
    stays, gone, paula = complain(local_run), complain(local_run), Officer(local_run)
    gone.say("withdrawal", {"reason": "It is all right."})
    settle(local_run)
    assert paula.orders(stays, gone).status == 200
    paula.staff.does(gone, "erase", {"ground": "not_needed"})
    archive = paula.fetches()
    assert not any(name.startswith(gone.reference) for name in archive.namelist())
    content = paula.staff.call("GET", f"{RECORD}{paula.id}").json["content"]
    assert content["left_out"] == 1
    refused = Officer(local_run).orders(stays, gone)
    assert [each["pointer"] for each in refused.json["errors"]] == ["/cases/1"]
    assert len([fact for fact in facts_of(paula.staff, stays) if fact["fact"] == "PersonalDataPrepared"]) == 1


def test_an_order_that_is_refused_says_nothing_in_the_cases(local_run: LocalRun) -> None:
    first, second, paula = complain(local_run), complain(local_run), Officer(local_run)
    body = {"cases": [second.reference], "identity": "known_address"}
    assert paula.orders(first).status == 200
    refused = [
        paula.says("order", 0, **body).status,
        paula.says("order", 1, **body).status,
        paula.says("order", 9, **body).status,
    ]
    unnamed = Officer(local_run)
    unnamed.id = "demo.No!code"
    refused.append(unnamed.says("order", 0, **body).status)
    assert all(400 <= status < 500 for status in refused)
    assert not any(fact["fact"] == "PersonalDataPrepared" for fact in facts_of(paula.staff, second))


def test_a_file_with_a_case_that_is_erased_since_is_fetched_by_nobody(local_run: LocalRun) -> None:
    stays, gone, paula = complain(local_run), complain(local_run), Officer(local_run)
    gone.say("withdrawal", {"reason": "It is all right."})
    settle(local_run)
    assert paula.orders(stays, gone).status == 200
    let_it_be_made(local_run)
    fetched = paula.says("fetch", 1)
    assert fetched.json["file"]
    paula.staff.does(gone, "erase", {"ground": "not_needed"})
    assert "file" not in paula.staff.call("GET", f"{RECORD}{paula.id}").json
    again = paula.says("fetch", fetched.json["version"])
    assert (again.status, again.json["rule"]) == (409, "erased")
    page = signed_in(local_run, "Paula", "privacy").get(f"/desk/records/personal_data/{paula.id}?lang=en")
    assert "The file was removed, because the data of a case in it is erased." in page.text


def test_the_erasure_of_a_case_removes_the_files_that_it_is_in_and_no_other(local_run: LocalRun) -> None:
    stays, gone = complain(local_run), complain(local_run)
    gone.say("withdrawal", {"reason": "It is all right."})
    both, alone = Officer(local_run), Officer(local_run)
    settle(local_run)
    assert both.orders(stays, gone).status == alone.orders(stays).status == 200
    let_it_be_made(local_run)
    files = [each.says("fetch", 1).json["file"] for each in (both, alone)]
    assert [local_run.call("GET", path_of(each)).status for each in files] == [200, 200]
    both.staff.does(gone, "erase", {"ground": "not_needed"})
    go_to(local_run, clock(local_run) + timedelta(minutes=2))
    assert [local_run.call("GET", path_of(each)).status for each in files] == [404, 200]


def test_s12_nobody_else_orders_or_fetches_it(local_run: LocalRun) -> None:
    complaint, paula = complain(local_run), Officer(local_run)
    for role in ("agent", "reviewer", "quality", "auditor", "admin"):
        path = f"{RECORD}demo.{uuid.uuid4().hex}/commands/order"
        body = {"cases": [complaint.reference], "identity": "in_person"}
        assert Staff(local_run, "Kim", role).call("POST", path, body, If_Match='"0"').status == 403
    assert paula.orders(complaint).status == 200
    let_it_be_made(local_run)
    other = Officer(local_run, "Petra")
    other.id = paula.id
    assert other.says("fetch", 1).status in (403, 409)


def test_it_is_ordered_from_the_page_of_the_person(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    desk, path = signed_in(local_run, "Paula", "privacy"), f"/desk/cases/{complaint.reference}/person"
    page = desk.get(f"{path}?lang=en").text
    assert 'id="data"' in page
    assert 'id="data"' not in signed_in(local_run, "Kim", "reviewer").get(path).text
    code = page.partition('name="code" value="')[2].partition('"')[0]
    sent = [
        ("form", desk.token()),
        ("site", "demo"),
        ("once", "o"),
        ("version", "0"),
        ("code", code),
        ("cases", complaint.reference),
        ("identity", "called_back"),
    ]
    got = desk.post("/desk/records/personal_data/new/order", sent)
    assert got.status == 303
    shown = desk.get(str(got.headers["Location"]).removeprefix(local_run.url) + "&lang=en").text
    assert "It is begun within some minutes." in shown
    assert complaint.reference in shown
