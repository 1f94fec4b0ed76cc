"""What changes of a site's own fields: a field that was asked for is retired, never removed or retyped."""

from collections.abc import Iterable, Iterator

from complaints.events.event import Fact
from complaints.settings.commands import ChangeFields
from complaints.settings.events import FieldsChanged
from complaints.settings.setting import Setting
from complaints.settings.settings_context import SettingsContext
from complaints.settings.validation import wrong_texts
from complaints.site.site import SiteRecord
from complaints.values.codes import CodeList, Codes
from complaints.values.errors import Invalid, Wrong
from complaints.values.own_fields import FieldChoice, FieldType, OwnField, OwnFields

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
