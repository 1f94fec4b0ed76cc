"""Answers to a site's own fields as they are sent: read as text, whatever JSON wrote them as."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from complaints.values.errors import Wrong
from complaints.values.own_fields import LONGEST_TEXT
from complaints.values.text.normalization import MOST_COMPOSED
from functions.http.parsing.validation import cleaned, escaped

_MOST = 2 * MOST_COMPOSED * LONGEST_TEXT
"""Code points that are looked at of an answer: what has more is too long in any case."""

_CODE = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+([._][a-z0-9]+)*")


def wrong_types(answers: object) -> Iterator[Wrong]:
    """Each answer that is neither text nor number, and each name that no field can have."""
    if isinstance(answers, Mapping):
        for name, value in answers.items():
            if not _CODE.fullmatch(name):
                yield Wrong(f"/fields/{escaped(name)}", "unknown-field")
            elif value is not None and not _is_plain(value):
                yield Wrong(f"/fields/{name}", "wrong-type")


def as_text(answers: Mapping[str, Any]) -> dict[str, str]:
    """The answers as text; what is empty is no answer.

    >>> as_text({"weight": 2.50, "size": " large ", "note": None})
    {'weight': '2.5', 'size': 'large'}
    """
    shown = {code: _text(value) for code, value in answers.items() if value is not None}
    return {code: text for code, text in shown.items() if text}


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _text(value: Any) -> str:
    return cleaned(value[:_MOST]).strip() if isinstance(value, str) else str(value)
