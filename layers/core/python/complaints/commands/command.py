"""The base of commands."""

from typing import ClassVar

from msgspec import Struct

from complaints.values.field_types import LongText


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something asked for; `verb` is its name in addresses and in `allowed_commands`."""

    verb: ClassVar[str]


class StaffCommand(Command, frozen=True, kw_only=True):
    """A command of the desk; each may carry an internal note."""

    note: LongText | None = None
