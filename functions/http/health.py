"""What an installation answers that stands."""

from typing import Literal

from msgspec import Struct


class Health(Struct, frozen=True, kw_only=True):
    status: Literal["ok"]
