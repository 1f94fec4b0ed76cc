"""What is wrong with a value that does not fit its type: the words of msgspec as codes of the catalogue."""

import re

from complaints.values.errors import Wrong

_LENGTH = re.compile(r"`str` of length (<=|>=) (\d+)")
_ITEMS = re.compile(r"`array` of length (<=|>=) (\d+)")
_RANGE = re.compile(r"`(?:int|float)` (<=|>=|<|>) (\d+)")
_DATE = re.compile(r"encoded date\b")
_BOUNDS = (
    (_LENGTH, "too-long", "missing"),
    (_ITEMS, "too-many", "missing"),
    (_RANGE, "out-of-range", "out-of-range"),
)


def error_code(at: str, message: str) -> Wrong:
    """The message of a `msgspec.ValidationError` about the value at a pointer; it is never repeated."""
    for pattern, high, low in _BOUNDS:
        found = pattern.search(message)
        if found:
            return Wrong(at, high if found[1].startswith("<") else low, int(found[2]))
    if "enum value" in message:
        return Wrong(at, "unknown-value")
    if _DATE.search(message):
        return Wrong(at, "not-a-date")
    if "missing required field" in message:
        return Wrong(at, "missing")
    if "unknown field" in message:
        return Wrong(at, "unknown-field")
    if "Expected" in message and ", got" in message:
        return Wrong(at, "wrong-type")
    return Wrong(at, "wrong-form")
