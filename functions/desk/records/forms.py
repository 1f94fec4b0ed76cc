"""The forms of commands on records: drawn from the Structs that validate what is sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec.inspect as types
from msgspec import Struct

from complaints.management.declaration import RecordDeclaration
from complaints.management.kinds import declaration
from complaints.management.record import RecordCommand, RecordKind
from complaints.site.site import Site, SiteTerms
from complaints.values.codes import CodeList
from complaints.values.errors import Refusal
from complaints.values.people import Member
from functions.desk.settings.change_forms.forms import own_name, values_of
from functions.forms.fields import FormField, fields_of
from functions.forms.input_errors import input_errors
from functions.forms.inputs import Choice, FailedForm, Input, with_chosen
from functions.forms.to_json import body_of, names_by_key
from functions.forms.urlencoded import FormData
from functions.forms.widgets import WIDGETS, ValueType, Widget, Widgets
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container


REASON, CODE = "reason", "code"
RECORD_WIDGETS: Widgets = {
    **WIDGETS,
    ValueType.BOOLEAN: Widget.CHECKBOX,
    ValueType.MARK: Widget.LINE,
    ValueType.NUMBER: Widget.LINE,
    ValueType.MONEY: Widget.LINE,
}


class RecordForm(NamedTuple):
    """The form of a command; `version` is the one looked at."""

    verb: str
    version: int
    inputs: list[Input]
    is_failed: bool


class FormWords(NamedTuple):
    """What the inputs of a kind are called, and what may be chosen; moments are those of the `zone`."""

    catalogues: "Catalogues"
    language: str
    declared: RecordDeclaration
    members: Sequence[Member]
    site: Site
    zone: tzinfo

    def say(self, msgid: str) -> str:
        return self.catalogues.text(self.language, msgid)

    def label(self, name: str) -> str:
        """What a field is called."""
        return self.say("records.reason" if name == REASON else f"records.field.{self.declared.kind}.{name}")

    def value(self, name: str, value: str) -> str:
        """What a value of a field with few values is called."""
        return self.say(f"records.value.{self.declared.kind}.{name}.{value}")

    def code(self, name: str, value: str) -> str:
        """What a code in a field is called at the site."""
        return self.code_of(self.declared.of_codes[name], value)

    def code_of(self, code_list: CodeList, value: str) -> str:
        """What a code of a list is called at the site."""
        codes = self.site.codes
        if codes.find(code_list, value) is None:
            return value
        return label(self.catalogues, codes, code_list, value, self.language, self.site.language)

    def options(self, command: type[Struct], name: str) -> tuple[Choice, ...]:
        """What may be chosen in a field: members, codes of the site, or the values that its type has."""
        if name in self.declared.of_codes:
            offered = self.site.codes.offered(self.declared.of_codes[name])
            return tuple(Choice(each.code, self.code(name, each.code)) for each in offered)
        if name in self.declared.of_members:
            named = (Choice(each.id, each.name) for each in self.members if each.active)
            return tuple(sorted(named, key=lambda choice: choice.label.casefold()))
        return tuple(Choice(value, self.value(name, value)) for value in values_of_type(command, name))


@cache
def fields_of_command(command: type[RecordCommand]) -> tuple[FormField, ...]:
    """What the form of a command asks for; why it is asked for comes last."""
    return tuple(sorted(fields_of(command, RECORD_WIDGETS), key=lambda field: field.name == REASON))


@cache
def values_of_type(command: type[Struct], name: str) -> tuple[str, ...]:
    """The values of a field that has few: those of an enumeration, one or several of which are chosen."""
    info = types.type_info(command)
    fields = info.fields if isinstance(info, types.StructType) else ()
    found = next((each.type for each in fields if each.encode_name == name), types.AnyType())
    if isinstance(found, types.UnionType):
        found = next(each for each in found.types if not isinstance(each, types.NoneType))
    if isinstance(found, types.VarTupleType):
        found = found.item_type
    if isinstance(found, types.EnumType):
        return tuple(each.value for each in found.cls)
    return tuple(str(each) for each in found.values) if isinstance(found, types.LiteralType) else ()


def body(command: type[RecordCommand], typed: FormData, zone: tzinfo) -> dict[str, Any]:
    """The body of a command, with moments of this zone; what is empty is left out."""
    return body_of(fields_of_command(command), typed, zone)


def form_of(
    words: FormWords, verb: str, version: int, content: Mapping[str, Any], failed: FailedForm | None
) -> RecordForm:
    """The form of a command with the `content` as it stands, or with what was typed, if it failed."""
    command = words.declared.commands[verb]
    mine = failed if failed and failed.verb == verb else None
    inputs = [
        each
        for field in fields_of_command(command)
        for each in _inputs(words, command, verb, field, content, mine)
    ]
    return RecordForm(verb, version, inputs, is_failed=mine is not None)


def carried(declared: RecordDeclaration, query: Mapping[str, str]) -> dict[str, str]:
    """What an address brings for forms that begin empty: the case from which somebody came."""
    named = {each.name for verb in declared.adding for each in fields_of_command(declared.commands[verb])}
    return {name: value for name, value in query.items() if name in named}


def input_id(verb: str, name: str) -> str:
    """The id of an input, which no other form of the page has."""
    return f"{verb}-{name}"


def errors_in(words: FormWords, verb: str, refusal: Refusal, typed: FormData) -> dict[str, str]:
    """What is said beside each input that a refusal points at; what no input can mend stands under ''."""
    fields = fields_of_command(words.declared.commands[verb])
    return input_errors((*fields, CODE_FIELD), refusal, typed, partial(words.catalogues.text, words.language))


CODE_FIELD = FormField(CODE, "/id", Widget.LINE, required=True)


def form_words(
    deps: "Container",
    language: str,
    kind: RecordKind,
    members: Sequence[Member],
    terms: SiteTerms,
) -> FormWords:
    """What the forms of a kind say; `members` are those of the site with these `terms`."""
    return FormWords(deps.catalogues, language, declaration(kind), members, terms.site, terms.zone)


def _inputs(
    words: FormWords,
    command: type[Struct],
    verb: str,
    field: FormField,
    content: Mapping[str, Any],
    failed: FailedForm | None,
) -> Iterator[Input]:
    """The inputs of a field: of texts by language one for each, of a list one for each part of a row."""
    if field.widget is Widget.LANGUAGES:
        texts = content.get(field.name) or {}
        typed = [name for name, _ in names_by_key(field, failed.typed)] if failed else []
        for tag in dict.fromkeys((*words.site.languages, *texts, *typed)):
            name = f"{field.name}.{tag}"
            spoken = own_name(words.catalogues, tag)
            yield _input(words, verb, name, Widget.TEXT, texts.get(tag), failed, False, field.name, spoken)
        return
    rows = content.get(field.name) or ()
    for number, name in enumerate(field.names if field.parts else ()):
        row, place = divmod(number, len(field.parts))
        part = field.parts[place]
        value = rows[row].get(part.name) if row < len(rows) else None
        label = f"{field.name}.{part.name}"
        yield _input(words, verb, name, part.widget, value, failed, False, field.name, words.label(label))
    if not field.parts:
        offered = words.options(command, field.name)
        is_required = field.required or (field.name == REASON and verb in words.declared.reasoned)
        yield _input(
            words,
            verb,
            field.name,
            Widget.CHOICES if offered and field.widget is Widget.LINES else field.widget,
            content.get(field.name),
            failed,
            is_required and field.widget is not Widget.CHECKBOX,
            "",
            words.label(field.name),
            offered,
            field.name in words.declared.helped,
        )


def _input(
    words: FormWords,
    verb: str,
    name: str,
    widget: Widget,
    value: Any,
    failed: FailedForm | None,
    required: bool,
    group: str,
    label: str,
    offered: tuple[Choice, ...] = (),
    is_helped: bool = False,
) -> Input:
    asked = FormField(name, f"/{name}", widget, required)
    if widget is Widget.LINES and isinstance(value, str):
        value = value.splitlines()
    values = failed.typed.getlist(name) if failed else values_of(asked, value)
    return Input(
        id=input_id(verb, name),
        name=name,
        label=name,
        widget=widget,
        required=required,
        value="\n".join(values),
        wrong=failed.wrong.get(name) if failed else None,
        options=with_chosen(offered, values) if offered else None,
        chosen=tuple(values),
        group=group,
        words=label,
        hint=words.say(f"records.help.{words.declared.kind}.{name}") if is_helped else "",
    )
