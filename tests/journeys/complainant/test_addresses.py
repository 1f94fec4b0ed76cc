"""Addresses: the link of a letter opens the page, and everything works below a prefix as at the root."""

from urllib.parse import urlsplit

import pytest

from tests.http import call
from tests.journeys.steps import Complaint, Staff, complain, form, proof
from tests.local_run import LocalRun


def link_in(complaint: Complaint, part: str) -> str:
    """The link to the page that the last letter holds."""
    words = str(complaint.letters()[-1][part]).replace('"', " ").replace("&amp;", "&").split()
    return next(word for word in words if "/status/" in word)


@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize(("language", "text"), [("en", "Reference"), ("tr", "Başvuru numarası")])
def test_the_link_of_a_letter_opens_the_page_in_its_language(
    local_run: LocalRun, part: str, language: str, text: str
) -> None:
    complaint = complain(local_run, language=language)
    link = link_in(complaint, part)
    assert link == complaint.receipt["status_url"]
    page = local_run.open_link(link, Accept="text/html")
    assert page.status == 200
    assert complaint.reference in page.text
    assert text in page.text


def test_s25_no_link_is_built_of_the_host_that_a_stranger_names(local_run: LocalRun) -> None:
    stranger = {
        "Host": "evil.example",
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Proto": "gopher",
        "Forwarded": "host=evil.example",
    }
    body = form(proof=proof(local_run))
    taken = local_run.call("POST", "/v1/complaints", body, Idempotency_Key="s25", **stranger)
    assert taken.status == 201
    assert urlsplit(taken.headers["Location"]).netloc == urlsplit(local_run.url).netloc
    letters = local_run.mails(body["complainant"]["email"])
    pages = [
        local_run.call("GET", path, **stranger)
        for path in ("/", "/procedure?site=demo", "/v1/form?site=demo", "/openapi.json")
    ]
    found = [taken.text, str(taken.headers), *(f"{page.headers}{page.text}" for page in pages), str(letters)]
    assert len(letters) == 1
    assert [text for text in found if "evil.example" in text] == []


def test_a_whole_story_works_below_the_prefix(local_run: LocalRun) -> None:
    api = f"{local_run.url}/api"
    body = form(proof=proof(local_run))
    taken = call(api, "POST", "/v1/complaints", body, Idempotency_Key="prefix")
    assert taken.status == 201
    own = f"/v1/complaints/{taken.json['reference']}"
    access = {"Authorization": f"Bearer {taken.json['access']}"}
    staff = {"Authorization": f"Bearer {Staff(local_run).token()}"}
    case = call(api, "GET", own.replace("/v1", "/v1/desk"), **staff)
    assert call(api, "GET", own, **access).json["reference"] == taken.json["reference"]
    assert call(api, "POST", f"{own}/messages", {"text": "Hello"}, **access).status == 202
    noted = call(
        api,
        "POST",
        f"{own.replace('/v1', '/v1/desk')}/commands/note",
        {"text": "x"},
        If_Match=call(api, "GET", own.replace("/v1", "/v1/desk"), **staff).headers["ETag"],
        **staff,
    )
    assert (case.status, noted.status) == (200, 200)
