"""A danger to somebody, as far as the state of a complaint knows it."""

from datetime import datetime

from msgspec import Struct


class Danger(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`known_at` is since when, `known_by` how; `acted_at` is when the immediate action was taken."""

    known_at: datetime
    known_by: str
    acted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether no immediate action is on record."""
        return self.acted_at is None
