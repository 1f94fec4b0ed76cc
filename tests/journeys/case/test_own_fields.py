"""Own fields of a site, over their whole life: settled, asked, answered, shown, found, and removed.

Threat 86.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.html import Reading
from tests.journeys.lists.test_search import found
from tests.journeys.reporting.test_case_export import files
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, address, clock, complain, form, new_word, settle, submit
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk
from tests.pages.desk.queue.test_mail import page_of, stray
from tests.pages.desk_client import form_of, signed_in
from tests.pages.form_client import Sender, field, words

SITE = "demo-gb"
WHY = "She read it out on the telephone."
METER = "billing.wrong_amount"


def labels(words: str) -> dict[str, str]:
    return dict.fromkeys(("ar", "de", "en", "es", "fr", "tr"), words)


FIELDS: list[dict[str, Any]] = [
    {"code": "serial", "type": "text", "labels": labels("Serial number")},
    {
        "code": "size",
        "type": "choice",
        "labels": labels("Size"),
        "choices": [{"code": "large", "labels": labels("Large one")}],
    },
    {"code": "weight", "type": "number", "labels": labels("Weight in kg")},
    {
        "code": "meter",
        "type": "date",
        "labels": labels("Meter read on"),
        "required": True,
        "categories": [METER],
    },
]


@pytest.fixture(scope="module")
def run(local_run: LocalRun) -> Iterator[LocalRun]:
    """With a site that asks fields of its own, which others do not see."""
    languages = Office(local_run).setting("site", SITE)["record"]["languages"]
    office, fields = Office(local_run), [within(field, languages) for field in FIELDS]
    office.does("fields", SITE, {"fields": fields})
    yield local_run
    office.does("fields", SITE, {"fields": [each | {"retired": True} for each in fields]})


def within(value: Any, languages: list[str]) -> Any:
    """A field with words in the languages of a site."""
    if isinstance(value, list):
        return [within(each, languages) for each in value]
    if isinstance(value, dict):
        return {
            name: {tag: each[tag] for tag in languages} if name == "labels" else within(each, languages)
            for name, each in value.items()
        }
    return value


@pytest.fixture
def serial() -> str:
    return new_word()


@pytest.fixture
def complaint(run: LocalRun, serial: str) -> Complaint:
    answers = {"serial": serial, "size": "large", "weight": 3.5, "meter": "2026-01-02"}
    return complain(run, site=SITE, category=METER, fields=answers)


def answers_of(details: Any) -> dict[str, str]:
    return {each["label"]: each["text"] for each in details["fields"]}


TOLD = {"Size": "Large one", "Weight in kg": "3.5", "Meter read on": "2026-01-02"}


def test_the_form_says_what_it_asks_and_for_which_categories(run: LocalRun) -> None:
    asked = run.call("GET", f"/v1/form?site={SITE}&lang=en").json["fields"]
    assert [(each["name"], each["type"], each["required"]) for each in asked] == [
        ("fields.serial", "text", False),
        ("fields.size", "choice", False),
        ("fields.weight", "number", False),
        ("fields.meter", "date", True),
    ]
    assert asked[1]["choices"] == [{"code": "large", "label": "Large one"}]
    assert (asked[3]["pointer"], asked[3]["categories"]) == ("/fields/meter", [METER])


def test_answers_are_shown_to_staff_and_complainant_and_are_in_the_download(
    complaint: Complaint, serial: str
) -> None:
    found = TOLD | {"Serial number": serial}
    case = Staff(complaint.run).case(complaint)
    assert answers_of(case["details"]) == answers_of(complaint.view()["details"]) == found
    assert case["facts"][0]["own_fields"]["size"] == "large"
    assert answers_of(complaint.call("GET", "/data").json["complaint"]) == found
    page = complaint.run.open_link(f"/status/{complaint.reference}?t={complaint.access}")
    desk = signed_in(complaint.run).get(f"/desk/cases/{complaint.reference}")
    for shown in (words(page), words(desk)):
        assert f"Serial number {serial}" in shown
        assert "Size Large one" in shown


def test_a_case_is_found_by_an_answer_until_it_is_removed(complaint: Complaint, serial: str) -> None:
    rana = Staff(complaint.run, "Rana", "reviewer")
    settle(complaint.run)
    assert found(rana, serial) == [complaint.reference]
    rana.does(complaint, "redact", {"message": 1, "reason": "It names somebody else."})
    settle(complaint.run)
    assert found(rana, serial) == []
    shown = (str(rana.case(complaint)), str(complaint.view()), complaint.call("GET", "/data").text)
    assert not [text for text in shown if serial in text]
    assert rana.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"category": METER}, ["/fields/meter"]),
        ({"category": METER, "fields": {"meter": ""}, "consent": False}, ["/consent", "/fields/meter"]),
        ({"fields": {"size": "huge", "weight": "a lot", "colour": "red"}},
         ["/fields/colour", "/fields/size", "/fields/weight"]),
        ({"fields": {"serial": ["x"], "a/b": "x"}}, ["/fields/a~1b", "/fields/serial"]),
        ({"fields": {"serial": True}}, ["/fields/serial"]),
        ({"fields": "serial"}, ["/fields"]),
    ],
)  # fmt: skip
def test_every_wrong_answer_is_named_at_once(
    run: LocalRun, changes: dict[str, Any], expected: list[str]
) -> None:
    assert sorted(pointers(submit(run, form(site=SITE) | changes))) == expected


def test_a_site_without_own_fields_takes_no_answers(run: LocalRun) -> None:
    assert pointers(submit(run, form(fields={"serial": "1"}))) == ["/fields/serial"]


def test_the_form_without_a_script_asks_them_and_keeps_what_was_typed(run: LocalRun, serial: str) -> None:
    sender = Sender(run, SITE)
    assert "Only if it is about: The amount is wrong" in words(sender.page)
    typed = {"category": METER, "fields.serial": serial, "fields.size": "large", "fields.weight": "3,5"}
    wrong = sender.send(**typed)
    assert wrong.status == 422
    assert "Meter read on: Enter a value." in words(wrong)
    assert field(wrong, "fields.serial")["value"] == serial
    assert "#fields.meter" in Reading(wrong.text).links
    page = sender.follow(sender.send_again(wrong, **{"fields.meter": "2026-01-02"}))
    status = next(link for link in Reading(page.text).links if "/status/C-" in link and "done" not in link)
    assert "Weight in kg 3.5" in words(sender.look(status.removeprefix(run.url)))


def test_staff_may_leave_a_required_field_empty_and_get_a_wrong_one_back(run: LocalRun) -> None:
    desk = signed_in(run, "Deniz", "agent")
    fields = {
        "channel": "telephone",
        "received_at": clock(run).isoformat(timespec="minutes"),
        "email": address(),
        "description": "It costs too much.",
        "category": METER,
        "consent": "yes",
    }
    hidden, action = form_of(desk.get(f"/desk/intake?site={SITE}"), "/desk/intake")
    wrong = desk.post(action, [*hidden, *(fields | {"fields.weight": "a lot"}).items()])
    assert wrong.status == 422
    assert "Weight in kg: Enter a number like 3.5." in words(wrong)
    taken = desk.post(action, [*hidden, *(fields | {"fields.weight": "2,5"}).items()])
    assert taken.status == 303
    assert "Weight in kg 2.5" in words(desk.get(taken.headers["Location"]))


def test_staff_answer_them_when_they_make_a_complaint_of_a_mail(run: LocalRun) -> None:
    desk = signed_in(run)
    page = page_of(desk, stray(run, to=SITE), f"/desk/mail?site={SITE}")
    fields, action = form_of(page, f"/complaint?site={SITE}")
    wrong = desk.post(action, [*fields, ("fields.weight", "a lot")])
    assert wrong.status == 422
    assert "Weight in kg: Enter a number like 3.5." in words(wrong)
    taken = desk.post(action, [*fields, ("fields.weight", "2.5"), ("order_number", "4711")])
    assert taken.status == 303
    shown = words(desk.get(taken.headers["Location"]))
    assert "Weight in kg 2.5" in shown
    assert "Order or contract number 4711" in shown


def test_staff_put_an_answer_right_after_intake(complaint: Complaint, serial: str) -> None:
    run, better = complaint.run, new_word()
    kim = CaseDesk(run, complaint, "Deniz", "agent")
    wrong = kim.send(
        "correct_details", None, **{"fields.weight": "a lot", "fields.serial": better, "reason": WHY}
    )
    assert wrong.status == 422
    assert "Weight in kg: Enter a number like 3.5." in words(wrong)
    assert field(wrong, "correct_details-fields.serial")["value"] == better
    typed = {"fields.serial": better, "remove": "fields.size", "earlier_reference": "OLD-77", "reason": WHY}
    page = kim.does("correct_details", **typed)
    assert "The details are corrected." in page
    fields = {"Serial number": better, "Weight in kg": "3.5", "Meter read on": "2026-01-02"}
    case = Staff(run).case(complaint)
    assert answers_of(case["details"]) == answers_of(complaint.view()["details"]) == fields
    download = complaint.call("GET", "/data").json["complaint"]
    assert (answers_of(download), download["earlier_reference"]) == (fields, "OLD-77")
    settle(run)
    rana = Staff(run, "Rana", "reviewer")
    assert found(rana, better) == [complaint.reference]
    assert better not in rana.call("GET", f"/complaints/{complaint.reference}/audit").text
    lines = "".join(each.text for each in files(run, format="jsonl", site=SITE)).splitlines()
    [record] = (row for row in map(json.loads, lines) if row["reference"] == complaint.reference)
    assert (record["earlier_reference"], record["fields"]["serial"]) == ("OLD-77", better)
