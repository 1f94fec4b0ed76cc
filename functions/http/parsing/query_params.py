"""What a query may ask of a page of a list: how many items it has, and other small numbers."""

from collections.abc import Mapping

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
