"""The command by which staff put right or add what was told of a complaint beside its description."""

from typing import Annotated

from msgspec import Meta

from complaints.commands.command import StaffCommand
from complaints.values.field_types import ShortText, Text
from complaints.values.own_fields import LONGEST_TEXT

MOST_ANSWERS = 20
"""As many as a site has own fields."""

Answer = Annotated[str, Meta(max_length=2 * LONGEST_TEXT, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$(?!\n)")]


class CorrectDetails(StaffCommand, frozen=True, kw_only=True):
    """An earlier reference, what was taken elsewhere, and answers to own fields; what is not named stays.

    `fields` are answers by the codes of the site's own fields. `remove` is a detail that no longer holds:
    `earlier_reference`, `taken_elsewhere`, or `fields.` with the code of an own field.
    """

    verb = "correct_details"
    earlier_reference: ShortText | None = None
    taken_elsewhere: Text | None = None
    fields: Annotated[dict[str, Answer], Meta(max_length=MOST_ANSWERS)] | None = None
    remove: ShortText | None = None
    reason: Text
