"""Macros over their whole life: made by a form, looked at on a case, run step by step, and stopped.

Threat 91.
"""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import SCALES, Complaint, Staff, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words
from tests.pages.desk_client import form_of
from tests.pages.settings_client import OfficeDesk, standing

KIND = "macro"
DECIDES = {"outcome": "upheld", "root_cause": "design", "finding": "It broke."}


@pytest.fixture
def code(local_run: LocalRun) -> Iterator[str]:
    """Codes of the demo site that no other test has; what has one is retired in the end."""
    made, office = f"m{uuid.uuid4().hex[:8]}", Office(local_run)
    reply = {"title": "Late", "use": "reply", "texts": {"en": "{reference} is late."}}
    office.does("standard_text", f"demo.{made}", reply)
    yield made
    texts = (made, f"{made}_reasons", f"{made}_finding")
    for kind, name in ((KIND, made), *(("standard_text", each) for each in texts)):
        if office.staff.call("GET", f"/settings/{kind}/demo.{name}").status == 200:
            office.does(kind, f"demo.{name}", {"retired": True})


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def has(run: LocalRun, code: str, *steps: dict[str, Any]) -> None:
    """The demo site has a macro of these steps."""
    Office(run).does(KIND, f"demo.{code}", {"title": "Late parcel", "steps": steps})


def facts(complaint: Complaint) -> list[tuple[int, str]]:
    """What people made of the case after its receipt, each with its entry."""
    case = Staff(complaint.run).case(complaint)
    return [(each["number"], each["fact"]) for each in case["facts"] if each["by"] in ("Kim", "Deniz")]


def test_each_step_is_a_command_and_an_entry_of_its_own_with_the_texts_as_they_were_looked_at(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    has(
        local_run,
        code,
        {"verb": "assign"},
        {"verb": "classify", "body": {"category": "delivery.late"}},
        {"verb": "message", "texts": {"text": code}},
    )
    kim = CaseDesk(local_run, complaint)
    preview = kim.page(f"/macros/{code}")
    text = dict(standing(preview, f"/macros/{code}"))["2.text"]
    assert text == f"{complaint.reference} is late."
    assert facts(complaint) == []
    hidden, action = form_of(preview, f"/macros/{code}")
    sent = [*hidden, ("2.text", f"{text} Sorry."), ("step", "do")]
    got = kim.desk.post(action, sent)
    assert got.status == 303, words(got)
    done = facts(complaint)
    assert [fact for _, fact in done if fact in ("Assigned", "Classified", "MessageSent")] == [
        "Assigned",
        "Classified",
        "MessageSent",
    ]
    assert len({number for number, _ in done}) == 3
    assert "StandardTextsUsed" in {fact for _, fact in done}
    assert Staff(local_run).case(complaint)["assignee"] == "Kim"
    assert complaint.view()["messages"][-1]["text"] == f"{text} Sorry."
    assert kim.desk.post(action, sent).status == 303, "a second press is the same run"
    assert facts(complaint) == done


def test_a_macro_carries_a_remedy_and_dates_by_working_days_from_its_form(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    office, texts = Office(local_run), {"reasons": "You are right.", "finding": "It broke."}
    for use, text in texts.items():
        shown = {"title": f"{use} {code}", "use": use, "texts": {"en": text}}
        office.does("standard_text", f"demo.{code}_{use}", shown)
    sam = OfficeDesk(local_run, "Sam", "admin").desk
    form = sam.get("/desk/macros?site=demo")
    hidden, action = form_of(form, "/desk/macros")
    page_text = {
        "0.verb": "assess",
        **{f"0.{name}": str(mark) for name, mark in SCALES.items()},
        "1.verb": "decide",
        "1.outcome": "upheld",
        **{f"1.{use}": f"{code}_{use}" for use in texts},
        "1.root_cause": "design",
        "1.kind_1": "refund",
        "1.amount_1": "9.90",
        "1.currency_1": "EUR",
        "1.by_1": "5",
        "2.verb": "task",
        "2.text": "Look whether the money came.",
        "2.due": "7",
        "code": code,
        "title": "Refund",
        "reason": "Agreed.",
        "step": "save",
    }
    saved = sam.post(action, [*hidden, *page_text.items()])
    assert saved.status == 303, words(saved)
    again = dict(standing(sam.get(f"/desk/macros?site=demo&code={code}"), "/desk/macros"))
    assert (again["1.kind_1"], again["1.by_1"], again["2.due"]) == ("refund", "5", "7")
    kim = CaseDesk(local_run, complaint)
    preview = kim.page(f"/macros/{code}")
    hidden, action = form_of(preview, f"/macros/{code}")
    written = [(f"1.{use}", text) for use, text in texts.items()]
    got = kim.desk.post(action, [*hidden, *written, ("step", "do")])
    assert got.status == 303, words(got)
    case = Staff(local_run).case(complaint)
    [remedy] = case["decision"]["remedies"]
    assert (remedy["kind"], remedy["amount"]) == ("refund", "9.90")
    [task] = case["tasks"]
    days = [date.fromisoformat(each) for each in (remedy["by"], task["due"])]
    assert case["received_at"][:10] < remedy["by"] < task["due"]
    assert all(day.weekday() < 5 for day in days)


def test_a_macro_never_stands_in_for_the_second_person(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    scales = SCALES | {"severity": 3}
    decision = DECIDES | {"reasons": "You are right."}
    has(
        local_run,
        code,
        {"verb": "assess", "body": scales},
        {"verb": "decide", "body": decision},
        {"verb": "respond"},
        {"verb": "note", "body": {"text": "Told."}},
    )
    deniz = CaseDesk(local_run, complaint, "Deniz", "agent")
    preview = deniz.page(f"/macros/{code}")
    assert "A step is not possible now. The macro stops there." in words(preview)
    hidden, action = form_of(preview, f"/macros/{code}")
    got = deniz.desk.post(
        action, [*hidden, ("1.reasons", "You are right."), ("1.finding", "It broke."), ("step", "do")]
    )
    assert got.status == 409
    text = words(got)
    assert "The macro stopped. The steps that were done stay done." in text
    assert text.count("✓ Done") == 2
    assert "Not possible." in text
    case = Staff(local_run).case(complaint)
    assert (case["stage"], case["decision"]["issued"]) == ("investigating", False)
    assert "NoteAdded" not in {fact for _, fact in facts(complaint)}


def test_whoever_may_not_see_sensitive_cases_is_stopped_where_the_case_becomes_one(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    has(
        local_run,
        code,
        {"verb": "classify", "body": {"category": "conduct.unequal_treatment"}},
        {"verb": "note", "body": {"text": "Still here."}},
    )
    office = Office(local_run)
    office.does(
        "member", f"c{code}", {"name": "Cleo", "roles": ["reviewer"], "sites": ["demo"], "sensitive": True}
    )
    put = {"list": "categories", "code": "conduct.unequal_treatment"}
    office.does("codes", "demo", {"put": [put | {"sensitive": True}]})
    try:
        deniz = CaseDesk(local_run, complaint, "Deniz", "agent")
        hidden, action = form_of(deniz.page(f"/macros/{code}"), f"/macros/{code}")
        got = deniz.desk.post(action, [*hidden, ("step", "do")])
        assert got.status in (403, 404, 409), words(got)
        assert deniz.desk.get(deniz.path).status == 404
    finally:
        office.does("codes", "demo", {"put": [put | {"sensitive": False}]})
    assert "NoteAdded" not in {fact for _, fact in facts(complaint)}


def test_a_case_or_a_macro_that_changed_meanwhile_is_looked_at_again(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    has(local_run, code, {"verb": "note", "body": {"text": "First."}})
    kim = CaseDesk(local_run, complaint)
    hidden, action = form_of(kim.page(f"/macros/{code}"), f"/macros/{code}")
    odd = [(name, "²" * 9 if name == "version" else value) for name, value in hidden]
    assert kim.desk.post(action, [*odd, ("0.text", "First."), ("step", "do")]).status in (400, 428)
    Staff(local_run).does(complaint, "assign", {"to": "Deniz"})
    got = kim.desk.post(action, [*hidden, ("0.text", "First."), ("step", "do")])
    assert got.status == 412
    hidden, action = form_of(kim.page(f"/macros/{code}"), f"/macros/{code}")
    has(local_run, code, {"verb": "note", "body": {"text": "Second."}})
    got = kim.desk.post(action, [*hidden, ("0.text", "First."), ("step", "do")])
    assert got.status == 412
    assert "The macro was changed meanwhile." in words(got)
    assert "NoteAdded" not in {fact for _, fact in facts(complaint)}


def test_only_those_who_may_give_its_commands_run_a_macro(
    local_run: LocalRun, code: str, complaint: Complaint
) -> None:
    has(local_run, code, {"verb": "note", "body": {"text": "First."}})
    vera = CaseDesk(local_run, complaint, "Vera", "auditor")
    hidden, action = form_of(vera.page(f"/macros/{code}"), f"/macros/{code}")
    got = vera.desk.post(action, [*hidden, ("0.text", "First."), ("step", "do")])
    assert got.status == 403
    assert Staff(local_run).case(complaint)["version"] == 1
    items = Staff(local_run).call("GET", f"/complaints/{complaint.reference}/macros").json["items"]
    assert [each["steps"] for each in items if each["code"] == code] == [
        [{"verb": "note", "body": {"text": "First."}}]
    ]
    assert vera.desk.get(f"{vera.path}/macros/none").status == 404


def test_a_macro_is_made_by_a_form_step_after_step(local_run: LocalRun, code: str) -> None:
    rana = OfficeDesk(local_run, "Rana", "reviewer").desk
    page = rana.get("/desk/macros?site=demo")
    form = "/desk/macros"

    def press(step: str, **typed: str) -> Any:
        fields = [each for each in standing(page, form) if each[0] not in typed]
        return rana.post(form, [*fields, *typed.items(), ("step", step)])

    page = press("add", code=code, title="Late parcel", verb="message")
    page = press("add", verb="close")
    page = press("add", verb="note")
    page = press("out-2")
    wrong = page = press("save", reason="Often needed.")
    assert wrong.status == 422
    assert "Step 1" in words(wrong)
    assert "JSON" not in wrong.text
    got = press("save", **{"0.text": code, "1.reason": "accepted"})
    assert got.status == 303, words(got)
    setting = Office(local_run).setting(KIND, f"demo.{code}")
    assert setting["record"]["steps"] == [
        {"verb": "message", "texts": {"text": code}},
        {"verb": "close", "body": {"reason": "accepted"}},
    ]
    assert [(each["by"], each["reason"]) for each in setting["history"]] == [("Rana", "Often needed.")]
    page = rana.get(f"/desk/macros?site=demo&code={code}")
    assert press("save", title="Parcel is late", reason="Renamed.").status == 303
    assert "Parcel is late" in words(rana.get("/desk/texts?site=demo"))
    assert rana.get(f"/desk/settings/{KIND}/demo.{code}").status == 200
