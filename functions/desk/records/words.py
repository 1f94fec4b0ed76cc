"""A record in words: what stands in each field of its content, and each entry of its history."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from complaints.management.history import RecordEntry
from complaints.management.indicators import Indicator
from complaints.management.record import ManagementRecord
from complaints.reporting.figure import Period
from complaints.settings.members.directory import DIRECTORY
from functions.desk.records.forms import FormWords
from functions.desk.settings.change_forms.forms import own_name

if TYPE_CHECKING:
    from complaints.adapters.container import DateFormats


class RecordRow(NamedTuple):
    """One field of a content, and what stands there, line by line."""

    label: str
    lines: tuple[str, ...]


class RecordHistoryRow(NamedTuple):
    """One entry of the history: `by` is the name of a person, or nothing for the product itself."""

    version: int
    verb: str
    at: datetime
    by: str
    reason: str | None
    changed: tuple[str, ...]


def rows_of(words: FormWords, date_formats: "DateFormats", record: ManagementRecord) -> list[RecordRow]:
    """What stands in each field that has something."""
    content = record.content
    return [
        RecordRow(words.label(name), lines)
        for name in (content.__struct_fields__ if content else ())
        if name not in words.declared.unlisted
        and (lines := tuple(_lines(words, date_formats, name, getattr(content, name))))
    ]


def title_of(words: FormWords, date_formats: "DateFormats", record: ManagementRecord) -> str:
    """What a record is called; that of which a site has one by its kind."""
    if not words.declared.title:
        return words.say(f"records.{record.kind}.name")
    for name in words.declared.titles or (words.declared.title,):
        if title := " ".join(_lines(words, date_formats, name, getattr(record.content, name, None))):
            return title
    return record.code


def kept_title(words: FormWords, date_formats: "DateFormats", name: str, text: str) -> str:
    """What a record was called, by the `text` that stood in the field `name` of it."""
    return " ".join(_lines(words, date_formats, name, _FROM_TEXT.get(name, str)(text)))


def _period(text: str) -> Period:
    return Period(*map(date.fromisoformat, text.split("/")))


_FROM_TEXT: dict[str, Callable[[str], Any]] = {"indicator": Indicator, "period": _period}


def cells_of(words: FormWords, date_formats: "DateFormats", record: ManagementRecord) -> list[RecordRow]:
    """What a list shows of a record, column by column."""
    return [
        RecordRow(words.label(name), tuple(_lines(words, date_formats, name, getattr(record.content, name))))
        for name in words.declared.columns
    ]


def history_rows(words: FormWords, entries: Iterable[RecordEntry]) -> Iterator[RecordHistoryRow]:
    """The history with the names of people and of fields."""
    names = {member.id: member.name for member in words.members}
    for entry in entries:
        by = entry.fact.by
        yield RecordHistoryRow(
            version=entry.after.version,
            verb=entry.fact.verb,
            at=entry.fact.at,
            by=names.get(by.id, by.id) if by.is_staff else "",
            reason=entry.fact.reason,
            changed=tuple(dict.fromkeys(words.label(name) for name in entry.changed)),
        )


def _lines(words: FormWords, date_formats: "DateFormats", name: str, value: Any) -> Iterator[str]:
    """A value line by line; that of nothing has none."""
    if name in words.declared.of_members and isinstance(value, str):
        called = words.say("office.by.directory") if value == DIRECTORY.id else value
        yield next((member.name for member in words.members if member.id == value), called)
    elif name in words.declared.of_codes and isinstance(value, str):
        yield words.code(name, value)
    elif isinstance(value, Enum):
        yield words.value(name, value.value)
    elif isinstance(value, bool):
        yield words.say("office.yes" if value else "office.no")
    elif isinstance(value, datetime):
        yield date_formats.moment(words.language, value.astimezone(words.zone))
    elif isinstance(value, date):
        yield date_formats.day(words.language, value)
    elif isinstance(value, Period):
        first, last = (date_formats.day(words.language, each) for each in value)
        yield words.catalogues.text(words.language, "reports.period", first=first, last=last)
    elif isinstance(value, Struct):
        yield words.say("records.apart").join(_parts(words, date_formats, name, value))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            for line in _lines(words, date_formats, name, each):
                yield words.catalogues.text(
                    words.language, "words.format.pair", first=own_name(words.catalogues, key), then=line
                )
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _lines(words, date_formats, name, each)
    elif value not in (None, ""):
        yield str(value)


def _parts(words: FormWords, date_formats: "DateFormats", name: str, value: Struct) -> Iterator[str]:
    for part in value.__struct_fields__:
        at = f"{name}.{part}"
        for line in _lines(words, date_formats, at, getattr(value, part)):
            label = words.label(at)
            yield words.catalogues.text(words.language, "words.format.pair", first=label, then=line)
