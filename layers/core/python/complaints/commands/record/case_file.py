"""What a reviewer asks for so that a case can be handed to a body outside."""

from typing import Annotated

from msgspec import Meta

from complaints.commands.command import StaffCommand
from complaints.model.record.case_file import MOST_ITEMS, PATTERN
from complaints.values.field_types import LongText

ItemName = Annotated[str, Meta(pattern=PATTERN + r"(?!\n)", max_length=80)]
ItemNames = Annotated[tuple[ItemName, ...], Meta(max_length=MOST_ITEMS)]


class PrepareCaseFile(StaffCommand, frozen=True, kw_only=True):
    """Prepares the case file for an ombudsman, a regulator or a court, as the case stands now.

    `left_out` are items that are not in it, `redacted` those that are there without their words: `entry-4`,
    `letter-000007.1`, or `file-` and the id of a file, which can only be left out. Either needs a `reason`,
    such as that an item is about somebody else. What is left out is named in the file and on record.
    """

    verb = "prepare_case_file"
    left_out: ItemNames = ()
    redacted: ItemNames = ()
    reason: LongText | None = None
