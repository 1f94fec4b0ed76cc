"""A site's own paragraphs in letters: plain text with named placeholders from a fixed list, and no templates.

Only `{name}` and its like are filled in: no attributes, indexes, conversions or formats. `{{` and `}}` are
braces that are read.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from string import Formatter

from complaints.case.correspondence.letter import Letter, LetterKind

NAMELESS = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.THANKS})
"""Letters that repeat nothing that was typed: anybody may have typed the address that they go to."""

Paragraph = tuple[str, ...]
"""What is read one after the other."""


class Unbalanced(Exception):
    """A brace is opened or closed alone."""


class UnknownPlaceholder(Exception):
    """What stands in braces is not the name of a value."""


def values_of(letter: Letter, *, name: str | None, site: str) -> Mapping[str, str | datetime]:
    """What a letter can fill in; `due` is the moment that it is about, else until when we answer."""
    awaited = (each.due for each in letter.promises if each.clock == "respond" and each.in_time is None)
    values = {
        "name": None if letter.kind in NAMELESS else name,
        "reference": letter.reference,
        "site": site,
        "due": letter.due or letter.answer_by or next(awaited, None),
    }
    return {placeholder: value for placeholder, value in values.items() if value is not None}


def paragraphs(text: str, values: Mapping[str, str]) -> Iterator[Paragraph]:
    """The paragraphs of a text, filled in. One that names what the letter does not have is left out."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        try:
            yield filled(paragraph, values)
        except UnknownPlaceholder:
            continue


def filled(text: str, values: Mapping[str, str]) -> Paragraph:
    """A text with its values, each as it is said. Raises `Unbalanced`, `UnknownPlaceholder`.

    >>> filled("Case {reference}, {{sic}}.", {"reference": "C-1"})
    ('Case ', 'C-1', ', {', 'sic}', '.')
    """
    return tuple(_pieces(text, values))


def _pieces(text: str, values: Mapping[str, str]) -> Iterator[str]:
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise Unbalanced from error
    for literal, placeholder, form, conversion in parsed:
        if literal:
            yield literal
        if placeholder is None:
            continue
        if form or conversion or placeholder not in values:
            raise UnknownPlaceholder
        yield values[placeholder]
