"""Who of the staff read which case stands in the access log, for data protection and auditors."""

import uuid
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.journeys.correspondence.test_mail_that_staff_see_to import from_another, listed
from tests.journeys.linked_cases.duplicates import merge, twins
from tests.journeys.steps import Complaint, Staff, complain, new_word, settle
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in
from tests.pages.page_client import Page
from tests.pages.public.form.test_complain_form import settled


@pytest.fixture
def reader() -> str:
    """A member who reads in this test alone."""
    return f"reader-{uuid.uuid4().hex[:8]}"


def entries(run: LocalRun, **query: str) -> list[dict[str, Any]]:
    got = Staff(run, "Pia", "privacy").call("GET", f"/access?{urlencode(query)}")
    assert got.status == 200, got.text
    return list(got.json["items"])


def kinds(complaint: Complaint) -> list[tuple[str, str, str]]:
    """Who read what, whether or not an hour ended meanwhile."""
    found = entries(complaint.run, case=complaint.reference)
    return sorted({(each["member"], each["kind"], each["handled_by"]) for each in found})


@pytest.mark.iso10002("4 confidentiality: access-log")
def test_who_reads_a_case_stands_there_once_an_hour_however_often(local_run: LocalRun, reader: str) -> None:
    complaint = complain(local_run)
    deniz = Staff(local_run, reader)
    for _ in range(3):
        assert deniz.call("GET", f"/complaints/{complaint.reference}").status == 200
    signed_in(local_run, reader).get(f"/desk/cases/{complaint.reference}")
    assert kinds(complaint) == [(reader, "case", "nobody")]
    seen = entries(local_run, member=reader)
    assert len(seen) <= 2, "one, or two where an hour ended meanwhile"
    assert {(each["case"], each["site"], each["times"]) for each in seen} == {
        (complaint.reference, "demo", 1)
    }
    deniz.does(complaint, "assign", {"to": reader})
    assert deniz.call("GET", f"/complaints/{complaint.reference}/letters").status == 200
    assert deniz.call("GET", f"/complaints/{complaint.reference}/audit").status == 200
    assert kinds(complaint) == [
        (reader, "audit", "reader"), (reader, "case", "nobody"), (reader, "letters", "reader")
    ]  # fmt: skip


def test_a_mail_of_a_case_is_a_letter_of_it_and_the_mail_as_it_came_a_file(
    local_run: LocalRun, reader: str
) -> None:
    complaint = complain(local_run)
    Staff(local_run).does(complaint, "ask", {"text": "Which lamp?"})
    settle(local_run)
    deniz, item = Staff(local_run, reader), f"/mail/{listed(Staff(local_run), from_another(complaint))['id']}"
    assert deniz.call("GET", f"{item}?site=demo").status == 200
    assert [each["kind"] for each in entries(local_run, member=reader)] == ["letters"]
    assert deniz.call("GET", f"{item}/raw?site=demo").status == 200
    page = signed_in(local_run, f"{reader}-too")
    assert page.get(f"/desk{item}?site=demo").status == 200
    assert page.get(f"/desk{item}/raw?site=demo").status == 303
    for name in (reader, f"{reader}-too"):
        read = {(each["kind"], each["case"]) for each in entries(local_run, member=name)}
        assert read == {("file", complaint.reference), ("letters", complaint.reference)}


def test_who_reads_a_merged_case_is_found_at_each_of_its_parts(local_run: LocalRun, reader: str) -> None:
    source, target = twins(local_run)
    Staff(local_run, f"{reader}-before").call("GET", f"/complaints/{source.reference}")
    merge(Staff(local_run), source, target)
    assert Staff(local_run, reader).call("GET", f"/complaints/{target.reference}").status == 200
    for each in (source, target):
        assert {reader, f"{reader}-before"} <= {member for member, _, _ in kinds(each)}


def test_complainants_and_what_was_refused_leave_nothing(local_run: LocalRun, reader: str) -> None:
    complaint = complain(local_run)
    complaint.view()
    assert Staff(local_run, reader, "admin").call("GET", f"/complaints/{complaint.reference}").status == 403
    assert kinds(complaint) == []


def test_searches_are_counted_and_their_words_are_kept_nowhere(local_run: LocalRun, reader: str) -> None:
    word = f"quagga{uuid.uuid4().hex[:8]}"
    for _ in range(2):
        assert Staff(local_run, reader).call("GET", f"/search?q={word}&site=demo").status == 200
    seen = entries(local_run, member=reader)
    assert {(each["kind"], each["case"], each["site"]) for each in seen} == {("search", None, "demo")}
    assert sum(each["times"] for each in seen) == 2
    assert word not in Staff(local_run, "Pia", "privacy").call("GET", f"/access?member={reader}").text


def test_a_search_of_all_sites_is_counted_at_each_of_them(local_run: LocalRun, reader: str) -> None:
    word = new_word()
    assert Staff(local_run, reader).call("GET", f"/search?q={word}").status == 200
    assert signed_in(local_run, f"{reader}-too").get(f"/desk/search?q={word}").status == 200
    for member in (reader, f"{reader}-too"):
        seen = [(each["kind"], each["site"], each["times"]) for each in entries(local_run, member=member)]
        assert len(seen) == len(set(seen))
        assert {("search", "demo", 1), ("search", "demo-gb", 1)} <= set(seen)


def test_an_export_is_there_and_the_log_is_a_sheet_too(local_run: LocalRun, reader: str) -> None:
    assert Staff(local_run, reader, "quality").call("GET", "/export?site=demo").status == 200
    [seen] = entries(local_run, site="demo", member=reader)
    assert seen["kind"] == "export"
    sheet = Staff(local_run, "Pia", "privacy").call("GET", f"/access?member={reader}&format=csv")
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="access-log.csv"'
    assert f",{reader},export,demo,,,1" in sheet.text


@pytest.mark.parametrize("role", ["agent", "reviewer", "quality", "admin"])
def test_nobody_else_reads_the_log(local_run: LocalRun, role: str) -> None:
    assert Staff(local_run, f"Some {role}", role).call("GET", "/access").status == 403


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("from=2026-01-01&to=2026-03-01", "/to"), ("site=nowhere", "/site"), ("format=pdf", "/format")],
)
def test_what_cannot_be_asked_for_is_said(local_run: LocalRun, query: str, pointer: str) -> None:
    got = Staff(local_run, "Pia", "privacy").call("GET", f"/access?{query}")
    assert (got.status, [each["pointer"] for each in got.json["errors"]]) == (422, [pointer])


@pytest.mark.parametrize(("language", "title"), [("en", "Who looked"), ("tr", "Kim baktı")])
def test_the_page_shows_who_looked(local_run: LocalRun, reader: str, language: str, title: str) -> None:
    complaint = complain(local_run)
    Staff(local_run, reader).call("GET", f"/complaints/{complaint.reference}")
    page = signed_in(local_run, "Pia", "privacy").get(
        f"/desk/access?case={complaint.reference}&lang={language}"
    )
    words = Reading(page.text).words
    assert page.status == 200
    assert title in words
    assert reader in words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "data protection officer"), ("tr", "Çalışanlarımız dosyanızı")]
)
def test_where_the_site_wishes_the_complainant_sees_the_role_and_no_name(
    local_run: LocalRun, reader: str, language: str, words: str
) -> None:
    complaint = complain(local_run, site="demo-gb", language=language)
    assert Staff(local_run, reader, "privacy").call("GET", f"/complaints/{complaint.reference}").status == 200
    assert words not in Page(local_run, complaint.receipt).open().text
    with settled(local_run, shows_readers=True):
        shown = Page(local_run, complaint.receipt).open().text
    assert words in shown
    assert reader not in shown
