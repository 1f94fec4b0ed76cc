"""Answers to a site's own fields: judged by their types, and read back in words."""

import pytest

from complaints.values.errors import Wrong
from complaints.values.own_fields import (
    FieldChoice,
    FieldType,
    OwnField,
    answers_in,
    read_stored,
    stored,
    wrong_answers,
)

SERIAL = OwnField(code="serial", type=FieldType.TEXT, labels={"en": "Serial number", "tr": "Seri no"})
LARGE = FieldChoice(code="large", labels={"en": "Large", "tr": "Büyük"})
SMALL = FieldChoice(code="small", labels={"en": "Small"}, retired=True)
SIZE = OwnField(code="size", type=FieldType.CHOICE, labels={"en": "Size"}, choices=(LARGE, SMALL))
WEIGHT = OwnField(code="weight", type=FieldType.NUMBER, labels={"en": "Weight"})
BOUGHT = OwnField(code="bought_on", type=FieldType.DATE, labels={"en": "Bought on"})
METER = OwnField(
    code="meter",
    type=FieldType.TEXT,
    labels={"en": "Meter"},
    required=True,
    categories=("billing.wrong_amount",),
)
FIELDS = (SERIAL, SIZE, WEIGHT, BOUGHT, METER)


def wrong(answers: dict[str, str], category: str | None = None, *, is_complete: bool = True) -> list[Wrong]:
    return list(wrong_answers(FIELDS, answers, category, is_complete=is_complete))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("serial", "x" * 200),
        ("size", "large"),
        ("weight", "-3.5"),
        ("weight", "0"),
        ("bought_on", "2024-02-29"),
    ],
)
def test_an_answer_of_the_type_of_its_field_is_right(code: str, text: str) -> None:
    assert wrong({code: text}) == []


@pytest.mark.parametrize(
    ("code", "text", "fault"),
    [
        ("serial", "x" * 201, "too-long"),
        ("size", "small", "unknown-value"),
        ("size", "Large", "unknown-value"),
        ("weight", "three", "not-a-number"),
        ("weight", "1e5", "not-a-number"),
        ("weight", "٣", "not-a-number"),
        ("bought_on", "2026-02-29", "not-a-date"),
        ("bought_on", "20260228", "not-a-date"),
        ("colour", "red", "unknown-field"),
    ],
)
def test_an_answer_of_another_type_is_named_by_its_field(code: str, text: str, fault: str) -> None:
    assert [(each.pointer, each.code) for each in wrong({code: text})] == [(f"/fields/{code}", fault)]


def test_a_required_field_is_missed_where_its_category_is_and_the_form_is_the_persons_own() -> None:
    assert wrong({}, "billing.wrong_amount") == [Wrong("/fields/meter", "missing")]
    assert wrong({}, "delivery.late") == wrong({}) == []
    assert wrong({}, "billing.wrong_amount", is_complete=False) == []


def test_an_answer_to_a_field_of_another_category_is_kept() -> None:
    assert wrong({"meter": "7"}, "delivery.late") == []


def test_stored_answers_are_told_in_the_order_and_the_words_of_the_fields() -> None:
    text = stored({"size": "small", "serial": "A-1"})
    found = answers_in(FIELDS, text, "tr", "en")
    assert [(each.label, each.value, each.text) for each in found] == [
        ("Seri no", "A-1", "A-1"),
        ("Size", "small", "Small"),
    ]


def test_what_was_removed_is_no_answer() -> None:
    assert read_stored("") == read_stored(None) == {}
    assert stored({}) is None
