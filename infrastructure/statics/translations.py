"""Texts of a catalogue as scripts in a browser use them."""

import re
from gettext import c2py
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from infrastructure.build.typography import typeset

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
ALL_FORMS = 200
"""No rule of a language that we speak has a form that no smaller number has."""

Text = str | dict[str, str]
"""A text, or its forms by the plural categories of CLDR."""


def texts_of(source: Path) -> dict[str, Text]:
    """The texts of a catalogue (`.po`) by their msgids, with `{name}` for `%(name)s`."""
    with source.open("rb") as opened:
        catalogue = typeset(read_po(opened, abort_invalid=True))
    return {_msgid(message): _text(message, catalogue) for message in catalogue if message.id}


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _text(message: Message, catalogue: Catalog) -> Text:
    """A plural has its forms by category: browsers know that of a number, and not gettext's rule."""
    forms = message.string
    if forms is None or isinstance(forms, str):
        return _open(forms or "")
    form, category = c2py(catalogue.plural_expr), Locale.parse(catalogue.locale).plural_form
    return {category(number): _open(forms[form(number)]) for number in range(ALL_FORMS)}


def _open(text: str) -> str:
    return _PLACEHOLDER.sub(r"{\1}", text).replace("%%", "%")
