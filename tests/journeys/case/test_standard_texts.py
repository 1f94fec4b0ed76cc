"""Standard texts over their whole life: kept in order by forms, chosen on a case, filled in, and retired."""

import uuid
from collections.abc import Iterator

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, attributes_of, words
from tests.pages.desk_client import form_of
from tests.pages.settings_client import OfficeDesk, standing

KIND = "standard_text"
REPLY = {
    "title": "Parcel is late",
    "use": "reply",
    "texts": {
        "en": "Dear {name},\n\n{reference} of {site}: {subject}. By {due}.\n\n{member}",
        "tr": "Sayın {name}",
    },
}


@pytest.fixture
def code(local_run: LocalRun) -> Iterator[str]:
    """A text of the demo site that others of the run do not mind, and that is retired in the end."""
    made = f"late{uuid.uuid4().hex[:8]}"
    Office(local_run).does(KIND, f"demo.{made}", REPLY)
    yield made
    Office(local_run).does(KIND, f"demo.{made}", {"retired": True})


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def offered(staff: Staff, complaint: Complaint, verb: str, words: str = "") -> dict[str, str]:
    """The texts for a command by their codes."""
    got = staff.call("GET", f"/complaints/{complaint.reference}/texts/{verb}?q={words}")
    assert got.status == 200, got.text
    return {each["code"]: each["text"] for each in got.json["items"]}


def test_a_text_is_filled_in_for_the_case_in_the_language_of_the_complaint(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    deniz = Staff(local_run)
    text = offered(deniz, complaint, "message")[code]
    assert text.startswith(f"Dear Ada Yılmaz,\n\n{complaint.reference} of ")
    assert "Parcel arrived broken. By " in text
    assert text.endswith("\n\nDeniz")
    turkish = complain(local_run, language="tr", complainant={"phone": "+90 212 000 00 00"})
    assert code not in offered(deniz, turkish, "message"), "it has nothing to say without a name"
    assert code not in offered(deniz, complaint, "ask")


def test_texts_are_found_by_their_words(local_run: LocalRun, code: str, complaint: Complaint) -> None:
    deniz = Staff(local_run)
    assert code in offered(deniz, complaint, "message", "late+PARCEL")
    assert code in offered(deniz, complaint, "message", f"dear+{complaint.reference}")
    assert code not in offered(deniz, complaint, "message", "zebra+crossing")


def test_texts_of_a_case_are_for_those_who_may_give_the_command(
    local_run: LocalRun, complaint: Complaint
) -> None:
    for staff, verb, status in (
        (Staff(local_run, "Vera", "auditor"), "message", 403),
        (Staff(local_run), "approve", 403),
        (Staff(local_run), "conjure", 404),
    ):
        got = staff.call("GET", f"/complaints/{complaint.reference}/texts/{verb}")
        assert got.status == status, got.text


def test_a_text_is_chosen_from_a_list_and_nothing_typed_is_lost(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    kim = CaseDesk(local_run, complaint)
    chosen = kim.send("message", text="Typed before.", step="texts")
    assert chosen.status == 200, chosen.text
    assert "Parcel is late" in words(chosen)
    hidden, action = form_of(chosen, "/commands/message")
    sought = kim.desk.post(action, [*hidden, ("q", "zebra crossing"), ("step", "texts")])
    assert "No text has these words." in words(sought)
    hidden, action = form_of(sought, "/commands/message")
    back = kim.desk.post(action, [*hidden, ("insert", code)])
    assert back.status == 200, back.text
    text = dict(standing(back, "/commands/message"))["text"]
    assert text.startswith("Typed before.\n\nDear Ada Yılmaz,\n\n")
    asked = kim.send("message", back, text=text)
    assert kim.confirm(asked).status == 303
    assert complaint.reference in complaint.view()["messages"][-1]["text"]
    deniz = Staff(local_run)
    used = [each["texts"] for each in deniz.case(complaint)["facts"] if each["fact"] == "StandardTextsUsed"]
    assert used == [[code]]
    listed = deniz.call("GET", "/texts?site=demo").json["items"]
    assert [each["used"] for each in listed if each["id"] == f"demo.{code}"] == [1]


def test_reasons_are_chosen_for_the_form_in_which_a_case_is_examined(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    reasons = {"title": "You are right", "use": "reasons", "texts": {"en": "You are right, {name}."}}
    Office(local_run).does(KIND, f"demo.{code}", reasons)
    kim = CaseDesk(local_run, complaint)
    kim.send("assign", to=kim.name)
    hidden, action = form_of(kim.page(), "/examination")
    typed = [("category", "delivery.late"), ("finding", "Packed badly."), ("outcome", "upheld")]
    chosen = kim.desk.post(action, [*hidden, *typed, ("step", "texts")])
    assert "You are right, Ada Yılmaz." in words(chosen)
    hidden, action = form_of(chosen, "/examination")
    back = kim.desk.post(action, [*hidden, ("insert", code)])
    assert back.status == 200, back.text
    stands = dict(standing(back, "/examination"))
    assert (stands["finding"], stands["reasons"]) == ("Packed badly.", "You are right, Ada Yılmaz.")
    assert (stands["category"], stands["texts"]) == ("delivery.late", code)
    marks = dict.fromkeys(("severity", "safety", "complexity", "impact", "urgency", "immediate_action"), "1")
    fields = {**stands, **marks, "outcome": "upheld", "root_cause": "design", "step": "save"}
    assert kim.desk.post(action, list(fields.items())).status == 303
    case = Staff(local_run).case(complaint)
    used = [each["texts"] for each in case["facts"] if each["fact"] == "StandardTextsUsed"]
    assert used == [[code]]


def test_a_text_that_was_retired_meanwhile_changes_nothing(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    Office(local_run).does(KIND, f"demo.{code}", {"retired": True})
    kim = CaseDesk(local_run, complaint)
    got = kim.send("message", text="Typed before.", insert=code)
    assert dict(standing(got, "/commands/message"))["text"] == "Typed before."
    assert code not in offered(Staff(local_run), complaint, "message")


def test_reviewers_keep_texts_in_order_by_a_form_for_each_language(local_run: LocalRun) -> None:
    code = f"made{uuid.uuid4().hex[:8]}"
    desk = OfficeDesk(local_run, "Rana", "reviewer")
    page = desk.page(f"/new/{KIND}?site=demo")
    assert "JSON" not in page.text
    typed = {"id": code, "title": "Which lamp?", "use": "question", "reason": "Often asked."}
    wrong = desk.send(page, f"/new/{KIND}", **typed, **{"texts.en": "Which {lamp}?"})
    assert wrong.status == 422
    assert attributes_of(wrong, "change-texts.en")["aria-invalid"] == "true"
    made = desk.send(wrong, f"/new/{KIND}", **{"texts.en": "Which lamp, {name}?"})
    assert "Often asked." in desk.follow(made)
    setting = Office(local_run).setting(KIND, f"demo.{code}")
    assert setting["record"]["texts"] == {"en": "Which lamp, {name}?"}
    assert [each["by"] for each in setting["history"]] == ["Rana"]
    shown = desk.setting(KIND, f"demo.{code}")
    changed = desk.send(shown, "/commands/change", retired="true", reason="Not any more.")
    assert "Not any more." in desk.follow(changed)
    assert "Which lamp?" in words(desk.desk.get("/desk/texts?site=demo"))


def test_the_texts_of_a_site_are_for_those_who_serve_it(local_run: LocalRun, code: str) -> None:
    listed = Staff(local_run).call("GET", "/texts?site=demo").json["items"]
    assert f"demo.{code}" in {each["id"] for each in listed}
    assert pointers(Staff(local_run).call("GET", "/texts?site=another")) == ["/site"]
    assert Office(local_run).tries(KIND, "demo.Late Parcel", REPLY).status == 422
    assert Office(local_run).staff.call("GET", f"/settings/{KIND}/demo.none").status == 404


def test_s97_a_text_that_the_site_does_not_have_is_refused_and_counts_nowhere(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    deniz = Staff(local_run)
    fields = {"text": "It is late.", "texts": [code, "no.such", "another"]}
    assert pointers(deniz.tries(complaint, "message", fields)) == ["/texts/1", "/texts/2"]
    deniz.does(complaint, "message", fields | {"texts": [code]})
    used = [each["texts"] for each in deniz.case(complaint)["facts"] if each["fact"] == "StandardTextsUsed"]
    assert used == [[code]]
