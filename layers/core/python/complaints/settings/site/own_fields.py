"""What changes of a site's own fields: a field that was asked for is retired, never removed or retyped."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.settings.commands import ChangeFields, PutField
from complaints.settings.events import FieldsChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.validation import wrong_texts
from complaints.site.site import SiteRecord
from complaints.values.codes import CodeList, Codes
from complaints.values.errors import Invalid, Wrong
from complaints.values.own_fields import FieldChoice, FieldType, OwnField, OwnFields

CODE = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+([._][a-z0-9]+)*")
LONGEST_LABEL = 100
_IN_CHOICE = re.compile(r"/choices/[0-9]+/labels/(.+)")

MOST_FIELDS = 20
"""More make a form that nobody fills in; each answer is written with the complaint, and paid for."""


def change_fields(setting: Setting, command: ChangeFields, context: SettingsContext) -> list[Fact]:
    """Replaces the own fields of a site. Raises `Invalid`: complaints may hold answers to a field."""
    before = setting.record if isinstance(setting.record, OwnFields) else OwnFields()
    codes = context.codes.get(setting.id, Codes())
    wrong = [
        *_wrong_fields(command.fields, context.sites[setting.id], codes),
        *_wrong_changes(before.fields, command.fields),
    ]
    if len(command.fields) > MOST_FIELDS:
        wrong.append(Wrong("/fields", "too-many", MOST_FIELDS))
    if wrong:
        raise Invalid(*sorted(set(wrong), key=lambda each: each.pointer))
    record = OwnFields(fields=command.fields)
    return [FieldsChanged(at=context.now, by=context.by, reason=command.reason, record=record)]


def put_field(setting: Setting, command: PutField, context: SettingsContext) -> list[Fact]:
    """Adds one own field, or changes it. Raises `Invalid`, with pointers to the fields of this command."""
    before = setting.record.fields if isinstance(setting.record, OwnFields) else ()
    known = next((field for field in before if field.code == command.code), None)
    kind = command.type or (known.type if known else None)
    lines = _read_choices(command)
    if kind is None:
        raise Invalid(Wrong("/type", "missing"))
    field = known or OwnField(code=command.code, type=kind, labels={})
    given = {
        "type": kind,
        "labels": command.labels,
        "required": command.is_required,
        "retired": command.is_retired,
        "categories": command.categories,
        "choices": None if lines is None or kind is not FieldType.CHOICE else _choices(field, lines),
    }
    changed = replace(field, **{name: value for name, value in given.items() if value is not None})
    place = before.index(known) if known else len(before)
    fields = (*before[:place], changed, *before[place + 1 :])
    try:
        return change_fields(setting, ChangeFields(fields=fields, reason=command.reason), context)
    except Invalid as refusal:
        raise Invalid(*(_of_one(wrong, f"/fields/{place}") for wrong in refusal.errors)) from None


def written_choices(field: OwnField) -> dict[str, str]:
    """The choices that are offered as `PutField` takes them: by language a line for each."""
    tags = dict.fromkeys(tag for choice in field.offered for tag in choice.labels)
    return {
        tag: "\n".join(f"{choice.code}: {choice.labels.get(tag, '')}" for choice in field.offered)
        for tag in tags
    }


def _read_choices(command: PutField) -> dict[str, dict[str, str]] | None:
    """The words of each choice by code and language. Raises `Invalid` for a line without a code or words."""
    if command.choices is None:
        return None
    found: dict[str, dict[str, str]] = {}
    for tag, text in command.choices.items():
        for line in filter(None, map(str.strip, text.splitlines())):
            code, _, words = (part.strip() for part in line.partition(":"))
            if not (CODE.fullmatch(code) and 0 < len(words) <= LONGEST_LABEL):
                raise Invalid(Wrong(f"/choices/{tag}", "not-a-choice"))
            found.setdefault(code, {})[tag] = words
    return found


def _choices(field: OwnField, lines: Mapping[str, Mapping[str, str]]) -> tuple[FieldChoice, ...]:
    """The choices of the lines in their order, and those that are offered no more."""
    named = (FieldChoice(code=code, labels=dict(labels)) for code, labels in lines.items())
    gone = (replace(choice, retired=True) for choice in field.choices if choice.code not in lines)
    return (*named, *gone)


def _of_one(wrong: Wrong, at: str) -> Wrong:
    """What is wrong with the list of fields, said of the one that was put."""
    pointer = wrong.pointer.removeprefix(at)
    choice = _IN_CHOICE.fullmatch(pointer)
    if choice:
        pointer = f"/choices/{choice[1]}"
    return Wrong(pointer if pointer != wrong.pointer else "/code", wrong.code, wrong.limit)


def _wrong_fields(fields: tuple[OwnField, ...], site: SiteRecord, codes: Codes) -> Iterator[Wrong]:
    yield from _twice("fields", fields)
    for place, field in enumerate(fields):
        at = f"fields/{place}"
        yield from _wrong_labels(f"{at}/labels", field.labels, site)
        for number, category in enumerate(field.categories):
            if codes.find(CodeList.CATEGORIES, category) is None:
                yield Wrong(f"/{at}/categories/{number}", "unknown-value")
        yield from _twice(f"{at}/choices", field.choices)
        for number, choice in enumerate(field.choices):
            yield from _wrong_labels(f"{at}/choices/{number}/labels", choice.labels, site)
        if field.type is FieldType.CHOICE and not any(field.offered):
            yield Wrong(f"/{at}/choices", "missing")
        if field.type is not FieldType.CHOICE and field.choices:
            yield Wrong(f"/{at}/choices", "unknown-field")


def _wrong_labels(at: str, labels: Iterable[str], site: SiteRecord) -> Iterator[Wrong]:
    """There are words in every language of the site, and in no other."""
    tags = list(labels)
    yield from wrong_texts(at, tags, site)
    yield from (Wrong(f"/{at}/{tag}", "missing") for tag in site.languages if tag not in tags)


def _twice(at: str, named: Iterable[OwnField | FieldChoice]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for place, each in enumerate(named):
        if each.code in seen:
            yield Wrong(f"/{at}/{place}/code", "twice")
        seen.add(each.code)


def _wrong_changes(before: tuple[OwnField, ...], after: tuple[OwnField, ...]) -> Iterator[Wrong]:
    """Fields that are gone, or are of another type, and choices that are gone."""
    places = {field.code: place for place, field in enumerate(after)}
    for known in before:
        if known.code not in places:
            yield Wrong("/fields", "field-in-use")
            continue
        at = f"/fields/{places[known.code]}"
        field = after[places[known.code]]
        if field.type is not known.type:
            yield Wrong(f"{at}/type", "field-in-use")
        elif {choice.code for choice in known.choices} - {choice.code for choice in field.choices}:
            yield Wrong(f"{at}/choices", "field-in-use")
