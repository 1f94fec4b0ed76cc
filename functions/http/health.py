"""What an installation answers that stands."""

from typing import Literal

from msgspec import Struct


class Health(Struct, frozen=True, kw_only=True):
    """The answer of an installation that stands: which release it is of, and of which commit, where it is
    known."""

    status: Literal["ok"]
    version: str
    commit: str
