"""The forms of changes as a page shows them: what each asks for, what was typed, what is wrong with it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from complaints.calendars.opening_hours import WEEKDAYS
from complaints.settings.changes import CHANGES, Change
from complaints.settings.setting import SettingKind
from complaints.values.errors import Refusal
from functions.desk.settings.change_forms.form_parts import EXAMPLES, PARTS, SAID, SECTIONS
from functions.desk.settings.change_forms.short_names import CHOSEN, CODE, OF_CODES, name_of
from functions.forms.fields import FormField, fields_of
from functions.forms.input_errors import input_errors
from functions.forms.inputs import Choice, FailedForm, Input, with_chosen
from functions.forms.to_json import body_of, lines_of, names_by_key
from functions.forms.urlencoded import FormData
from functions.forms.widgets import KEYED, WIDGETS, ValueType, Widget, Widgets

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


Options = Mapping[str, Sequence[Choice]]
"""What may be chosen in a field, by its name; under `BY_LANGUAGE` the languages of the site, under `BY_DAY`
the days of the week."""

BY_LANGUAGE, BY_DAY = "by language", "by day"

REASON = "reason"
SETTING_WIDGETS: Widgets = {
    **WIDGETS,
    ValueType.BOOLEAN: Widget.CHECKBOX,
    ValueType.MONEY: Widget.LINE,
    ValueType.MARK: Widget.JSON,
    ValueType.NUMBER: Widget.LINE,
    ValueType.MOMENT: Widget.JSON,
    ValueType.RECORDS: Widget.JSON,
}
"""A setting is seldom changed, and by few: what has no plain input is written as its JSON."""

NAME = FormField("id", "/id", Widget.LINE, required=True)
"""The name of what is added, which stands in the address of the call, and in no body."""

PART = "part"
"""The input that says which part of a change a form asks for; the rest stays as it is."""


class ChangeForm(NamedTuple):
    """The form of a change, or of a `part` of it; `version` is the one looked at, `chosen` says which of many
    it was filled of."""

    verb: str
    part: str
    version: int
    inputs: list[Input]
    is_failed: bool
    chosen: str = ""

    @property
    def name(self) -> str:
        """By which the page tells it from its other forms."""
        return self.part or self.verb

    @property
    def parts(self) -> list[tuple[str, list[Input]]]:
        """The inputs in their order: those of one group together under its name, the others under none."""
        return [(group, list(inputs)) for group, inputs in groupby(self.inputs, lambda each: each.group)]

    @property
    def is_advanced(self) -> bool:
        """Whether it is all JSON, which other forms change one at a time."""
        return self.is_rich and all(each.widget == Widget.JSON for each in self.inputs[:-1])

    @property
    def is_rich(self) -> bool:
        """Whether some of it is asked for as JSON."""
        return any(each.widget == Widget.JSON and not each.options for each in self.inputs)


@cache
def fields_of_change(change: type[Change], part: str = "") -> tuple[FormField, ...]:
    """What the form of a change, or of a part of it, asks for; why it is made comes last."""
    fields = sorted(fields_of(change, SETTING_WIDGETS), key=lambda field: field.name == REASON)
    named = PARTS.get((change.kind, change.verb), {}).get(part)
    if named is None:
        return tuple(fields)
    by_name: dict[str, list[FormField]] = {}
    for field in fields:
        by_name.setdefault(field.group or field.name, []).append(field)
    return tuple(each for name in (*named, REASON) for each in by_name[name])


def spread(record: Mapping[str, Any], fields: tuple[FormField, ...]) -> dict[str, Any]:
    """A record by the names of these fields: what has parts is told part by part, where there is any."""
    groups = {field.group for field in fields}
    found: dict[str, Any] = {}
    for name, value in record.items():
        parts = value if name in groups else None
        found |= {f"{name}.{part}": each for part, each in parts.items()} if parts else {name: value}
    return found


def body(change: type[Change], typed: FormData) -> dict[str, Any]:
    """The body of a change, which says what every field of the form is now."""
    return body_of(fields_of_change(change, typed.get(PART, "")), typed, keep_empty=True)


def form_of(
    kind: SettingKind,
    verb: str,
    part: str,
    version: int,
    record: Mapping[str, Any],
    options: Options,
    failed: FailedForm | None,
) -> ChangeForm:
    """The form of a change, or of a part of it, with the `record` as it stands; with what was typed, if it
    failed."""
    is_mine = failed and failed.verb == verb and failed.typed.get(PART, "") == part
    mine = failed if is_mine else None
    fields = fields_of_change(CHANGES[kind, verb], part)
    section = {name: group for group, names in SECTIONS.get((kind, verb), {}).items() for name in names}
    inputs = [
        each._replace(group=section.get(each.name, each.group), hint=_hint(kind, each))
        for field in fields
        for each in _inputs(verb, part, field, record, options, mine)
    ]
    chosen = mine.typed.get(CHOSEN, "") if mine else _chosen(kind, verb, record)
    return ChangeForm(verb, part, version, inputs, is_failed=mine is not None, chosen=chosen)


def _chosen(kind: SettingKind, verb: str, record: Mapping[str, Any]) -> str:
    is_one = CHANGES[kind, verb] in OF_CODES
    return name_of(record.get("list", ""), record.get(CODE, "")) if is_one else ""


def _hint(kind: SettingKind, each: Input) -> str:
    """What ends the msgid of an example: people are called otherwise than sites."""
    is_person = kind in (SettingKind.MEMBER, SettingKind.INVITATION) and each.name == "name"
    return "person" if is_person else each.hint


def parts_of(kind: SettingKind, verb: str) -> tuple[str, ...]:
    """The parts that a change is asked for in, each by a form of its own; one without a name is all of it."""
    return tuple(PARTS.get((kind, verb), ("",)))


def input_id(verb: str, part: str, name: str) -> str:
    """The id of an input, which no other form of the page has: each part asks for a reason."""
    return f"{part if part and name == REASON else verb}-{name}"


def names_sent(change: type[Change], typed: FormData) -> list[str]:
    """The names of the inputs of a change that a form sent."""
    return [
        name
        for field in fields_of_change(change, typed.get(PART, ""))
        for name in (
            (each for _, each in names_by_key(field, typed)) if field.widget in KEYED else (field.name,)
        )
    ]


def label_of(catalogues: "Catalogues", language: str, change: type[Change], name: str) -> str:
    """What an input is called: that of a text in one language, or of one day, says which."""
    for field in fields_of_change(change):
        for key, _ in names_by_key(field, [name]) if field.widget in KEYED else ():
            label = catalogues.text(language, f"office.field.{field.name}")
            then = (
                day_name(catalogues, language, key)
                if field.widget is Widget.WEEK
                else own_name(catalogues, key)
            )
            return catalogues.text(language, "words.format.pair", first=label, then=then)
    return catalogues.text(language, f"office.field.{name}")


def own_name(catalogues: "Catalogues", tag: str) -> str:
    """What a language is called in it, if it is one of ours."""
    return catalogues.text(tag, "words.language") if tag in catalogues.languages else tag


def day_name(catalogues: "Catalogues", language: str, day: str) -> str:
    """What a weekday is called."""
    names = catalogues.text(language, "words.weekdays").split("|")
    return names[WEEKDAYS.index(day)] if day in WEEKDAYS else day


def hours_in_words(windows: Sequence[Sequence[str]]) -> str:
    """The hours of a day as a person writes them.

    >>> hours_in_words([["09:00", "12:30"], ["13:30", "18:00"]])
    '09:00–12:30, 13:30–18:00'
    """
    return ", ".join("–".join(each) for each in windows)


def errors_in(
    catalogues: "Catalogues", language: str, change: type[Change], refusal: Refusal, typed: FormData
) -> dict[str, str]:
    """What is said beside each input that a refusal points at; what no input can mend stands under ''."""
    return input_errors((*fields_of_change(change), NAME), refusal, typed, partial(catalogues.text, language))


def values_of(field: FormField, value: Any) -> list[str]:
    """What stands in the input of a field that has this value."""
    if value is None or (field.widget is Widget.CHECKBOX and not value):
        return []
    if field.widget is Widget.JSON:
        return [json.dumps(value, ensure_ascii=False, indent=2)]
    if field.widget in (Widget.CHOICES, Widget.LINES):
        return list(value)
    return ["true" if value is True else str(value)]


def _inputs(
    verb: str,
    part: str,
    field: FormField,
    record: Mapping[str, Any],
    options: Options,
    failed: FailedForm | None,
) -> Iterator[Input]:
    """The input of a field; of texts by language one for each language, of a week one for each day, under the
    name of the field."""
    if field.widget not in KEYED:
        yield _input(verb, part, field, record, options, failed)
        return
    is_week = field.widget is Widget.WEEK
    texts = record.get(field.name) or {}
    if is_week:
        texts = {day: hours_in_words(windows) for day, windows in texts.items()}
    spoken = dict(options.get(BY_DAY if is_week else BY_LANGUAGE, ()))
    whole = failed.wrong.get(field.name) if failed else None
    for tag in dict.fromkeys((*spoken, *texts)):
        name = f"{field.name}.{tag}"
        yield Input(
            id=input_id(verb, part, name),
            name=name,
            label=tag,
            widget=Widget.LINE if is_week else Widget.TEXT,
            required=False,
            value=failed.typed.get(name, "") if failed else texts.get(tag, ""),
            wrong=(failed.wrong.get(name) if failed else None) or whole,
            group=field.name,
            words=spoken.get(tag, tag),
            example=EXAMPLES.get(field.name, ""),
            hint=field.name if field.name in SAID else "",
        )
        whole = None


def _input(
    verb: str,
    part: str,
    field: FormField,
    record: Mapping[str, Any],
    options: Options,
    failed: FailedForm | None,
) -> Input:
    values = failed.typed.getlist(field.name) if failed else values_of(field, record.get(field.name))
    if field.widget is Widget.LINES and failed:
        values = lines_of(values)
    offered = tuple(options.get(field.name, ()))
    return Input(
        id=input_id(verb, part, field.name),
        name=field.name,
        label=field.name,
        widget=Widget.CHOICES if offered and field.widget is Widget.LINES else field.widget,
        required=field.required and field.widget is not Widget.CHECKBOX and field.name != CODE,
        value="\n".join(values),
        wrong=failed.wrong.get(field.name) if failed else None,
        options=with_chosen(offered, values) if offered else None,
        chosen=tuple(values),
        group=field.group,
        example=EXAMPLES.get(field.name, ""),
        hint=field.name if field.name in SAID else "",
    )
