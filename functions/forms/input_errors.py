"""From the pointers of a refusal to the inputs of a form, and to what is said beside each."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from complaints.values.errors import Invalid, Refusal, Wrong
from functions.forms.fields import FormField, row_name
from functions.forms.to_json import filled_rows
from functions.forms.widgets import KEYED, WRONG, Widget

Say = Callable[..., str]
"""Words of a msgid with its values, in the language of who fills in the form."""


class WrongInput(NamedTuple):
    """The input that a pointer leads to, by its `name` and `field`; `within` is the place in its value."""

    name: str
    field: FormField
    within: str


def input_errors(
    fields: Iterable[FormField], refusal: Refusal, form: Mapping[str, str], say: Say
) -> dict[str, str]:
    """What is said beside each input that a refusal points at, each thing once, in the order of the inputs;
    what no input can mend stands last, under ''."""
    known = {field.pointer: field for field in fields}

    def place(wrong: Wrong) -> int:
        under = (at for at, pointer in enumerate(known) if f"{wrong.pointer}/".startswith(f"{pointer}/"))
        return next(under, len(known))

    found: dict[str, str] = {}
    for wrong in sorted(refusal.errors, key=place) if isinstance(refusal, Invalid) else ():
        at = input_at(known, wrong.pointer, form)
        name, text = at.name if at else "", _said(wrong, at, say)
        before = found.get(name, "")
        if text not in before:
            found[name] = f"{before} {text}" if before else text
    return found


def input_at(known: Mapping[str, FormField], pointer: str, form: Mapping[str, str]) -> WrongInput | None:
    """Where a pointer (RFC 6901) leads to, if one of the fields, by their pointers, has it."""
    start, within = pointer, ""
    while start and start not in known:
        start, _, last = start.rpartition("/")
        within = f"{last}/{within}" if within else last
    field = known.get(start)
    if field and field.widget in KEYED and within:
        return WrongInput(f"{field.name}.{within.partition('/')[0]}", field, "")
    if field is None or not field.parts:
        return WrongInput(field.name, field, within) if field else None
    item, _, name = within.partition("/")
    rows = filled_rows(field, form)
    place = int(item) if item.isdigit() else 0
    row = rows[place] if place < len(rows) else 0
    part = next((each for each in field.parts if each.name == name), field.parts[0])
    return WrongInput(row_name(part.name, row), part, "")


def _said(wrong: Wrong, at: WrongInput | None, say: Say) -> str:
    """Words for a wrong value; for one within JSON with the place where it stands."""
    plain = f"api.wrong.{wrong.code}"
    if at is None:
        return say(plain, limit=wrong.limit or "")
    widget = at.field.widget
    if at.within and widget is Widget.JSON:
        return say("case.wrong.at", field=wrong.pointer, what=say(plain, limit=wrong.limit or ""))
    return say(WRONG.get((widget, wrong.code), plain), limit=wrong.limit or "")
