"""Own fields of a site: what it asks about a complaint beside the fields that every site has."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from complaints.values.codes import Label
from complaints.values.errors import Wrong
from complaints.values.field_types import CodeName, Language, StrictInput

LONGEST_TEXT = 200
"""Code points of an answer."""

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class FieldType(StrEnum):
    """What an own field is answered with: a line of text, one of its choices, a decimal number, or a date."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"


class FieldChoice(StrictInput, frozen=True, kw_only=True, omit_defaults=True):
    """One answer that can be chosen. One that is `retired` is offered no more, and keeps its words."""

    code: CodeName
    labels: dict[Language, Label]
    retired: bool = False


class OwnField(StrictInput, frozen=True, kw_only=True, omit_defaults=True):
    """A field of the site's own; `labels` (by language) are what it asks.

    It is asked for complaints of its `categories`, or of all without any. One that is `required` must be
    answered by whoever sends a form; staff may leave it empty, because a letter cannot be asked. One that is
    `retired` is asked no more, and keeps its words for what was answered.
    """

    code: CodeName
    type: FieldType
    labels: dict[Language, Label]
    required: bool = False
    retired: bool = False
    categories: Annotated[tuple[CodeName, ...], Meta(max_length=50)] = ()
    choices: Annotated[tuple[FieldChoice, ...], Meta(max_length=50)] = ()

    @property
    def offered(self) -> Iterator[FieldChoice]:
        """The choices that can be chosen now."""
        return (choice for choice in self.choices if not choice.retired)

    def is_asked_for(self, category: str | None) -> bool:
        """Whether a complaint of this category is asked."""
        return not self.retired and (not self.categories or category in self.categories)


class OwnFields(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The own fields of one site, in the order in which they are asked."""

    fields: tuple[OwnField, ...] = ()


class FieldAnswer(Struct, frozen=True, kw_only=True):
    """An answer to an own field. `value` is as it was sent: a code, a decimal number, a date (RFC 3339);
    `label` and `text` say field and answer in words."""

    code: str
    label: str
    value: str
    text: str


def wrong_answers(
    fields: Iterable[OwnField], answers: Mapping[str, str], category: str | None, *, is_complete: bool
) -> Iterator[Wrong]:
    """What is wrong with answers by their codes; where all must be there (`is_complete`), what is missing."""
    asked = {field.code: field for field in fields if not field.retired}
    for code, text in answers.items():
        wrong = _fault_of(asked[code], text, f"/fields/{code}") if code in asked else None
        if code not in asked:
            yield Wrong(f"/fields/{code}", "unknown-field")
        elif wrong:
            yield wrong
    for field in asked.values():
        is_missing = field.required and field.is_asked_for(category) and field.code not in answers
        if is_complete and is_missing:
            yield Wrong(f"/fields/{field.code}", "missing")


def stored(answers: Mapping[str, str]) -> str | None:
    """Answers as one private text: a JSON object by code.

    >>> stored({"size": "large"})
    '{"size":"large"}'
    """
    return msgspec.json.encode(answers, order="deterministic").decode() if answers else None


def read_stored(text: str | None) -> dict[str, str]:
    """The answers of a text as `stored` wrote it; none where it was removed."""
    return msgspec.json.decode(text, type=dict[str, str]) if text else {}


def answers_in(
    fields: Iterable[OwnField], text: str | None, language: str, other: str
) -> tuple[FieldAnswer, ...]:
    """Stored answers in the order of the fields, in the first of two languages that there are words in."""
    answers = read_stored(text)
    return tuple(
        FieldAnswer(
            code=field.code,
            label=label_in(field.labels, language, other) or field.code,
            value=answers[field.code],
            text=_text_of(field, answers[field.code], language, other),
        )
        for field in fields
        if field.code in answers
    )


def label_in(labels: Mapping[str, str], language: str, other: str) -> str | None:
    """The words in the first of two languages that there are some in."""
    return labels.get(language) or labels.get(other)


def _text_of(field: OwnField, value: str, language: str, other: str) -> str:
    """The words of a choice; every other answer as it was given."""
    labels = next((choice.labels for choice in field.choices if choice.code == value), {})
    return label_in(labels, language, other) or value


def _fault_of(field: OwnField, text: str, at: str) -> Wrong | None:
    match field.type:
        case FieldType.TEXT:
            return Wrong(at, "too-long", LONGEST_TEXT) if len(text) > LONGEST_TEXT else None
        case FieldType.CHOICE:
            is_offered = any(choice.code == text for choice in field.offered)
            return None if is_offered else Wrong(at, "unknown-value")
        case FieldType.NUMBER:
            return None if _NUMBER.fullmatch(text) else Wrong(at, "not-a-number")
        case FieldType.DATE:
            return None if _is_date(text) else Wrong(at, "not-a-date")


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
