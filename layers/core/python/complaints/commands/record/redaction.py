"""What a reviewer asks for so that words are blacked out."""

from typing import Annotated

from msgspec import Meta

from complaints.commands.command import StaffCommand
from complaints.values.field_types import LongText

EntryNumber = Annotated[int, Meta(ge=1, le=999_999)]


class Redact(StaffCommand, frozen=True, kw_only=True):
    """Removes for good what was written in one message, note, finding or other entry.

    `message` is the number of the entry: the `id` of a message, the `number` of a fact. Number 1 is the
    complaint itself: its text is removed, its complainant stays. The text is then gone from every page,
    letter and record; that it was there, who removed it and why is still shown. A message of a case that
    became part of another is named at that case.
    """

    verb = "redact"
    message: EntryNumber
    reason: LongText
