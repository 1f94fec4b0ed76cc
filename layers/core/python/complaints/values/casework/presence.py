"""Presence: who of the staff looks at a case, or writes in it, as a hint for the others."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

FADES = timedelta(seconds=90)
"""After so long without a word nobody counts as present: pages announce themselves each minute."""


class Present(Struct, frozen=True):
    """A member who announced to look at a case, and whether the member wrote in it."""

    member: str
    is_writing: bool
    at: datetime


def others(present: Iterable[Present], me: str, now: datetime) -> list[Present]:
    """Those who are there now beside me: who writes first, then by name."""
    there = (each for each in present if each.member != me and now - each.at < FADES)
    return sorted(there, key=lambda each: (not each.is_writing, each.member))
