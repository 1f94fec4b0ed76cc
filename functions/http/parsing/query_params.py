"""What a query may ask of a page of a list: how many items it has, and other small numbers.

Dates as they are typed, and periods that an address asks for: both ends, each of them there or not.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from complaints.values.errors import Invalid, Wrong

MOST, USUAL = 100, 50
"""How many items a page has."""


def number(text: str | None, usual: int | None, most: int, pointer: str, wrong: list[Wrong]) -> int | None:
    """A number of a query from 1 to `most`; one that is none is added to what is wrong."""
    if text is None:
        return usual
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= most:
        wrong.append(Wrong(pointer, "out-of-range", most))
        return usual
    return int(text)


def limit_of(query: Mapping[str, str]) -> int:
    """How many items the page shall have that a query asks for. Raises `Invalid`."""
    wrong: list[Wrong] = []
    limit = number(query.get("limit"), USUAL, MOST, "/limit", wrong)
    if wrong or limit is None:
        raise Invalid(*wrong)
    return limit


YEARS = range(1970, 3000)
"""In these every zone has dates."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9-]{10}T[0-9:]{8}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")


def day_of(text: str) -> date | None:
    """The date that a text names, in no other form than `2026-03-04` (RFC 3339, 5.6); `None` for no date."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def ends(query: Mapping[str, str], wrong: list[Wrong]) -> tuple[date | None, date | None]:
    """The dates `from` and `to`; what is no date, or ends before it begins, is added to what is wrong."""
    since, until = (day(query, name, wrong) for name in ("from", "to"))
    if since and until and since > until:
        wrong.append(Wrong("/to", "ends-before-it-begins"))
    return since, until


def moment(query: Mapping[str, str], name: str, wrong: list[Wrong]) -> datetime | None:
    """The moment (RFC 3339) of a parameter in UTC; what is none, or has no offset, is added to what is
    wrong."""
    text = query.get(name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
        if found and found.year in YEARS:
            return found.astimezone(UTC)
    except ValueError:
        pass
    wrong.append(Wrong(f"/{name}", "no-offset"))
    return None


def day(query: Mapping[str, str], name: str, wrong: list[Wrong]) -> date | None:
    """The date of a parameter; what is none is added to what is wrong."""
    text = query.get(name)
    if not text:
        return None
    found = day_of(text)
    if found and found.year in YEARS:
        return found
    wrong.append(Wrong(f"/{name}", "not-a-date"))
    return None
