"""What a page says of a form that was not taken: a line for each wrong thing, which leads to its input."""

from collections.abc import Mapping
from typing import NamedTuple


class FormError(NamedTuple):
    """`words` is a msgid with its `values`; `field` is the id of the input that is wrong, if one is."""

    field: str | None
    words: str
    values: Mapping[str, object] = {}


def wrong_at(field: str | None, label: str, what: str) -> FormError:
    """A line that names an input by its `label`, and says `what` is wrong with it."""
    return FormError(field, "case.wrong.at", {"field": label, "what": what})
