"""The files of a complaint on its page: what is there is fetched by the page's own link, without a script."""

import pytest

from tests.attachments.samples import PNG, SVG
from tests.attachments.steps import add, request
from tests.html import Reading
from tests.http import Answer
from tests.journeys.linked_cases.duplicates import merge, twins
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun
from tests.pages.page_client import Page


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def page_of(complaint: Complaint) -> Page:
    return Page(complaint.run, complaint.receipt)


def links(answer: Answer) -> list[str]:
    return [link for link in Reading(answer.text).links if "/files/" in link]


def fetched(complaint: Complaint, link: str) -> Answer:
    """What the browser gets that follows a link of the page."""
    led = complaint.run.call("GET", link, Cookie=page_of(complaint).cookie)
    assert led.status == 303, led.text
    assert led.headers["Cache-Control"] == "no-store"
    assert complaint.access not in led.headers["Location"]
    return request(led.headers["Location"], "GET")


@pytest.mark.parametrize(
    ("language", "title", "size"), [("en", "Files", "0.1 kB"), ("tr", "Dosyalar", "0,1 kB")]
)
def test_a_file_is_listed_with_its_size_and_fetched_as_a_download(
    complaint: Complaint, language: str, title: str, size: str
) -> None:
    add(complaint, name="Kırık <lamba>.png")
    page = page_of(complaint).open(lang=language)
    words = Reading(page.text).words
    assert title in words
    assert "Kırık <lamba>.png" in words
    assert size in words
    (link,) = links(page)
    got = fetched(complaint, link)
    assert got.body == PNG
    assert got.headers["Content-Disposition"].startswith("attachment;")


def test_a_refused_file_says_why_and_leads_nowhere(complaint: Complaint) -> None:
    add(complaint, SVG, name="drawing.png")
    page = page_of(complaint).open()
    assert "drawing.png" in page.text
    assert "We could not keep this file. The file is not of the type" in page.text
    assert links(page) == []


def test_a_complaint_without_files_has_no_list_of_them(complaint: Complaint) -> None:
    assert "Files" not in Reading(page_of(complaint).open().text).words


def test_s20_a_file_is_opened_by_the_link_of_its_own_complaint_only(complaint: Complaint) -> None:
    added = add(complaint)
    other = complain(complaint.run)
    path = f"/status/{complaint.reference}/files"
    wrong = [
        complaint.run.call("GET", f"{path}/{added['id']}?t={other.access}"),
        complaint.run.call("GET", f"{path}/{added['id']}"),
        complaint.run.call("GET", f"{path}/nothing?t={complaint.access}"),
        complaint.run.call("GET", f"/status/{other.reference}/files/{added['id']}?t={other.access}"),
    ]
    assert {(got.status, got.text) for got in wrong} == {(404, wrong[0].text)}


def test_a_file_of_a_complaint_that_became_part_of_another_stands_on_both_pages(local_run: LocalRun) -> None:
    source, target = twins(local_run)
    add(source, name="lid.png")
    merge(Staff(local_run), source, target)
    for complaint in (source, target):
        (link,) = links(page_of(complaint).open())
        assert fetched(complaint, link).body == PNG
