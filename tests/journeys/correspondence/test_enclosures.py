"""The leaflet of an ombudsman, which a law wants enclosed: brought by the site, sent with the letters."""

import uuid
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest

from tests.attachments.steps import request
from tests.html import Reading
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, clock, complain, form, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import form_of, signed_in

SITE, BLOCK = "demo-gb", "uk.fos_leaflet"
LEAFLET = b"%PDF-1.7\nYour complaint and the ombudsman. \x00\xff\n%%EOF\n"
NAME = "Your complaint and the ombudsman"


@pytest.fixture
def office(local_run: LocalRun) -> Iterator[Office]:
    """Others share the site: what was brought is taken away again."""
    office = Office(local_run)
    yield office
    office.tries("texts", SITE, {"block": BLOCK, "language": "en", "name": None, "file": None}, verb=PUT)


PUT = "put_enclosure"


def uploaded(office: Office, content: bytes) -> str:
    """The id of a file that was uploaded."""
    wish = {"name": "leaflet.pdf", "type": "application/pdf", "size": len(content)}
    got = office.staff.call("POST", f"/settings/texts/{SITE}/files", wish, Idempotency_Key=str(uuid.uuid4()))
    assert got.status == 201, got.text
    told = got.json["upload"]
    headers = {name.lower().replace("-", "_"): value for name, value in told["headers"].items()}
    assert request(told["url"], told["method"], content, **headers).status == 200
    return str(got.json["id"])


def said(file: str) -> dict[str, Any]:
    return {"block": BLOCK, "language": "en", "name": NAME, "file": file}


def final_response(run: LocalRun) -> dict[str, Any]:
    """The letter that tells of a decision."""
    complaint = complain(run, site=SITE)
    staff = Staff(run, role="reviewer")
    staff.decides(complaint)
    staff.does(complaint, "respond")
    settle(run)
    return complaint.letters()[-1]


def test_a_leaflet_that_the_site_brought_goes_with_the_final_response(office: Office) -> None:
    without = final_response(office.run)
    assert without["files"] == []
    assert "You can ask them or us for it." in without["text"]
    office.does("texts", SITE, said(uploaded(office, LEAFLET)), verb=PUT)
    page = signed_in(office.run, "Sam", "admin").get(f"/desk/settings/texts/{SITE}/files")
    assert f"{NAME}.pdf" in Reading(page.text).words
    letter = final_response(office.run)
    assert letter["files"] == [{"name": f"{NAME}.pdf", "sha256": sha256(LEAFLET).hexdigest()}]
    assert "Their leaflet is enclosed with this letter." in letter["text"]
    assert f"Enclosed: {NAME}.pdf" in letter["text"]
    packs = Staff(office.run).call("GET", "/packs").json["items"]
    law = next(pack for pack in packs if pack["id"] == "uk-fca-disp")
    assert law["not_enclosed_at"] == []
    assert [each["code"] for each in law["shortfalls"]] == ["wording-not-read"]


def test_it_is_printed_for_whoever_has_no_mail_and_stands_in_the_case_file(office: Office) -> None:
    office.does("texts", SITE, said(uploaded(office, LEAFLET)), verb=PUT)
    told = form(site=SITE, channel="telephone", received_at=clock(office.run).isoformat())
    told["complainant"] = {"name": "Ada", "post": "1 Mill Lane"}
    robin = Staff(office.run, "Robin", "reviewer")
    key = str(uuid.uuid4())
    complaint = Complaint(office.run, "", robin.call("POST", "/complaints", told, Idempotency_Key=key).json)
    robin.decides(complaint)
    robin.does(complaint, "respond")
    letter = robin.case(complaint)["letters_to_post"][-1]
    posted = {"letter": letter, "at": clock(office.run).isoformat()}
    robin.does(complaint, "posted", posted)
    desk = signed_in(office.run, "Robin", "reviewer")
    letters = f"/desk/cases/{complaint.reference}/letters"
    assert f"Enclosed: {NAME}.pdf" in Reading(desk.get(f"{letters}/{letter}").text).words
    assert f'href="{letters}/{letter}/files/1"' in desk.get(letters).text
    printed = desk.get(f"{letters}/{letter}/files/1")
    assert request(printed.headers["Location"], "GET").body == LEAFLET
    read = (
        Staff(office.run, "Pia", "privacy").call("GET", f"/access?case={complaint.reference}").json["items"]
    )
    assert "file" in {each["kind"] for each in read}
    assert {desk.get(f"{letters}/{letter}/files/{place}").status for place in ("0", "2", "x")} == {404}
    hidden, action = form_of(desk.get(f"/desk/cases/{complaint.reference}/case-file"), "/case-file")
    desk.post(action, hidden)
    facts = [each for each in robin.case(complaint)["facts"] if each["fact"] == "CaseFilePrepared"]
    got = desk.get(f"/desk/cases/{complaint.reference}/case-file/{facts[-1]['number']}")
    archive = zipfile.ZipFile(BytesIO(request(got.headers["Location"], "GET").body))
    assert archive.read("letters/enclosed-01.pdf") == LEAFLET
    assert f"{sha256(LEAFLET).hexdigest()}  letters/enclosed-01.pdf" in archive.read("SHA256SUMS").decode()


def test_s110_what_is_no_pdf_or_never_came_goes_with_no_letter(office: Office) -> None:
    """Judged by its bytes, whatever it was called."""
    page = uploaded(office, b"<html><script>alert(1)</script>")
    refused = office.tries("texts", SITE, said(page), verb=PUT)
    assert pointers(refused) == ["/file"]
    assert "PDF" in refused.text
    refused = office.tries("texts", SITE, said("0" * 32), verb=PUT)
    assert pointers(refused) == ["/file"]
    assert "No file has arrived." in refused.text
    too_large = {"name": "a.pdf", "type": "application/pdf", "size": 3_000_000}
    assert office.staff.call("POST", f"/settings/texts/{SITE}/files", too_large).status == 422
