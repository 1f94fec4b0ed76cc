"""Macros of a site are settled: of commands that say the same on any case, each with all that it needs."""

from typing import Any

import pytest

from complaints.handling.macros import MACRO_VERBS
from complaints.settings.commands import (
    ChangeMacro,
    ChangeStandardText,
)
from complaints.values.casework.macros import Macro, MacroStep
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import Forbidden, Invalid
from complaints.values.people import Actor, Role
from tests.builders import DEMO
from tests.settings_stores import Organisation

NAME = f"{DEMO.key}.late_parcel"
LATE = MacroStep(verb="message", texts={"text": "late"})


def settled() -> Organisation:
    """With one reply."""
    here = Organisation()
    text = ChangeStandardText(
        title="Late", use=TextUse.REPLY, texts={DEMO.language: "It is late."}, reason="Agreed."
    )
    here.does(text, f"{DEMO.key}.late")
    return here


def change(*steps: MacroStep) -> ChangeMacro:
    return ChangeMacro(title="Late parcel", steps=steps, reason="Agreed.")


def test_a_macro_is_a_record_with_a_history_of_its_own() -> None:
    steps = (MacroStep(verb="assign"), MacroStep(verb="classify", body={"category": "delivery.late"}), LATE)
    assert settled().does(change(*steps), NAME).record == Macro(title="Late parcel", steps=steps)


@pytest.mark.parametrize(
    ("step", "pointer", "fault"),
    [
        ({"verb": "redact", "body": {"message": 1, "reason": "-"}}, "/steps/0/verb", "unknown-value"),
        ({"verb": "approve"}, "/steps/0/verb", "unknown-value"),
        ({"verb": "conjure"}, "/steps/0/verb", "unknown-value"),
        ({"verb": "message"}, "/steps/0/body/text", "missing"),
        ({"verb": "close", "body": {"reason": "bored"}}, "/steps/0/body/reason", "unknown-value"),
        ({"verb": "escalate", "body": {"to": 7, "reason": "-"}}, "/steps/0/body/to", "unknown-value"),
        (
            {"verb": "task", "body": {"text": "-", "due": {"in_working_days": 0}}},
            "/steps/0/body/due",
            "wrong-type",
        ),
        ({"verb": "decide", "body": {"remedies": [{"by": {}}]}}, "/steps/0/body/remedies", "wrong-type"),
        ({"verb": "assign", "body": {"by": "x"}}, "/steps/0/body", "unknown-field"),
        ({"verb": "message", "texts": {"text": "none"}}, "/steps/0/texts/text", "unknown-value"),
        ({"verb": "ask", "texts": {"text": "late"}}, "/steps/0/texts/text", "unknown-value"),
        ({"verb": "message", "texts": {"text": "late", "note": "late"}}, "/steps/0/texts", "unknown-field"),
    ],
)
def test_a_step_that_no_case_could_take_is_refused(step: dict[str, Any], pointer: str, fault: str) -> None:
    with pytest.raises(Invalid) as refused:
        settled().does(change(MacroStep(**step)), NAME)
    assert (pointer, fault) in [(each.pointer, each.code) for each in refused.value.errors]


def test_a_macro_has_a_step_and_is_not_without_end() -> None:
    for steps, fault in (
        ((), "missing"),
        ((MacroStep(verb="note", body={"text": "x" * 20_000}),), "too-long"),
    ):
        with pytest.raises(Invalid) as refused:
            settled().does(change(*steps), NAME)
        assert [(each.pointer, each.code) for each in refused.value.errors] == [("/steps", fault)]


def test_nobody_approves_by_a_macro_and_agents_make_none() -> None:
    assert not {"approve", "return", "redact", "merge", "recuse"} & {*MACRO_VERBS}
    with pytest.raises(Forbidden):
        settled().does(change(LATE), NAME, by=Actor("staff", "ada", (Role.AGENT,)))
