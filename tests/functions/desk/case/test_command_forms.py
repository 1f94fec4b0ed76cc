"""The fields of a form as the body of its command, and the fields that a command has."""

from zoneinfo import ZoneInfo

import pytest

from complaints.casework.outcome.decision import Decide, Respond
from complaints.casework.process.escalation import Escalate
from complaints.casework.record.redaction import Redact
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.field_types import Remedy
from functions.desk.case.command_forms.fields import body as body_of_form
from functions.desk.case.command_forms.fields import fields_of, hidden, names_of, typed
from functions.forms.fields import ROWS
from functions.forms.input_errors import input_at
from functions.forms.urlencoded import FormData
from functions.forms.widgets import Widget
from functions.http.parsing.validation import read

ISTANBUL = ZoneInfo("Europe/Istanbul")


def body(verb: str, form: dict[str, str], zone: ZoneInfo) -> dict[str, object]:
    return body_of_form(verb, FormData(form.items()), zone)


def test_a_form_says_what_the_same_command_says_in_json() -> None:
    form = {
        "outcome": "upheld",
        "reasons": " You are right.\r\n",
        "kind_1": "refund",
        "amount_1": "49,90",
        "currency_1": "EUR",
        "currency_2": "EUR",
        "kind_3": "apology",
        "currency_3": "EUR",
        "by_3": "2031-03-04",
        "version": "3",
        "else": "x",
    }
    found = body("decide", form, ISTANBUL)
    assert found == {
        "outcome": "upheld",
        "reasons": "You are right.",
        "remedies": [
            {"kind": "refund", "amount": "49.90", "currency": "EUR"},
            {"kind": "apology", "by": "2031-03-04"},
        ],
    }
    assert read(Decide, found).remedies[0] == Remedy(kind="refund", amount="49.90", currency="EUR")


def test_times_are_those_of_the_site() -> None:
    found = body("respond", {"by": "telephone", "at": "2026-03-04T10:15"}, ISTANBUL)
    assert found["at"] == "2026-03-04T10:15:00+03:00"
    assert read(Respond, found).by == "telephone"
    assert body("respond", {"at": "2026-03-04T10:15+00:00"}, ISTANBUL) == {"at": "2026-03-04T10:15:00+00:00"}


def test_a_time_that_is_none_is_left_for_the_type_to_refuse() -> None:
    assert body("acknowledge", {"by": "post", "at": "noon"}, ISTANBUL)["at"] == "noon"


def test_numbers_and_what_is_so_or_not_are_what_json_has() -> None:
    assert read(Escalate, body("escalate", {"to": "2", "reason": "x"}, ISTANBUL)).to == 2
    assert read(Redact, body("redact", {"message": "7", "reason": "x"}, ISTANBUL)).message == 7
    assert body("acted", {"effective": "false"}, ISTANBUL) == {"effective": False}
    assert body("escalate", {"to": "two"}, ISTANBUL) == {"to": "two"}


def test_an_empty_form_says_nothing() -> None:
    for verb in STAFF_COMMANDS:
        assert body(verb, dict.fromkeys(names_of(verb), " "), ISTANBUL) == {}


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("/outcome", "outcome"),
        ("/remedies/0/amount", "amount_2"),
        ("/remedies/1/kind", "kind_3"),
        ("/remedies/9/kind", "kind_1"),
        ("/remedies", "kind_2"),
        ("/elsewhere", None),
    ],
)
def test_a_pointer_leads_to_the_input_that_was_filled_in(pointer: str, name: str | None) -> None:
    form = {"kind_2": "refund", "kind_3": "apology"}
    at = input_at({field.pointer: field for field in fields_of("decide")}, pointer, form)
    assert (at.name if at else None) == name


def test_what_is_asked_once_more_is_what_was_typed() -> None:
    form = {"text": "Hello.", "site": "demo", "version": "3", "once": "x", "form": "secret", "evil": "1"}
    assert typed("message", form) == {"text": "Hello."}
    assert hidden("message", form) == {"text": "Hello.", "site": "demo", "version": "3", "once": "x"}


def test_fields_are_those_of_the_type() -> None:
    shown = {field.name: (field.widget, field.required) for field in fields_of("respond")}
    assert shown == {"by": (Widget.CHOICE, False), "at": (Widget.MOMENT, False)}
    [remedies] = [field for field in fields_of("decide") if field.parts]
    assert [part.widget for part in remedies.parts] == [Widget.LINE, Widget.MONEY, Widget.LINE, Widget.DAY]
    assert len(names_of("decide")) == 5 + 4 * ROWS


@pytest.mark.parametrize(("verb", "has_room"), [("withdraw", True), ("act", True), ("message", False)])
def test_a_note_has_room_where_a_rule_asks_for_one(verb: str, has_room: bool) -> None:
    assert ("note" in names_of(verb)) is has_room
