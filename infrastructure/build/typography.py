"""How texts of catalogues are set: translators write plain spaces, what is compiled has those of print."""

import re
from collections.abc import Iterable

from babel.messages.catalog import Catalog

NARROW, WHOLE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
_SPACE = f"[ {NARROW}{WHOLE}]"
_RULES = {
    "fr": (
        (re.compile(rf"{_SPACE}(?=[;?!])"), NARROW),
        (re.compile(rf"{_SPACE}(?=[:»])|(?<=«){_SPACE}"), WHOLE),
    )
}
"""By language: which spaces become which. French sets its signs apart by a space at which no line ends."""


def typeset(catalogue: Catalog) -> Catalog:
    """The catalogue, with the spaces that its language has in print."""
    rules = _RULES.get(str(catalogue.locale), ())
    for message in catalogue:
        if message.id and isinstance(message.string, str):
            message.string = _spaced(message.string, rules)
        elif message.id:
            message.string = tuple(_spaced(form, rules) for form in message.string or ())
    return catalogue


def _spaced(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for found, space in rules:
        text = found.sub(space, text)
    return text
