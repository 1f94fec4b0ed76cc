"""The port of what automation rules need of the table, as the functions use it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from complaints.automation.triggers import Rule


class Automations(Protocol):
    """The rules of sites, and when a case that waits is looked at. Calls may raise `errors.Unavailable`."""

    def of(self, site: str) -> Sequence[Rule]:
        """The rules of a site that hold, in their order, as of at most a minute ago."""

    def forget(self, site: str) -> None:
        """Drops the rules of a site, which have changed."""

    def look_at(self, reference: str, at: datetime) -> None:
        """Lets the schedule look at a case at a moment, instead of one that was named before."""

    def looked(self, reference: str) -> None:
        """Nothing of a case is waited for any more."""
