"""Short names, made of what something is called where the field of a short name is left empty."""

import re
import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING

from complaints.settings.changes import Change
from complaints.settings.commands import PutCode, PutField
from complaints.settings.setting import Setting, SettingKind
from complaints.values.codes import CodeList, Codes
from complaints.values.own_fields import OwnFields
from complaints.values.text.normalization import nfkd
from functions.forms.urlencoded import FormData

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LONGEST = 40
CODE, LABELS = "code", "labels."
CHOSEN = "chosen"
"""The input that says of which of many a form was filled; that of a new one has none."""
OF_CODES = (PutCode, PutField)
NAMED_BY_A_FIELD = {
    SettingKind.SITE: "name",
    SettingKind.STANDARD_TEXT: "title",
    SettingKind.AUTOMATION: "title",
}
"""The input that says what something new is called, of the kinds whose short name may be made of it."""
_OTHERS = re.compile("[^a-z0-9]+")
_PLAIN = str.maketrans({"ı": "i", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})


def short_name(called: str, taken: Collection[str] = (), between: str = "_") -> str:
    """A name in small Latin letters and digits that is not `taken`; nothing where no such letter is left.

    >>> short_name("Köşe Dükkân", between="-")
    'kose-dukkan'
    >>> short_name("Late parcel", taken=["late_parcel"])
    'late_parcel_2'
    """
    letters = nfkd(called.casefold().translate(_PLAIN))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    name = _OTHERS.sub(between, plain).strip(between)[:LONGEST].strip(between)
    number, free = 1, name
    while name and free in taken:
        number += 1
        free = f"{name}{between}{number}"
    return free


def of_new(kind: SettingKind, typed: FormData) -> str:
    """The short name of a new setting that has none yet."""
    return short_name(
        typed.get(NAMED_BY_A_FIELD.get(kind, ""), ""), between="-" if kind == SettingKind.SITE else "_"
    )


def with_code(deps: "Container", change: type[Change], name: str, typed: FormData) -> FormData:
    """What was typed, with a code for one of many that has none: no other of the setting has it, so that
    nothing is changed that was not meant."""
    if change not in OF_CODES or typed.get(CODE, "").strip():
        return typed
    taken = _taken(deps.settings_store.load(change.kind, name))
    labels = (value for label, value in typed.items() if label.startswith(LABELS))
    code = next(filter(None, (short_name(label, taken) for label in labels)), "")
    others = [(each, value) for each in typed if each != CODE for value in typed.getlist(each)]
    return FormData([*others, (CODE, code)])


def name_of(code_list: str, code: str) -> str:
    """What a form says that it was filled of: codes are called alike in several lists.

    >>> name_of("causes", "other")
    'causes/other'
    """
    return f"{code_list}/{code}" if code else ""


def is_taken(setting: Setting, change: type[Change], typed: FormData) -> bool:
    """Whether the code that was typed is there, and the form was not filled of it: what stands in a form of
    something new would take the place of all that is known of it, also that a category is sealed."""
    code, code_list = typed.get(CODE, "").strip(), typed.get("list", "")
    if change not in OF_CODES or typed.get(CHOSEN, "") == name_of(code_list, code):
        return False
    if isinstance(setting.record, OwnFields):
        return code in _taken(setting)
    codes = setting.record if isinstance(setting.record, Codes) else Codes()
    return code_list in tuple(CodeList) and codes.find(CodeList(code_list), code) is not None


def _taken(setting: Setting) -> Collection[str]:
    """The codes of the setting, of all its lists: what is retired keeps its own."""
    if isinstance(setting.record, OwnFields):
        return {field.code for field in setting.record.fields}
    codes = setting.record if isinstance(setting.record, Codes) else Codes()
    return {code.code for each in CodeList for code in codes.of(each)}
