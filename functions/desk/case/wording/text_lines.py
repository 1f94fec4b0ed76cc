"""Lines of text on facts: what one has, and how one is made that names fields of its fact."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from complaints.case.fact import Wording
from complaints.values.codes import CodeList
from complaints.values.field_types import Remedy
from functions.desk.case.wording.event_wording import EventWording


class TextLine(NamedTuple):
    """One line: the end of its msgid and what it names; `text` is in the words of who wrote it."""

    words: str
    values: Mapping[str, str] = {}
    when: datetime | None = None
    day: date | None = None
    text: str | None = None
    remedies: tuple[Remedy, ...] = ()


EventText = Callable[[Any, EventWording], TextLine]


def named(wording: Wording) -> EventText:
    """A line that names fields of its fact."""
    how, when, day, text, fields = wording

    def tell(fact: Any, teller: EventWording) -> TextLine:
        values = {name: _value(teller, value, getattr(fact, name, None)) for name, value in fields.items()}
        return TextLine(
            words=type(fact).__name__ + variant(how, fact),
            values=values,
            when=_at(fact, when) if when else None,
            day=getattr(fact, day) if day else None,
            text=getattr(fact, text) if text else None,
            remedies=getattr(fact, "remedies", ()),
        )

    return tell


def variant(field: str, fact: Any) -> str:
    """Which wording: that for a field that is true, false or none."""
    return f".{str(getattr(fact, field)).lower()}" if field else ""


def _at(fact: Any, path: str) -> Any:
    for name in path.split("."):
        fact = getattr(fact, name)
    return fact


def _value(teller: EventWording, how: str, value: Any) -> str:
    if how.endswith("."):
        return teller.word(how)(value)
    method, _, codes = how.partition(":")
    match method:
        case "person":
            return teller.person(value)
        case "promise":
            return teller.promise(value)
        case "code":
            return teller.code(CodeList(codes))(value)
    return str(value)
