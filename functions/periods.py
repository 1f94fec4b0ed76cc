"""Dates that an address asks for: both ends of a period, each of them there or not."""

from collections.abc import Mapping
from datetime import date

from complaints.refusals import Wrong

YEARS, NEVER = range(1970, 3000), date.min
"""Dates that every zone has; and one that is none of them."""


def ends(query: Mapping[str, str], wrong: list[Wrong]) -> tuple[date | None, date | None]:
    """The dates `from` and `to`; what is no date, or ends before it begins, is added to what is wrong."""
    since, until = (_day(query, name, wrong) for name in ("from", "to"))
    if since and until and since > until:
        wrong.append(Wrong("/to", "ends-before-it-begins"))
    return since, until


def _day(query: Mapping[str, str], name: str, wrong: list[Wrong]) -> date | None:
    text = query.get(name)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = NEVER
    if day.year in YEARS:
        return day
    wrong.append(Wrong(f"/{name}", "not-a-date"))
    return None
