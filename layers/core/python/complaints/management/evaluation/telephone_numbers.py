"""Telephone numbers that begin with neither + nor 0, as people write them in running text."""

import re
from collections.abc import Sequence

FEWEST_DIGITS, MOST_DIGITS = 9, 13

_GROUPED = re.compile(
    r"(?<![0-9.,/€$£₺-])\(?[0-9]{1,4}\)?(?:(?: - |[ .-]{1,2})[0-9]{2,7}){1,5}(?![0-9])(?![.,/][0-9])"
)
_WHOLE = re.compile(r"(?<![0-9.,/-])[0-9]{10,13}(?![0-9])(?![.,/][0-9])")
_NUMBERS = re.compile(r"[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_CENTS = re.compile(r"\.[0-9]{2}$")


def has_telephone_number(text: str) -> bool:
    """Whether digits stand in groups, or ten and more in one, as those of a telephone number do. Groups of
    thousands are none, with or without cents, and neither are years: so a number that people write like 612
    millions is not found, unless a part of it stands in brackets.

    >>> has_telephone_number("Call 532 123 45 67"), has_telephone_number("(212) 555-0142")
    (True, True)
    >>> has_telephone_number("123 456 789 parcels"), has_telephone_number("2024 2025 2026")
    (False, False)
    """
    if _WHOLE.search(text):
        return True
    return any(_is_one(found[0]) for found in _GROUPED.finditer(text))


def _is_one(found: str) -> bool:
    groups = _NUMBERS.findall(_CENTS.sub("", found) if "." in found and " " in found else found)
    if (_is_thousands(groups) and "(" not in found) or all(_YEAR.fullmatch(each) for each in groups):
        return False
    return FEWEST_DIGITS <= len("".join(groups)) <= MOST_DIGITS


def _is_thousands(groups: Sequence[str]) -> bool:
    return len(groups[0]) <= 3 and all(len(each) == 3 for each in groups[1:])
