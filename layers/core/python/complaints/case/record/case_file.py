"""Case file for a body outside, as data: its items, each under a name of its own, and what was left out."""

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from complaints.case.fact import Fact

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


MOST_ITEMS = 500
"""Items that one case file may leave out or show without their words."""

KEPT_IN_STATE = 20
"""Case files that a case names; those before stand in its entries."""

PATTERN = r"^(entry-[1-9][0-9]{0,5}|letter-[0-9]{6}\.[0-9]{1,3}|file-[0-9a-f-]{1,64})$"
_ITEM = re.compile(PATTERN)


class CaseFileItem(NamedTuple):
    """One item by its kind (`entry`, `letter`, `file`) and its name there: a number, or an id."""

    kind: str
    id: str

    @property
    def name(self) -> str:
        """`entry-4`, `letter-000007.1`, `file-0f8fad5b`."""
        return f"{self.kind}-{self.id}"

    @property
    def entry(self) -> int | None:
        """The number of the entry that it is, or that called for it; none of a file."""
        return None if self.kind == FILE else int(self.id.partition(".")[0])


ENTRY, LETTER, FILE = "entry", "letter", "file"


def item_named(name: str) -> CaseFileItem | None:
    """The item of this name, if it can be one.

    >>> item_named("letter-000007.1")
    CaseFileItem(kind='letter', id='000007.1')
    >>> item_named("letter-7")
    """
    if not _ITEM.fullmatch(name):
        return None
    kind, _, id = name.partition("-")
    return CaseFileItem(kind, id)


class CaseFilePrepared(Fact, frozen=True, kw_only=True):
    """The case up to the entry before this one was prepared for a body outside.

    `left_out` names the items that are not in the file, `redacted` those that are there without their words.
    """

    PRIVATE = ("reason",)
    left_out: tuple[str, ...] = ()
    redacted: tuple[str, ...] = ()
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The entries of the last case files."""
        files = (*complaint.case_files, complaint.number + 1)
        return replace(complaint, case_files=files[-KEPT_IN_STATE:])
