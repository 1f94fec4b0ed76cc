"""The base of commands."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from complaints.values.field_types import CodeName, LongText

MOST_TEXTS = 10
"""Standard texts of one command."""


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something asked for; `verb` is its name in addresses and in `allowed_commands`."""

    verb: ClassVar[str]


class StaffCommand(Command, frozen=True, kw_only=True):
    """A command of the desk; each may carry an internal note."""

    note: LongText | None = None


class CommandWithTexts(StaffCommand, frozen=True, kw_only=True):
    """A command with words for which standard texts are offered; `texts` are the codes of those that were
    chosen."""

    texts: Annotated[tuple[CodeName, ...], Meta(max_length=MOST_TEXTS)] = ()
