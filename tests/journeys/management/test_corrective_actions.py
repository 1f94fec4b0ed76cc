"""Corrective actions over HTTP: planned, done, found not to help, and another one that does."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, new_word, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk
from tests.pages.case_page_client import words as page_words

WORDS: dict[str, Any] = {
    "en": {
        "label": "Training given",
        "states": ["Planned", "Done, effect to be checked", "Not effective", "Effective"],
        "rule": "Whether an action helped is checked by somebody other than its owner.",
    },
    "tr": {
        "label": "Eğitim verildi",
        "states": ["Planlandı", "Yapıldı, etkisi denetlenecek", "Etkili değil", "Etkili"],
        "rule": "Bir faaliyetin işe yarayıp yaramadığını sorumlusundan başka biri kontrol eder.",
    },
}


def closed_case(run: LocalRun) -> Complaint:
    """A complaint that was upheld and accepted; its cause is known."""
    complaint = complain(run)
    deniz = Staff(run)
    deniz.decides(complaint)
    deniz.does(complaint, "respond")
    complaint.view()
    complaint.say("answer", {"accepts": True})
    return complaint


def owner(run: LocalRun, name: str = "Selin") -> Staff:
    """A member of quality management, whom the run knows."""
    staff = Staff(run, name, "quality")
    assert staff.call("GET", "/me").status == 200
    return staff


def plan(run: LocalRun, complaint: Complaint, days: int = 14, **changed: Any) -> Answer:
    """Deniz has Selin train the packers."""
    due = (clock(run) + timedelta(days=days)).date().isoformat()
    body = {"action": "training_given", "owner": "Selin", "due": due} | changed
    return Staff(run).tries(complaint, "act", body)


def actions(complaint: Complaint, language: str = "en") -> list[dict[str, Any]]:
    """The actions of the case as the desk shows them in a language."""
    path = f"/complaints/{complaint.reference}"
    got = Staff(complaint.run).call("GET", path, Accept_Language=language)
    return [dict(action) for action in got.json["actions"]]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.iso10002("8.7 continual improvement: again")
def test_what_did_not_help_is_followed_by_another_action(local_run: LocalRun, language: str) -> None:
    complaint, selin, deniz = closed_case(local_run), owner(local_run), Staff(local_run)
    found = WORDS[language]

    def state() -> tuple[str, str]:
        last = actions(complaint, language)[-1]
        return last["state"], last["state_label"]

    assert plan(local_run, complaint).status == 200
    [planned] = actions(complaint, language)
    assert (planned["id"], planned["label"], planned["owner"]) == ("1", found["label"], "Selin")
    assert planned["cause"] == "procedure_not_followed"
    assert state() == ("planned", found["states"][0])
    selin.does(complaint, "acted")
    assert state() == ("done", found["states"][1])
    refused = selin.tries(complaint, "acted", {"effective": True}, Accept_Language=language)
    assert (refused.status, refused.json["rule"]) == (409, "owners-check")
    assert refused.json["detail"] == found["rule"]
    deniz.does(complaint, "acted", {"effective": False})
    assert state() == ("not_effective", found["states"][2])
    assert actions(complaint)[0]["needs_another"]
    assert plan(local_run, complaint, action="process_change").status == 200
    assert actions(complaint)[0]["followed_by"] == "2"
    case = deniz.does(complaint, "acted", {"effective": True})
    assert state() == ("effective", found["states"][3])
    assert case["stage"] == "closed"
    assert "acted" not in case["allowed_commands"]
    assert deniz.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]


def test_text_measure_and_target_of_an_action_are_asked_for_and_shown_where_it_is(
    local_run: LocalRun,
) -> None:
    owner(local_run)
    complaint = complain(local_run)
    words = {
        "text": f"Packers learn {new_word()}.",
        "measure": "Broken lamps in a month",
        "target": "Fewer than two",
    }
    due = (clock(local_run) + timedelta(days=14)).date().isoformat()
    CaseDesk(local_run, complaint).does("act", action="training_given", owner="Selin", due=due, **words)
    for number in range(26):
        Staff(local_run).does(complaint, "note", {"text": f"Note {number}."})
    settle(local_run)
    [action] = actions(complaint)
    assert {name: action[name] for name in words} == words, "also where its entry is none of the last"
    page = page_words(CaseDesk(local_run, complaint).page())
    assert all(value in page for value in words.values())
    found = Staff(local_run).call("GET", f"/search?site=demo&q={words['text'].split()[-1][:-1]}")
    assert complaint.reference in found.text, found.text


@pytest.mark.iso10002("4 improvement: action")
def test_all_that_is_wrong_with_an_action_is_named(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    got = plan(local_run, complaint, days=-1, action="dance", owner="Nobody")
    assert got.status == 422
    assert [error["pointer"] for error in got.json["errors"]] == ["/action", "/owner", "/due"]
    assert actions(complaint) == []


def test_an_action_can_be_given_to_somebody_to_whom_no_case_can(local_run: LocalRun) -> None:
    quality, auditor = (Office(local_run).adds(role) for role in ("quality", "auditor"))
    cases, of_actions = (
        {member["id"] for member in quality.call("GET", path).json["items"]}
        for path in ("/members", "/members?for=act")
    )
    assert of_actions - cases >= {quality.name}
    assert auditor.name not in of_actions
    complaint = complain(local_run)
    assert plan(local_run, complaint, owner=auditor.name).status == 422
    assert plan(local_run, complaint, owner=quality.name).status == 200


def test_the_action_of_a_part_is_seen_to_there_and_shown_with_the_whole(local_run: LocalRun) -> None:
    owner(local_run)
    whole = complain(local_run)
    part = complain(local_run, complainant={"name": "Ada Yılmaz", "email": whole.email})
    assert plan(local_run, part).status == 200
    deniz = Staff(local_run)
    deniz.does(part, "merge", {"into": whole.reference, "reason": "The same parcel."})
    deniz.does(part, "acted", {"effective": True})
    [absorbed] = deniz.case(whole)["absorbed"]
    assert [action["state"] for action in absorbed["actions"]] == ["effective"]


@pytest.mark.iso10002("4 improvement: action")
def test_an_overdue_action_is_marked_and_brought_before_owner_and_manager(moving_run: LocalRun) -> None:
    complaint, selin = complain(moving_run), owner(moving_run)
    assert plan(moving_run, complaint, days=1).status == 200
    assert not actions(complaint)[0]["overdue"]
    go_to(moving_run, clock(moving_run) + timedelta(days=9))
    settle(moving_run)
    assert actions(complaint)[0]["overdue"]
    raised = [fact["to"] for fact in selin.case(complaint)["facts"] if fact["fact"] == "ActionRaised"]
    assert raised == ["owner", "manager"]
    letters = selin.call("GET", f"/complaints/{complaint.reference}/letters").json["items"]
    found = [letter for letter in letters if letter["kind"] == "action"]
    assert [letter["state"] for letter in found] == ["sent", "sent"]
    page = selin.call("GET", f"/complaints/{complaint.reference}/letters/{found[1]['id']}").text
    assert WORDS["en"]["label"] in page
    selin.does(complaint, "acted")
    assert not actions(complaint)[0]["overdue"]


@pytest.mark.iso10002("4 improvement: register")
def test_one_register_has_the_actions_of_cases_and_those_of_records(local_run: LocalRun) -> None:
    owner(local_run)
    complaint = closed_case(local_run)
    assert plan(local_run, complaint).status == 200
    quinn = owner(local_run, "Quinn")
    today = clock(local_run).date()
    body = {
        "text": "Every packer learns it anew",
        "action": "coaching",
        "owner": "Selin",
        "due": (today + timedelta(days=9)).isoformat(),
        "checker": "Quinn",
        "measure": "Complaints about damage in a month",
        "target": "Fewer than two",
        "check_on": (today + timedelta(days=99)).isoformat(),
    }
    record = f"demo.coach-{uuid.uuid4().hex[:8]}"
    got = quinn.call("POST", f"/records/action/{record}/commands/plan", body, If_Match='"0"')
    assert got.status == 200, got.text

    def listed(query: str, staff: Staff = quinn) -> set[str]:
        items = staff.call("GET", f"/actions?site=demo&{query}").json["items"]
        return {each["case"] or each["record"] for each in items}

    both = {complaint.reference, record}
    assert both <= listed("show=waiting")
    assert both & listed("show=overdue") == both & listed("show=checked") == set()
    assert both <= listed("whose=mine", Staff(local_run, "Selin", "quality"))
    assert both & listed("whose=mine") == {record}
    done = Staff(local_run, "Selin", "quality")
    assert done.call("POST", f"/records/action/{record}/commands/done", {}, If_Match='"1"').status == 200
    assert both & listed("show=to_check") == {record}
    Staff(local_run).does(complaint, "acted", {"effective": True})
    assert both & listed("show=checked") == {complaint.reference}
    sheet = quinn.call("GET", "/actions?site=demo&format=csv")
    assert (sheet.status, record in sheet.text) == (200, True)
    wrong = quinn.call("GET", "/actions?show=gossip&whose=x&site=nowhere").json["errors"]
    assert {each["pointer"] for each in wrong} == {"/show", "/whose", "/site"}
