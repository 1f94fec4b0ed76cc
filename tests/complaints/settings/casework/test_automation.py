"""Automation rules of a site are settled: what they name is there, and there are not too many."""

from typing import Any

import pytest

from complaints.settings.casework import automation
from complaints.settings.commands import (
    ChangeAutomation,
    ChangeCodes,
    ChangeFields,
    ChangeStandardText,
    CodePut,
)
from complaints.values.casework.automation import Automation, RuleState, Trigger
from complaints.values.casework.standard_texts import TextUse
from complaints.values.codes import CodeList
from complaints.values.errors import Forbidden, Invalid
from complaints.values.own_fields import FieldType, OwnField
from complaints.values.people import Actor, Member, Role
from tests.builders import DEMO, MONDAY
from tests.settings_stores import OPERATOR, Organisation

CLEARED = Member(id="ruth", name="Ruth", roles=(Role.REVIEWER,), sites=(DEMO.key,), sensitive=True)
NAME = f"{DEMO.key}.damage"


@pytest.fixture(scope="module")
def here() -> Organisation:
    """With a sensitive category, a question, a reply, an own field and two people who work on cases."""
    here = Organisation()
    here.has("grace", Role.AGENT)
    here.has("quinn", Role.QUALITY)
    private = CodePut(list=CodeList.CATEGORIES, code="privacy.data_misuse", sensitive=True)
    here.enrolment.member(CLEARED, here.context(OPERATOR), "Begins today.")
    here.does(ChangeCodes(put=(private,), reason="Agreed."))
    for code, use in (("photograph", TextUse.QUESTION), ("late", TextUse.REPLY)):
        text = ChangeStandardText(title=code, use=use, texts={DEMO.language: "Words."}, reason="Agreed.")
        here.does(text, f"{DEMO.key}.{code}")
    price = OwnField(code="price", type=FieldType.NUMBER, labels={"en": "Price", "tr": "Fiyat"})
    here.does(ChangeFields(fields=(price,), reason="Agreed."))
    return here


def change(**said: Any) -> ChangeAutomation:
    return ChangeAutomation(**{"title": "Damage", "assign": "grace", "reason": "Agreed."} | said)


def test_a_rule_is_a_record_that_holds_for_what_happens_once_it_is_on(here: Organisation) -> None:
    off = change(categories=("delivery.damaged",), own_field="price", at_least="100", ask="photograph")
    kept = here.does(off, NAME).record
    assert kept == Automation(
        title="Damage",
        categories=("delivery.damaged",),
        own_field="price",
        at_least="100",
        assign="grace",
        ask="photograph",
    )
    on = here.does(change(state=RuleState.ON), NAME).record
    assert isinstance(on, Automation)
    assert on.is_on
    assert on.since == MONDAY
    assert on.categories == ()


@pytest.mark.parametrize(
    ("said", "pointer", "fault"),
    [
        ({"assign": None}, "/assign", "no-rule-action"),
        ({"when": Trigger.WAITS}, "/wait_days", "missing"),
        ({"categories": ("delivery.eaten",)}, "/categories/0", "unknown-value"),
        ({"languages": ("de",)}, "/languages/0", "not-spoken"),
        ({"words": ("rain", "--")}, "/words/1", "wrong-form"),
        ({"answers": ("3",)}, "/own_field", "missing"),
        ({"own_field": "size"}, "/own_field", "unknown-value"),
        ({"assign": "quinn"}, "/assign", "not-a-colleague"),
        ({"assign": "nobody"}, "/assign", "not-a-colleague"),
        ({"categories": ("privacy.data_misuse",)}, "/assign", "not-cleared"),
        ({"ask": "late"}, "/ask", "unknown-value"),
        ({"task_to": "grace"}, "/task", "missing"),
        ({"task": "Call", "task_to": "sam"}, "/task_to", "not-a-colleague"),
    ],
)
def test_a_rule_that_could_not_do_what_it_says_is_refused(
    here: Organisation, said: dict[str, Any], pointer: str, fault: str
) -> None:
    with pytest.raises(Invalid) as refused:
        here.does(change(**said), NAME)
    assert (pointer, fault) in [(each.pointer, each.code) for each in refused.value.errors]


def test_a_rule_about_sensitive_cases_may_name_who_is_cleared(here: Organisation) -> None:
    cleared = change(categories=("privacy.data_misuse",), assign="ruth")
    assert here.does(cleared, f"{DEMO.key}.privacy").record is not None


def test_s109_a_site_has_a_hundred_rules_and_one_that_is_removed_makes_room(
    here: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(automation, "MOST_RULES", 3)
    here.does(change(), f"{DEMO.key}.third")
    with pytest.raises(Invalid) as refused:
        here.does(change(), f"{DEMO.key}.fourth")
    assert [(each.pointer, each.code) for each in refused.value.errors] == [("/id", "too-many")]
    here.does(change(state=RuleState.REMOVED), f"{DEMO.key}.third")
    here.does(change(), f"{DEMO.key}.fourth")


def test_only_administrators_change_rules(here: Organisation) -> None:
    with pytest.raises(Forbidden):
        here.does(change(), NAME, by=Actor("staff", "ruth", (Role.REVIEWER,)))
