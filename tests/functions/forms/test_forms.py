"""A form of any Struct: its fields, the body that it asks for, and the input that a refusal points at."""

from datetime import UTC, date, datetime

import pytest
from msgspec import Struct, field

from complaints.values.errors import Forbidden, Invalid, Wrong
from complaints.values.field_types import MoneyText, ShortText, Text
from complaints.values.people import Role
from functions.forms.fields import FormField, field_at, fields_of
from functions.forms.input_errors import input_errors
from functions.forms.inputs import Choice, with_chosen
from functions.forms.to_json import body_of, form_key
from functions.forms.urlencoded import FormData
from functions.forms.widgets import WIDGETS, ValueType, Widget


class Away(Struct):
    since: date = field(name="from")
    stand_in: ShortText


class Item(Struct):
    kind: ShortText
    amount: MoneyText | None = None


class Person(Struct):
    name: ShortText
    note: Text | None = None


class Order(Struct):
    reason: Text
    roles: tuple[Role, ...] = ()
    sites: tuple[ShortText, ...] = ()
    is_open: bool = True
    at: datetime | None = None
    away: Away | None = None
    items: tuple[Item, ...] = ()
    rules: dict[str, int] = {}
    person: Person | None = None


FIELDS = fields_of(Order, {**WIDGETS, ValueType.BOOLEAN: Widget.CHECKBOX})


def say(msgid: str, **values: object) -> str:
    return f"{msgid} {values['what']}" if "what" in values else msgid


def test_the_type_of_a_field_says_its_widget() -> None:
    assert {each.name: each.widget for each in FIELDS} == {
        "reason": Widget.TEXT,
        "roles": Widget.CHOICES,
        "sites": Widget.LINES,
        "is_open": Widget.CHECKBOX,
        "at": Widget.MOMENT,
        "away.from": Widget.DAY,
        "away.stand_in": Widget.LINE,
        "items": Widget.ROWS,
        "rules": Widget.JSON,
        "person": Widget.JSON,
    }
    assert [each.name for each in FIELDS if each.required] == ["reason"]


def test_a_part_of_a_part_is_required_only_where_all_of_it_is() -> None:
    assert field_at(Person, "/name").required
    assert field_at(Order, "/person/name") == FormField("name", "/person/name", Widget.LINE, required=False)


def test_each_value_stands_where_its_field_does() -> None:
    form = [("reason", " because "), ("roles", "agent"), ("roles", "reviewer"), ("sites", "a\r\n\r\n b ")]
    form += [("away.from", "2026-03-01"), ("kind_2", "refund"), ("amount_2", "4,90"), ("rules", '{"x": 1}')]
    assert body_of(FIELDS, FormData([*form, ("at", "2026-03-04T10:15"), ("else", "x")]), UTC) == {
        "reason": "because",
        "roles": ["agent", "reviewer"],
        "sites": ["a", "b"],
        "is_open": False,
        "at": "2026-03-04T10:15:00+00:00",
        "away": {"from": "2026-03-01"},
        "items": [{"kind": "refund", "amount": "4.90"}],
        "rules": {"x": 1},
    }


def test_what_is_empty_is_left_out_or_says_that_there_is_nothing() -> None:
    fields = [each for each in FIELDS if each.group == "away" or each.name in ("reason", "sites")]
    assert body_of(fields, FormData()) == {}
    assert body_of(fields, FormData(), keep_empty=True) == {"reason": "", "sites": [], "away": None}


@pytest.mark.parametrize(
    ("pointer", "code", "name", "words"),
    [
        ("/reason", "missing", "reason", "api.wrong.missing"),
        ("/sites/3", "too-long", "sites", "api.wrong.too-long"),
        ("/at", "no-offset", "at", "case.wrong.moment"),
        ("/away/from", "missing", "away.from", "api.wrong.missing"),
        ("/items/0/amount", "wrong-form", "amount_2", "case.wrong.money"),
        ("/items", "too-many", "kind_2", "api.wrong.too-many"),
        ("/rules", "wrong-type", "rules", "office.wrong.json"),
        ("/rules/x", "wrong-type", "rules", "case.wrong.at api.wrong.wrong-type"),
        ("/away", "wrong-type", "", "api.wrong.wrong-type"),
        ("/elsewhere/x", "missing", "", "api.wrong.missing"),
    ],
)
def test_a_refusal_is_said_beside_the_input_that_it_points_at(
    pointer: str, code: str, name: str, words: str
) -> None:
    form = FormData([("kind_2", "refund")])
    assert input_errors(FIELDS, Invalid(Wrong(pointer, code)), form, say) == {name: words}


def test_all_that_is_wrong_with_one_input_is_said() -> None:
    refusal = Invalid(Wrong("/sites/0", "missing"), Wrong("/sites/1", "too-long"))
    found = input_errors(FIELDS, refusal, FormData(), say)
    assert found == {"sites": "api.wrong.missing api.wrong.too-long"}


def test_a_refusal_that_points_nowhere_is_said_beside_no_input() -> None:
    assert input_errors(FIELDS, Forbidden(), FormData(), say) == {}


def test_what_is_chosen_is_shown_though_it_is_not_offered_any_more() -> None:
    offered = (Choice("a", "Anna"), Choice("b", "Bo"))
    assert with_chosen(offered, ("b", "")) == offered
    assert with_chosen(offered, ("c", "a")) == (*offered, Choice("c", "c"))


def test_a_form_that_is_sent_twice_asks_for_one_write_and_other_words_for_another() -> None:
    key = form_key({"once": "1"}, "note", b"{}")
    assert key == form_key({"once": "1", "else": "x"}, "note", b"{}")
    others = (({"once": "2"}, "note", b"{}"), ({"once": "1"}, "ask", b"{}"), ({"once": "1"}, "note", b"[]"))
    assert key not in {form_key(*other) for other in others}
