"""The leaflet of an ombudsman, which a law wants enclosed: brought by the site, sent with the letters."""

import uuid
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from tests.attachments.steps import request
from tests.html import Reading
from tests.journeys.administration import Office, pointers
from tests.journeys.steps import Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

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


def test_what_is_no_pdf_or_never_came_goes_with_no_letter(office: Office) -> None:
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
