"""Files at the desk: a preview from the origin of files, and files that staff add by the page."""

import pytest

from complaints.case.record.attachments import FileType
from tests.attachments.samples import GOOD
from tests.attachments.steps import add, request, upload
from tests.html import Reading
from tests.journeys.steps import complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

PNG = GOOD[FileType.PNG]


@pytest.fixture
def kim(local_run: LocalRun) -> CaseDesk:
    return CaseDesk(local_run, complain(local_run))


@pytest.mark.parametrize(("kind", "tag"), [(FileType.PNG, "img"), (FileType.PDF, "iframe")])
def test_s84_a_preview_is_shown_from_the_origin_of_files_alone(
    kim: CaseDesk, kind: FileType, tag: str
) -> None:
    file = add(kim.complaint, GOOD[kind], type=kind, name="lamp & co")
    assert f"{kim.path}/files/{file['id']}/preview" in kim.page().text
    page = kim.page(f"/files/{file['id']}/preview")
    [shown] = [attributes for name, attributes in Reading(page.text).elements if name == tag]
    address = str(shown["src"])
    origin = address.partition("/_local")[0]
    policy = page.headers["Content-Security-Policy"]
    assert f"frame-src {origin}" in policy
    assert "script-src 'self';" in policy
    assert "object-src 'none'" in policy
    got = request(address, "GET")
    assert (got.headers["Content-Disposition"], got.headers["Content-Type"]) == ("inline", kind)
    assert got.body == GOOD[kind]


def test_s84_a_text_has_no_preview_nor_has_what_was_refused(kim: CaseDesk) -> None:
    text = add(kim.complaint, GOOD[FileType.TEXT], type=FileType.TEXT)
    refused = add(kim.complaint, b"<svg onload=alert(1)>", name="x.png")
    for file in (text, refused):
        assert kim.desk.get(f"{kim.path}/files/{file['id']}/preview").status == 404
    assert "/preview" not in kim.page().text


def test_staff_add_a_file_by_the_page_of_files(kim: CaseDesk) -> None:
    page = kim.page("/files")
    [box] = [attributes for _, attributes in Reading(page.text).elements if attributes.get("data-upload")]
    assert box["data-upload"] == f"{kim.path}/files"
    form = [("form", str(box["data-form"])), ("once", "k-1")]
    found = [("name", "depot.png"), ("type", "image/png"), ("size", str(len(PNG)))]
    place = kim.desk.post(f"{kim.path}/files", [*form, *found])
    assert place.status == 201, place.text
    assert kim.desk.post(f"{kim.path}/files", [*form, *found]).json["id"] == place.json["id"]
    assert upload(place.json, PNG).status == 200
    data = kim.desk.post(f"{kim.path}/files/{place.json['id']}/arrived", form)
    assert (data.status, data.json["state"]) == (200, "kept")
    text = words(kim.page())
    assert "depot.png" in text
    assert "The complainant does not see it." in text
    sent = kim.does("send_file", file=place.json["id"], text="The report of the depot.")
    assert "Added by staff and sent to the complainant." in sent
    settle(kim.run)
    assert "A file is waiting for you." in kim.complaint.letters()[-1]["text"]
    assert kim.desk.post(f"{kim.path}/files", [form[0], *found[:2], ("size", "x")]).status == 422
    assert kim.desk.post(f"{kim.path}/files", found).status == 403


def test_a_file_is_offered_a_place_only_where_it_would_be_taken(kim: CaseDesk) -> None:
    """What was offered on a closed case could not arrive, and was swept."""
    link = f"{kim.path}/files"
    page = kim.page("/files")
    form = next(str(found["data-form"]) for _, found in Reading(page.text).elements if "data-form" in found)
    assert link in kim.page().text
    assert kim.complaint.call("POST", "/withdrawal", {}).status == 200
    assert link not in kim.page().text
    assert "data-upload" not in kim.page("/files").text
    found = [("form", form), ("once", "k-2"), ("name", "a.png"), ("type", "image/png"), ("size", "9")]
    assert kim.desk.post(link, found).status == 409
