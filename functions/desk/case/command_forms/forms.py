"""The forms of commands as a page shows them: what each asks for, what was typed, what is wrong with it."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.field_types import EarlierDecision
from functions.desk.case.command_forms.field_options import (
    OptionContext,
    field_options,
    is_of_case,
    options_at,
)
from functions.desk.case.command_forms.fields import TEXTS, fields_of, takes_own_fields
from functions.desk.case.wording.event_wording import SiteWording
from functions.forms.fields import ROWS, FormField, row_name
from functions.forms.inputs import Choice, FailedForm, Input, with_chosen
from functions.forms.own_fields import own_fields, own_inputs
from functions.forms.widgets import Widget

_MARKS = ("0", "1", "2", "3")
_SITES, _FORMS = 64, 256
"""How many sites (in each language) have their forms kept, and how many forms each of them."""

Offered = tuple[tuple[Choice, ...] | None, ...]
"""What can be chosen for each field of a form that depends on the case; `None` where anything can be
written."""


class FormInputs(NamedTuple):
    """What a command asks for; `rows` are those of its list, if it has one. `texts` are the codes of the
    standard texts that were chosen."""

    verb: str
    inputs: tuple[Input, ...]
    rows: tuple[tuple[Input, ...], ...]
    texts: str = ""

    @property
    def takes_texts(self) -> bool:
        """Whether standard texts are offered for one of its inputs."""
        texts = STAFF_COMMANDS[self.verb].texts
        return any(each.name in texts for each in self.inputs)


class CommandForm(NamedTuple):
    """The form of a command. One that failed has the `version` that was looked at; all others have that of
    the case, and say nothing else of it."""

    asked: FormInputs
    version: int | None = None

    @property
    def failed(self) -> bool:
        return self.version is not None


def forms_of(
    verbs: Iterable[str], options: OptionContext, failed: FailedForm | None = None
) -> tuple[CommandForm, ...]:
    """The forms of these commands on a case; with what was typed, if one failed."""
    known = _forms_at(options.teller.at_site)
    return tuple(
        CommandForm(known.with_typed(verb, _offered(verb, options), failed), failed.version)
        if failed and failed.verb == verb
        else CommandForm(known.empty(verb, _offered(verb, options)))
        for verb in verbs
    )


def _offered(verb: str, options: OptionContext) -> Offered:
    return tuple(field_options(verb, field, options) for field in _fields_of_case(verb))


@cache
def _fields_of_case(verb: str) -> tuple[str, ...]:
    """The fields of a command for which each case has its own choices."""
    names = dict.fromkeys(part.name for field in fields_of(verb) for part in (field.parts or (field,)))
    return tuple(name for name in names if is_of_case(verb, name))


class _FormsAtSite:
    """The forms of commands in the words of a site: an empty one is made once for all cases that offer the
    same choices.

    Exists for the gate "processor time of a case page at 1,000 cases, of the peer's"
    (`benchmarks/RESULTS.md`).
    """

    def __init__(self, words: SiteWording) -> None:
        self._words = words
        self.empty = lru_cache(maxsize=_FORMS)(self.with_typed)

    def with_typed(self, verb: str, offered: Offered, failed: FailedForm | None = None) -> FormInputs:
        """The inputs of a command, with what was typed if it failed."""
        of_case = dict(zip(_fields_of_case(verb), offered, strict=True))

        def filled(blanks: Iterable[_Blank]) -> tuple[Input, ...]:
            each = (_filled(self._words, verb, blank, of_case, failed) for blank in blanks)
            return tuple(asked for asked in each if asked)

        plain, rows = _blank(verb, self._own(verb))
        texts = failed.typed.get(TEXTS, "") if failed else ""
        return FormInputs(verb, filled(plain), tuple(map(filled, rows)), texts)

    def _own(self, verb: str) -> "tuple[_Blank, ...]":
        """The inputs of the site's own fields, for a command that takes answers to them."""
        if not takes_own_fields(verb):
            return ()
        site = self._words.site
        asked = own_inputs(site, self._words.language, prefix=f"{verb}-")
        return tuple(map(_Blank, own_fields(site), asked))


@lru_cache(maxsize=_SITES)
def _forms_at(words: SiteWording) -> _FormsAtSite:
    return _FormsAtSite(words)


def label_of(verb: str, name: str) -> str:
    """The end of the msgid of the label of an input."""
    field = plain_name(name)
    return f"{verb}.{field}" if field in STAFF_COMMANDS[verb].own_labels else field


def plain_name(name: str) -> str:
    """The name of a field without the number of its row."""
    return name.rstrip("0123456789").removesuffix("_")


def label_text(words: SiteWording, verb: str, name: str) -> str:
    """The label of an input: that of an own field is in the words of the site."""
    own = {each.name: each.words for each in own_inputs(words.site, words.language)}
    return own.get(name) or words.word("case.field.")(label_of(verb, name))


class _Blank(NamedTuple):
    """An input of a form before anybody looks at a case, and the field of the command that it is for."""

    field: FormField
    input: Input


@lru_cache(maxsize=_FORMS)
def _blank(verb: str, own: tuple[_Blank, ...]) -> tuple[tuple[_Blank, ...], tuple[tuple[_Blank, ...], ...]]:
    """The inputs of a form in their order, those of `own` fields among them, and those of each row of its
    list."""
    fields = fields_of(verb, tuple(each.field for each in own))
    asked = {each.field: each for each in own}
    plain = (asked.get(field) or _blank_input(verb, field, field.name) for field in fields if not field.parts)
    rows = (
        tuple(_blank_input(verb, part, row_name(part.name, row)) for part in field.parts)
        for field in fields
        for row in range(ROWS if field.parts else 0)
    )
    return tuple(plain), tuple(rows)


def _blank_input(verb: str, field: FormField, name: str) -> _Blank:
    asked = Input(
        id=f"{verb}-{name}",
        name=name,
        label=label_of(verb, name),
        widget=field.widget.value,
        required=field.required,
        value="",
    )
    return _Blank(field, asked)


def _filled(
    words: SiteWording,
    verb: str,
    blank: _Blank,
    of_case: Mapping[str, tuple[Choice, ...] | None],
    failed: FailedForm | None,
) -> Input | None:
    """The input with what can be chosen, what was typed or is usual, and what is wrong with it; none where
    nothing can be chosen and nothing need be."""
    field, asked = blank
    value = failed.typed.get(asked.name) if failed else None
    value = _usual(words, field) if value is None else value
    wrong = failed.wrong.get(asked.name) if failed else None
    at_site = options_at(words, verb, field.name)
    of_this_case = of_case.get(field.name)
    if () in (at_site, of_this_case) and not field.required:
        return None
    options = of_this_case or at_site or asked.options or worded(words, verb, field)
    if options and value:
        options = with_chosen(options, (value,))
    if options and not value and len(options) == 1 and field.required:
        value = options[0].value
    if value or wrong or options is not None:
        return asked._replace(value=value, wrong=wrong, options=options)
    return asked


def _usual(words: SiteWording, field: FormField) -> str:
    match field.name:
        case "currency":
            return words.site.currency
        case "earlier_decision":
            return EarlierDecision.ADD
    return ""


def worded(words: SiteWording, verb: str, field: FormField) -> tuple[Choice, ...] | None:
    """The values of a scale, or of what is so or not."""
    if field.widget is Widget.SCALE:
        called = words.word(f"case.scale.{field.name}.")
        return tuple(Choice(mark, called(mark)) for mark in _MARKS)
    if field.widget is Widget.SWITCH:
        called = words.word(f"case.switch.{verb}.")
        return tuple(Choice(value, called(value)) for value in ("true", "false"))
    return None
