"""One thing done with many cases, as pages: the form, its progress, and what was refused and why."""

import re

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, Fields, form_of, signed_in

BULK = "/desk/bulk"


@pytest.fixture(scope="module")
def local_run(moving_run: LocalRun) -> LocalRun:
    return moving_run


@pytest.fixture
def deniz(local_run: LocalRun) -> Desk:
    return signed_in(local_run)


def versions(run: LocalRun, *complaints: Complaint) -> Fields:
    """The cases as the checkboxes of a queue send them."""
    staff = Staff(run)
    return [("case", f"{each.reference}.{staff.case(each)['version']}") for each in complaints]


def report(desk: Desk, verb: str, value: str, cases: Fields, **more: str) -> str:
    """What the page says at the end, after the form and as many steps as it takes."""
    sent = [
        ("form", desk.token()),
        ("do", verb),
        ("back", "/desk?queue=open&site=demo"),
        *cases,
        *more.items(),
    ]
    form = desk.post(BULK, sent)
    assert form.status == 200, form.text
    fields, action = form_of(form, BULK)
    got = desk.post(action, [*fields, ("value", value)])
    assert got.status == 303, got.text
    address = got.headers["Location"]
    page = desk.get(address)
    while 'http-equiv="refresh"' in page.text:
        page = desk.get(address)
    assert page.status == 200, page.text
    assert "/desk?queue=open&amp;site=demo" in page.text
    return page.text


def test_cases_are_classified_at_once_each_by_a_fact_of_its_own(deniz: Desk, local_run: LocalRun) -> None:
    complaints = [complain(local_run) for _ in range(2)]
    text = report(deniz, "classify", "delivery.late", versions(local_run, *complaints))
    assert "Done for 2 cases." in text
    for complaint in complaints:
        case = Staff(local_run).case(complaint)
        assert case["category"] == "delivery.late"
        assert [fact["fact"] for fact in case["facts"]].count("Classified") == 1


def test_people_are_written_to_at_once_and_a_case_that_changed_meanwhile_is_named(
    deniz: Desk, local_run: LocalRun
) -> None:
    written, changed = complain(local_run), complain(local_run)
    cases = versions(local_run, written, changed)
    Staff(local_run).does(changed, "note", {"text": "x"})
    text = report(deniz, "message", "We are looking for the lorry.", cases)
    assert "Done for 1 case." in text
    refused = text.split("These were not changed")[1]
    assert changed.reference in refused
    assert "somebody changed it in the meantime" in refused
    assert "We are looking for the lorry." in str(written.view()["messages"])
    assert "We are looking for the lorry." not in str(changed.view()["messages"])


def test_a_message_to_many_is_seen_as_a_letter_before_it_is_sent(deniz: Desk, local_run: LocalRun) -> None:
    first, other = complain(local_run, language="de"), complain(local_run)
    cases = versions(local_run, first, other)
    form = deniz.post(BULK, [("form", deniz.token()), ("do", "message"), ("back", "/desk"), *cases])
    assert 'value="do"' not in form.text
    fields, action = form_of(form, BULK)
    seen = deniz.post(action, [*fields, ("value", "The lorry is late."), ("step", "letter")])
    assert (seen.status, "The lorry is late." in seen.text) == (200, True)
    assert 'class="letter" lang="de"' in seen.text
    assert first.email in seen.text
    assert other.email not in seen.text
    assert "The lorry is late." not in str(first.view()["messages"])
    fields, action = form_of(seen, BULK)
    sent = deniz.post(action, [*fields, ("value", "The lorry is late."), ("step", "do")])
    page = deniz.get(sent.headers["Location"])
    while 'http-equiv="refresh"' in page.text:
        page = deniz.get(sent.headers["Location"])
    assert "The lorry is late." in str(other.view()["messages"])


def test_only_a_standard_text_that_names_no_case_is_inserted_for_all(
    deniz: Desk, local_run: LocalRun
) -> None:
    office = Office(local_run)
    for code, text in (("bulk_same", "{site} is sorry."), ("bulk_own", "Hello {name}.")):
        shown = {"title": f"Title {code}", "use": "reply", "texts": {"en": text}}
        office.does("standard_text", f"demo.{code}", shown)
    complaint = complain(local_run)
    cases = versions(local_run, complaint)
    form = deniz.post(BULK, [("form", deniz.token()), ("do", "message"), ("back", "/desk"), *cases])
    assert ("Title bulk_same" in form.text, "Title bulk_own" in form.text) == (True, False)
    fields, action = form_of(form, BULK)
    typed = [("value", "Late."), ("insert", "bulk_same"), ("step", "insert")]
    inserted = deniz.post(action, [*fields, *typed])
    expected = "Late.\n\nDemo Shop is sorry."
    assert expected in inserted.text
    fields, action = form_of(inserted, BULK)
    sent = deniz.post(action, [*fields, ("value", expected), ("insert", "bulk_same"), ("step", "do")])
    deniz.get(sent.headers["Location"])
    used = [each for each in Staff(local_run).case(complaint)["facts"] if each["fact"] == "StandardTextsUsed"]
    assert [each["texts"] for each in used] == [["bulk_same"]]


def test_cases_end_at_once_only_with_a_second_person(deniz: Desk, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    text = report(deniz, "close", "abusive", versions(local_run, complaint))
    assert "Done for 0 cases." in text
    assert "1 case waits for approval." in text
    again = report(deniz, "close", "abusive", versions(local_run, complaint))
    assert "Somebody else" in again.split("These were not changed")[1]
    robin = signed_in(local_run, "Robin", "reviewer")
    assert "Done for 1 case." in report(robin, "close", "abusive", versions(local_run, complaint))
    assert Staff(local_run).case(complaint)["stage"] == "closed"


def test_all_cases_of_a_filter_are_meant_beyond_the_page(deniz: Desk, local_run: LocalRun) -> None:
    complaints = [complain(local_run, category="delivery.late") for _ in range(3)]
    back = "/desk?queue=open&category=delivery.late&limit=1"
    got = deniz.post("/desk/assign", [("form", deniz.token()), ("back", back), ("all", "1"), ("to", "Kim")])
    assert got.status == 303
    text = deniz.get(got.headers["Location"]).text
    assert "Done for" in text
    assert {Staff(local_run).case(each)["assignee"] for each in complaints} == {"Kim"}


def test_a_page_that_is_looked_at_again_does_nothing_twice(deniz: Desk, local_run: LocalRun) -> None:
    complaint = complain(local_run)
    text = report(deniz, "message", "Once.", versions(local_run, complaint))
    version = Staff(local_run).case(complaint)["version"]
    address = re.search(r'href="[^"]*(/desk/bulk/[^"?]+)\?lang', text)
    assert address
    assert "Done for 1 case." in deniz.get(address[1]).text
    assert Staff(local_run).case(complaint)["version"] == version


def test_s14_what_somebody_else_asked_for_is_not_there(deniz: Desk, local_run: LocalRun) -> None:
    sent = [("form", deniz.token()), ("do", "assign"), *versions(local_run, complain(local_run))]
    got = deniz.post(BULK, [*sent, ("value", "Kim")])
    other = signed_in(local_run, "Robin", "reviewer")
    assert other.get(got.headers["Location"]).status == 404
    assert signed_in(local_run, "Nuri", "auditor").get(got.headers["Location"]).status == 403


@pytest.mark.parametrize(("verb", "value"), [("classify", "no.such"), ("close", "bored"), ("message", "")])
def test_what_no_case_can_get_is_said_at_once_and_the_choice_is_kept(
    deniz: Desk, local_run: LocalRun, verb: str, value: str
) -> None:
    cases = versions(local_run, complain(local_run))
    got = deniz.post(BULK, [("form", deniz.token()), ("do", verb), *cases, ("value", value)])
    if verb == "classify":
        assert got.status == 303
        assert "this does not fit the case" in deniz.get(got.headers["Location"]).text
    else:
        assert got.status == 422
        assert cases[0][1] in got.text
        assert "There is a problem" in got.text


@pytest.mark.parametrize("verb", ["", "decide", "approve", "respond"])
def test_nothing_else_is_done_with_many_cases(deniz: Desk, local_run: LocalRun, verb: str) -> None:
    cases = versions(local_run, complain(local_run))
    assert deniz.post(BULK, [("form", deniz.token()), ("do", verb), *cases, ("value", "x")]).status == 422


def test_who_chose_nothing_is_led_back(deniz: Desk) -> None:
    got = deniz.post(BULK, [("form", deniz.token()), ("do", "close"), ("back", "/desk?queue=mine")])
    assert "Select at least one case." in got.text
    assert 'href="/desk?queue=mine"' in got.text
