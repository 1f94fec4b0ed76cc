"""Finding a case at the desk by a form: a reference leads to it, other words to a list."""

import uuid
from collections.abc import Sequence
from urllib.parse import quote, urlencode

import pytest

from tests.html import Reading
from tests.journeys.steps import complain, new_word, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, attributes_of, words
from tests.pages.desk_client import Desk, form_of, listed, signed_in

SEARCH = "/desk/search"
NOBODYS = "C-ZZZZZ-ZZZZZ-A"
"""A reference that fits, and that no case has."""


@pytest.fixture
def desk(local_run: LocalRun) -> Desk:
    return signed_in(local_run, "Deniz", "agent")


def test_nothing_is_looked_for_before_something_is_asked(desk: Desk) -> None:
    page = desk.get(SEARCH)
    assert page.status == 200
    assert attributes_of(page, "q")["value"] == ""
    assert "table" not in Reading(page.text).tags


def test_a_reference_leads_to_its_case_however_it_is_typed(desk: Desk) -> None:
    reference = complain(desk.run).reference
    for typed in (reference, reference.lower().replace("-", " ")):
        got = desk.get(f"{SEARCH}?q={quote(typed)}")
        assert (got.status, got.headers["Location"]) == (303, f"/desk/cases/{reference}")


def test_any_part_of_a_reference_of_four_characters_finds_its_case(desk: Desk) -> None:
    reference, parts = _unlike_others(desk.run)
    settle(desk.run)
    for part in parts:
        got = desk.get(f"{SEARCH}?q={quote(part)}")
        assert f"/desk/cases/{reference}" in got.headers.get("Location", "") + got.text, part


def _unlike_others(run: LocalRun) -> tuple[str, Sequence[str]]:
    """The reference of a complaint, and parts of it that stand in no word or address which tests made up:
    those are hexadecimal."""
    while True:
        reference = complain(run).reference
        parts = (
            reference[3:7],
            reference[4:9],
            reference[8:13].lower(),
            reference[-6:],
            reference[2:9].replace("-", ""),
        )
        if all(set(part) & set("GHJKMNPQRSTVWXYZghjkmnpqrstvwxyz") for part in parts):
            return reference, parts


def test_a_mail_address_finds_what_its_owner_sent(desk: Desk) -> None:
    email = f"{uuid.uuid4().hex}@example.org"
    ours = [complain(desk.run, complainant={"email": email}).reference for _ in range(2)]
    page = desk.get(f"{SEARCH}?q={quote(email)}")
    assert {f"/desk/cases/{each}" for each in ours} <= set(Reading(page.text).links)
    assert attributes_of(page, "q")["value"] == email


def test_the_page_of_a_case_leads_to_others_of_the_person(desk: Desk) -> None:
    email = f"{uuid.uuid4().hex}@example.org"
    complaint = complain(desk.run, complainant={"email": email})
    other = complain(desk.run, complainant={"email": email})
    case = CaseDesk(desk.run, complaint)
    [link] = [each for each in Reading(case.page().text).links if each.endswith("/person")]
    assert other.reference in listed(desk.get(link))


def test_a_question_from_a_queue_keeps_its_site(desk: Desk) -> None:
    email = f"{uuid.uuid4().hex}@example.org"
    here, there = (
        complain(desk.run, site=site, complainant={"email": email}).reference for site in ("demo", "demo-gb")
    )
    fields, action = form_of(desk.get("/desk?queue=open&site=demo-gb"), SEARCH)
    assert fields == [("site", "demo-gb")]
    page = desk.get(f"{action}?{urlencode([*fields, ('q', email)])}")
    assert there in page.text
    assert here not in page.text
    assert '<option value="demo-gb" selected>' in page.text
    assert here in desk.get(f"{action}?{urlencode({'q': email, 'site': ''})}").text


def test_words_that_nobody_wrote_find_nothing_and_are_text(desk: Desk) -> None:
    odd = f'<b>{new_word()}</b> "{new_word()}'
    page = desk.get(f"{SEARCH}?q={quote(odd)}")
    assert "No case at your sites matches this." in words(page)
    assert attributes_of(page, "q")["value"] == odd


def test_that_a_case_has_only_some_of_the_words_is_said(desk: Desk) -> None:
    number = str(uuid.uuid4().int)[:12]
    reference = complain(desk.run, order_number=number).reference
    page = desk.get(f"{SEARCH}?{urlencode({'q': f'somebody rang about {number}'})}")
    assert f"/desk/cases/{reference}" in Reading(page.text).links
    assert "No case has all of these words." in words(page)
    assert "No case has all of these words." not in words(desk.get(f"{SEARCH}?q={number}"))


@pytest.mark.parametrize(("role", "status"), [("auditor", 200), ("quality", 200), ("admin", 403)])
def test_only_who_may_read_the_queue_may_look(local_run: LocalRun, role: str, status: int) -> None:
    assert signed_in(local_run, f"Search-{role}", role).get(f"{SEARCH}?q=lamp").status == status


def test_a_case_of_another_site_is_not_found(desk: Desk) -> None:
    reference = complain(desk.run, site="demo-gb").reference
    got = [desk.get(f"{SEARCH}?{urlencode({'q': each, 'site': 'demo'})}") for each in (reference, NOBODYS)]
    for page in got:
        assert "There is no case with this reference that you can see." in words(page)
        assert "table" not in Reading(page.text).tags
    told = [words(page).replace(reference, NOBODYS) for page in got]
    assert told[0] == told[1]


def test_a_whole_reference_with_a_slip_lists_no_other_case(desk: Desk) -> None:
    reference = complain(desk.run, description="Parcel C-ZZZZZ came in pieces.").reference
    settle(desk.run)
    slip = reference[:-1] + ("B" if reference[-1] != "B" else "D")
    for typed in (slip, slip.replace("-", " ")):
        page = desk.get(f"{SEARCH}?q={quote(typed)}")
        assert "One character is wrong" in words(page)
        assert "table" not in Reading(page.text).tags


def test_a_whole_reference_of_letters_alone_may_be_typed_with_spaces(desk: Desk) -> None:
    assert "One character is wrong" in words(desk.get(f"{SEARCH}?q={quote('C RTEYY XRHTD B')}"))
