"""The inputs of a form as a template shows them, and a form that was refused.

What a page says of a form that was not taken: a line for each wrong thing, which leads to its input.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from functions.forms.urlencoded import FormData


class Choice(NamedTuple):
    """One value, and what it is called."""

    value: str
    label: str


def with_chosen(options: tuple[Choice, ...], values: Iterable[str]) -> tuple[Choice, ...]:
    """The options, and those of the `values` that are not among them (any more): what is chosen is shown."""
    known = {option.value for option in options}
    return (*options, *(Choice(value, value) for value in values if value and value not in known))


class Input(NamedTuple):
    """One input: `label` is the end of its msgid, `wrong` what is said beside it. One that the site asks has
    its own `words` in place of a msgid.

    With `options` one of them is chosen, or several: then they are `chosen`. Those of one `group` stand
    together. `example` is what somebody could write there; `hint` ends the msgid of one that has words.
    """

    id: str
    name: str
    label: str
    widget: str
    required: bool
    value: str
    wrong: str | None = None
    options: tuple[Choice, ...] | None = None
    chosen: tuple[str, ...] = ()
    group: str = ""
    words: str = ""
    example: str = ""
    hint: str = ""


class FailedForm(NamedTuple):
    """What was sent for a command, and what was wrong with it by the names of the inputs.

    `version` is the one that was looked at: what changed since is told when it is sent again.
    """

    verb: str
    typed: FormData
    wrong: Mapping[str, str]
    version: int


class FormError(NamedTuple):
    """`words` is a msgid with its `values`; `field` is the id of the input that is wrong, if one is."""

    field: str | None
    words: str
    values: Mapping[str, object] = {}


def wrong_at(field: str | None, label: str, what: str) -> FormError:
    """A line that names an input by its `label`, and says `what` is wrong with it."""
    return FormError(field, "case.wrong.at", {"field": label, "what": what})
