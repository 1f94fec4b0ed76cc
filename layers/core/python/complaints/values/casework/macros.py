"""Macros of a site: several commands of staff in one, as data."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from complaints.values.codes import Label
from complaints.values.field_types import CodeName, ShortText
from complaints.values.people import Role

MOST_STEPS = 8

IN_WORKING_DAYS = "in_working_days"
"""What stands in a body in place of a date: `{"in_working_days": 5}` is the fifth working day after the day
on which the macro is run."""

FARTHEST = 260
"""Working days of a year."""


class MacroStep(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One command: its `verb`, the `body` as a call has it, and the standard texts for fields of it, by their
    codes. A case that is assigned to nobody in particular is assigned to whoever runs the macro. A date may
    be said by working days (`IN_WORKING_DAYS`), also one of a remedy."""

    verb: ShortText
    body: dict[str, Any] = {}
    texts: dict[str, CodeName] = {}


class Macro(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A macro: its steps in their order.

    It is offered to whoever has one of its `roles`, or to all without any. What it asks for is asked as if it
    were sent by hand: it gives nobody a right. One that is `retired` is offered no more.
    """

    title: Label
    steps: Annotated[tuple[MacroStep, ...], Meta(max_length=MOST_STEPS)]
    roles: tuple[Role, ...] = ()
    retired: bool = False

    def is_offered_to(self, roles: tuple[Role, ...]) -> bool:
        """Whether somebody with these roles may run it."""
        return not self.retired and (not self.roles or not set(self.roles).isdisjoint(roles))
