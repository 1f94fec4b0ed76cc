"""Own fields of a site are settled: with words for everybody, and none that was asked for is lost."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.settings.commands import (
    ChangeFields,
    PutField,
)
from complaints.settings.importing.provisioning import Provisioning
from complaints.settings.site.own_fields import MOST_FIELDS, written_choices
from complaints.values.errors import Invalid
from complaints.values.own_fields import FieldChoice, FieldType, OwnField, OwnFields
from tests.builders import DEMO
from tests.settings_stores import OPERATOR, Organisation

WORDS = dict.fromkeys(DEMO.languages, "Words")
LARGE = FieldChoice(code="large", labels=WORDS)
SERIAL = OwnField(code="serial", type=FieldType.TEXT, labels=WORDS)
SIZE = OwnField(code="size", type=FieldType.CHOICE, labels=WORDS, choices=(LARGE,))


def change(*fields: OwnField) -> ChangeFields:
    return ChangeFields(fields=fields, reason="It was agreed.")


def wrong(organisation: Organisation, *fields: OwnField) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        organisation.does(change(*fields))
    return [(each.pointer, each.code) for each in refused.value.errors]


def test_the_fields_of_a_site_are_its_record() -> None:
    assert Organisation().does(change(SERIAL, SIZE)).record == OwnFields(fields=(SERIAL, SIZE))


@pytest.mark.parametrize(
    ("odd", "pointer", "fault"),
    [
        ({"labels": {"en": "Words"}}, "/fields/0/labels/tr", "missing"),
        ({"labels": WORDS | {"xx": "Words"}}, "/fields/0/labels/xx", "not-spoken"),
        ({"categories": ("delivery.magic",)}, "/fields/0/categories/0", "unknown-value"),
        ({"choices": ()}, "/fields/0/choices", "missing"),
        ({"choices": (replace(LARGE, retired=True),)}, "/fields/0/choices", "missing"),
        ({"choices": (LARGE, LARGE)}, "/fields/0/choices/1/code", "twice"),
        ({"type": FieldType.DATE}, "/fields/0/choices", "unknown-field"),
    ],
)
def test_a_field_that_could_not_be_asked_is_refused(odd: dict[str, Any], pointer: str, fault: str) -> None:
    assert wrong(Organisation(), replace(SIZE, **odd)) == [(pointer, fault)]


def test_one_field_is_put_and_changed_while_the_others_stay() -> None:
    organisation = Organisation()
    organisation.does(change(SERIAL))
    lines = dict.fromkeys(DEMO.languages, "small: Small one\nlarge: Large one")
    put = PutField(code="size", type=FieldType.CHOICE, labels=WORDS, choices=lines, reason="It was agreed.")
    record = organisation.does(put).record
    assert isinstance(record, OwnFields)
    assert [field.code for field in record.fields] == ["serial", "size"]
    assert written_choices(record.fields[1]) == lines
    fewer = dict.fromkeys(DEMO.languages, "large: Large")
    record = organisation.does(
        PutField(code="size", choices=fewer, is_required=True, reason="Agreed.")
    ).record
    assert isinstance(record, OwnFields)
    size = record.fields[1]
    assert [(each.code, each.retired) for each in size.choices] == [("large", False), ("small", True)]
    assert (size.required, size.labels, record.fields[0]) == (True, WORDS, SERIAL)


@pytest.mark.parametrize(
    ("fields", "pointer", "fault"),
    [
        ({"type": None}, "/type", "missing"),
        ({"labels": {"en": "Words"}}, "/labels/tr", "missing"),
        ({"categories": ("delivery.magic",)}, "/categories/0", "unknown-value"),
        ({"choices": {"en": "Large one"}}, "/choices/en", "not-a-choice"),
        ({"choices": {"en": "large: Large one"}}, "/choices/tr", "missing"),
    ],
)
def test_what_is_wrong_with_one_field_is_said_of_it(fields: dict[str, Any], pointer: str, fault: str) -> None:
    organisation = Organisation()
    organisation.does(change(SERIAL))
    whole = dict.fromkeys(DEMO.languages, "large: Large one")
    usual: dict[str, Any] = {"type": FieldType.CHOICE, "labels": WORDS, "choices": whole}
    with pytest.raises(Invalid) as refused:
        organisation.does(PutField(code="size", reason="Agreed.", **usual | fields))
    assert [(each.pointer, each.code) for each in refused.value.errors] == [(pointer, fault)]


def test_no_two_fields_have_one_code_and_there_are_not_too_many() -> None:
    assert wrong(Organisation(), SERIAL, SERIAL) == [("/fields/1/code", "twice")]
    many = [replace(SERIAL, code=f"serial{number}") for number in range(MOST_FIELDS + 1)]
    assert wrong(Organisation(), *many) == [("/fields", "too-many")]


def test_a_field_that_was_asked_for_is_retired_and_never_removed_or_retyped() -> None:
    organisation = Organisation()
    organisation.does(change(SERIAL, SIZE))
    assert wrong(organisation, SIZE) == [("/fields", "field-in-use")]
    assert wrong(organisation, replace(SERIAL, type=FieldType.DATE), SIZE) == [
        ("/fields/0/type", "field-in-use")
    ]
    other = replace(SIZE, choices=(replace(LARGE, code="huge"),))
    assert wrong(organisation, SERIAL, other) == [("/fields/1/choices", "field-in-use")]
    organisation.does(change(replace(SERIAL, retired=True), SIZE))


def test_the_operator_writes_them_down_with_the_site() -> None:
    organisation = Organisation()
    enrolment = Provisioning(organisation.settings_service, organisation.settings_store)
    for _ in range(2):
        enrolment.site(replace(DEMO, fields=(SERIAL,)), organisation.context(OPERATOR), "They are asked for.")
    enrolment.site(DEMO, organisation.context(OPERATOR), "Nothing is said of them.")
    setting = organisation.settings_store.load(change().kind, DEMO.key)
    assert (setting.record, setting.number) == (OwnFields(fields=(SERIAL,)), 1)
