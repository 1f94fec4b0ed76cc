"""Whatever a case can hold, its page has words for it; and every command has a place and a form there."""

from collections.abc import Iterable
from typing import get_args

import pytest

from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.mail import AutomaticKind, MailOutcome
from complaints.case.facts import AnyFact
from complaints.case.process.imports import ENDED_ELSEWHERE
from complaints.case.record.attachments import Flaw
from complaints.case.record.links import Relation
from complaints.case.record.merging import MERGED
from complaints.delivery import delivery_state
from complaints.delivery.delivery_event import DeliveryOutcome
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.field_types import Channel, ClosingReason, Stage, Way
from functions.desk.case.case_forms import GROUPS
from functions.desk.case.command_forms.fields import fields_of
from functions.desk.case.command_forms.forms import label_of
from functions.forms.widgets import Widget
from tests.guards.test_catalogues import LOCALES, messages

WORDS = set(messages(LOCALES / "en/LC_MESSAGES/case.po"))
STATES = ("wanted", "claimed", "waiting", "held", "sent", "failed", "spared", "to_print", "posted")
HARMS = (
    "missing", "unreadable", "foreign", "out-of-order", "changed", "text-changed", "text-missing",
    "state-changed",
)  # fmt: skip
READERS = (
    "complainant", "former_address", "proposed_address", "joint", "owner", "team", "manager", "quality",
    "safety",
)  # fmt: skip


def families() -> Iterable[tuple[str, Iterable[str]]]:
    yield "stage", Stage
    yield "channel", Channel
    yield "way", Way
    yield "reason", [*ClosingReason, MERGED, ENDED_ELSEWHERE, "withdrawn"]
    yield "relation", Relation
    yield "letter", LetterKind
    yield "state", STATES
    yield "fate", DeliveryOutcome
    yield "mail.outcome", MailOutcome
    yield "mail.machine", AutomaticKind
    yield "to", READERS
    yield "flaw", Flaw
    yield "harm", HARMS
    yield "next", Stage
    yield "do", STAFF_COMMANDS
    yield "done", STAFF_COMMANDS
    yield "group", GROUPS
    yield "sure", [verb for verb, declared in STAFF_COMMANDS.items() if declared.asked_twice]


@pytest.mark.parametrize(
    ("family", "values"), list(families()), ids=lambda each: each if isinstance(each, str) else ""
)
def test_every_value_has_a_word(family: str, values: Iterable[str]) -> None:
    assert [value for value in values if f"case.{family}.{value}" not in WORDS] == []


def test_every_fact_has_words() -> None:
    known = {word.split(".")[2] for word in WORDS if word.startswith("case.fact.")}
    assert known == {kind.__name__ for kind in get_args(AnyFact)}


def test_the_states_of_letters_are_those_that_there_are() -> None:
    named = {
        value for name, value in vars(delivery_state).items() if name.isupper() and isinstance(value, str)
    }
    assert named <= set(STATES)


def test_every_command_has_one_place() -> None:
    places = [verb for verbs in GROUPS.values() for verb in verbs]
    assert sorted(places) == sorted(STAFF_COMMANDS)


@pytest.mark.parametrize("verb", STAFF_COMMANDS)
def test_every_field_of_a_command_has_a_label(verb: str) -> None:
    for field in fields_of(verb):
        for part in field.parts or (field,):
            assert f"case.field.{label_of(verb, part.name)}" in WORDS, part


def test_no_label_is_set_apart_for_a_field_that_there_is_not() -> None:
    fields = {
        (verb, part.name)
        for verb in STAFF_COMMANDS
        for each in fields_of(verb)
        for part in each.parts or (each,)
    }
    apart = {(verb, name) for verb, declared in STAFF_COMMANDS.items() for name in declared.own_labels}
    assert fields >= apart


def test_every_mark_of_a_scale_has_its_meaning() -> None:
    scales = [field.name for field in fields_of("assess") if field.widget is Widget.SCALE]
    assert len(scales) == 6
    assert [mark for mark in scales for n in range(4) if f"case.scale.{mark}.{n}" not in WORDS] == []
