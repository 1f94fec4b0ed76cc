"""Validation of a JSON object: a typed value, or every wrong field at once by its pointer (RFC 6901)."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct

from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import StrictInput
from complaints.values.text.normalization import MOST_COMPOSED, nfc
from complaints.values.validation_messages import error_code

MOST_ITEMS = 100
"""Items with fields of their own that a list may hold: a long one is refused whole, not item by item."""

MOST_WORDS = 500
"""Plain items that a list may hold: languages, sites, names of packs."""

LONGEST = 20_000
"""Code points of a text in a field that sets no limit of its own."""

T = TypeVar("T", bound=Struct)

_CONTROLS = re.compile(r"[\x01-\x08\x0b-\x1f\x7f-\x9f]")

# What no reader sees: space, and what Unicode calls Default_Ignorable_Code_Point (DerivedCoreProperties.txt).
_NOTHING = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)


class FieldSpec(NamedTuple):
    """How one field is read: `part` is the struct that it holds, alone or (`many`) in a list.

    Its `name` is that of the body, which may be a word that no `attribute` can be called.
    One that `may_be_none` is required, and `None` says that there is nothing. `longest` is how many code
    points a text may have there.
    """

    name: str
    attribute: str
    kind: Any
    required: bool
    may_be_none: bool
    part: type[Struct] | None
    many: bool
    longest: int


def read(kind: type[T], body: Mapping[str, Any]) -> T:
    """The value that `body` holds. Raises `Invalid` with every wrong field.

    Fields that are not known are wrong where the struct forbids them or is a `StrictInput`, and left out
    elsewhere.
    """
    errors: list[Wrong] = []
    value = read_into(kind, body, errors)
    if errors or value is None:
        raise Invalid(*sorted(errors, key=lambda wrong: wrong.pointer))
    return value


def read_into(kind: type[T], body: object, errors: list[Wrong], at: str = "") -> T | None:
    """As `read`, but adds what is wrong to `errors`; `None` when something was."""
    if not isinstance(body, Mapping):
        errors.append(Wrong(at, "wrong-type"))
        return None
    known = len(errors)
    fields = _fields(kind)
    if kind.__struct_config__.forbid_unknown_fields or issubclass(kind, StrictInput):
        names = {field.name for field in fields}
        errors.extend(Wrong(f"{at}/{escaped(name)}", "unknown-field") for name in body if name not in names)
    values: dict[str, Any] = {}
    for field in fields:
        raw = body.get(field.name)
        if isinstance(raw, str):
            # Judged as it was sent, before any work is done on it.
            if len(raw) > MOST_COMPOSED * field.longest:
                errors.append(Wrong(f"{at}/{field.name}", "too-long", field.longest))
                continue
            raw = cleaned(raw)
        if raw is None or (isinstance(raw, str) and _NOTHING.fullmatch(raw)):
            if field.may_be_none:
                values[field.attribute] = None
            elif field.required:
                errors.append(Wrong(f"{at}/{field.name}", "missing"))
            continue
        values[field.attribute] = _value(field, raw, f"{at}/{field.name}", errors)
    return kind(**values) if len(errors) == known else None


def cleaned(text: str) -> str:
    """The text in NFC, without control characters but line ends and tabs."""
    return nfc(_CONTROLS.sub("", text.replace("\r\n", "\n")))


def _value(field: FieldSpec, raw: Any, at: str, errors: list[Wrong]) -> Any:
    if isinstance(raw, list) and len(raw) > (most := MOST_ITEMS if field.part else MOST_WORDS):
        errors.append(Wrong(at, "too-many", most))
        return None
    if field.part is None:
        return _plain(field.kind, raw, at, errors)
    if not field.many:
        return read_into(field.part, raw, errors, at)
    if not isinstance(raw, list):
        errors.append(Wrong(at, "wrong-type"))
        return None
    part = field.part
    return tuple(read_into(part, item, errors, f"{at}/{place}") for place, item in enumerate(raw))


def _plain(kind: Any, raw: Any, at: str, errors: list[Wrong]) -> Any:
    try:
        value = msgspec.convert(raw, kind)
    except (msgspec.ValidationError, OverflowError) as error:
        errors.append(error_code(at, str(error)))
        return None
    if isinstance(value, datetime) and value.tzinfo is None:
        errors.append(Wrong(at, "no-offset"))
        return None
    return value


@cache
def _fields(kind: type[Struct]) -> tuple[FieldSpec, ...]:
    return tuple(_field(field) for field in msgspec.structs.fields(kind))


def _field(field: msgspec.structs.FieldInfo) -> FieldSpec:
    required = field.default is NODEFAULT and field.default_factory is NODEFAULT
    may_be_none = required and NoneType in get_args(field.type)
    names = (field.encode_name, field.name)
    longest = next(_limits(field.type), LONGEST)
    for inner in (field.type, *get_args(field.type)):
        if isinstance(inner, type) and issubclass(inner, Struct):
            many = get_origin(field.type) is tuple
            return FieldSpec(*names, field.type, required, may_be_none, inner, many, longest)
    return FieldSpec(*names, field.type, required, may_be_none, None, False, longest)


def _limits(kind: Any) -> Iterator[int]:
    """The most code points that a type of text allows, also if it is optional."""
    for each in (kind, *get_args(kind)):
        for meta in getattr(each, "__metadata__", ()):
            if meta.max_length:
                yield meta.max_length


def escaped(name: str) -> str:
    """A name that was sent as a part of a pointer (RFC 6901), no longer than a name of ours."""
    return cleaned(name[:100]).replace("~", "~0").replace("/", "~1")
