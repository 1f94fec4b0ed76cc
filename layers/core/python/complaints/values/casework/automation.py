"""Automation rules of a site: when something happens to a complaint that is such, then do this, as data."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from complaints.values.codes import Label
from complaints.values.field_types import Channel, CodeName, Language, MoneyText, ShortText, Text

MOST = 20
"""Values that one condition names: any of them is enough."""

LONGEST_WAIT = 365
"""Days."""

USUAL_POSITION = 100

Phrase = Annotated[str, Meta(min_length=1, max_length=80)]
"""A word, or words in this order. One that ends with `*` stands for all words that begin so."""

CodeNames = Annotated[tuple[CodeName, ...], Meta(max_length=MOST)]
Phrases = Annotated[tuple[Phrase, ...], Meta(max_length=MOST)]
TagText = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\s,]+( [^\s,]+)*$(?!\n)")]
Tags = Annotated[tuple[TagText, ...], Meta(max_length=MOST)]
Answers = Annotated[tuple[ShortText, ...], Meta(max_length=MOST)]
NewTags = Annotated[tuple[TagText, ...], Meta(max_length=5)]
Priority = Annotated[int, Meta(ge=1, le=3)]
Days = Annotated[int, Meta(ge=1, le=LONGEST_WAIT)]
Position = Annotated[int, Meta(ge=1, le=9_999)]


class Reader(StrEnum):
    """The addresses of a site that a rule may tell of a case."""

    TEAM = "team"
    MANAGER = "manager"
    QUALITY = "quality"


Readers = tuple[Reader, ...]


class Trigger(StrEnum):
    """When a rule is looked at: a complaint comes in; a person changes it, so that it is such now and was not
    before; or nobody did anything about it for some days."""

    RECEIVED = "received"
    CHANGED = "changed"
    WAITS = "waits"


class RuleState(StrEnum):
    """Whether a rule holds. One that is removed is listed no more; its history stays."""

    OFF = "off"
    ON = "on"
    REMOVED = "removed"


class AutomationRule(Struct, frozen=True, kw_only=True):
    """What an automation rule says. A complaint is such if each condition that names something holds.

    Of `words` (of the complainant) and `products` one must be said, of the other lists one must be the
    case's. The answer to the own field `own_field` is one of `answers`, or a number from `at_least` to
    `at_most`.

    What is done: `assign` names a member, `add_tags` tags, `raise_to` a least priority, `ask` a standard
    text that asks the complainant, `tell` who gets a notice, `task` what is to be done within `task_days`
    days, by the member `task_to` or the team, and `theme` (by its code) the theme that the case is linked to.

    Rules are looked at by their `position`.
    """

    title: Label
    when: Trigger = Trigger.RECEIVED
    wait_days: Days | None = None
    categories: CodeNames = ()
    words: Phrases = ()
    products: Phrases = ()
    channels: tuple[Channel, ...] = ()
    languages: tuple[Language, ...] = ()
    tags: Tags = ()
    own_field: CodeName | None = None
    answers: Answers = ()
    at_least: MoneyText | None = None
    at_most: MoneyText | None = None
    add_tags: NewTags = ()
    raise_to: Priority | None = None
    assign: ShortText | None = None
    task: Text | None = None
    task_days: Days | None = None
    task_to: ShortText | None = None
    tell: Readers = ()
    ask: CodeName | None = None
    theme: ShortText | None = None
    position: Position = USUAL_POSITION
    state: RuleState = RuleState.OFF


class Automation(AutomationRule, frozen=True, kw_only=True, omit_defaults=True):
    """An automation rule as it is kept. It counts what happened `since` it was last changed."""

    since: datetime | None = None

    @property
    def is_on(self) -> bool:
        return self.state is RuleState.ON

    @property
    def actions(self) -> tuple[str, ...]:
        """What it does, by the verbs of the commands that it asks for, in their order."""
        said = {
            "ask": self.ask,
            "classify": self.add_tags,
            "prioritise": self.raise_to,
            "assign": self.assign,
            "task": self.task,
            "tell": self.tell,
            "theme": self.theme,
        }
        return tuple(verb for verb, value in said.items() if value)
