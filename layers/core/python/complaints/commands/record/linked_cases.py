"""What is asked for about two cases at once: both change, or neither does."""

from typing import ClassVar

from complaints.commands.command import Command, StaffCommand
from complaints.model.complaint import Complaint
from complaints.model.outcome.point import KnownPoint
from complaints.model.people.adjustment import KnownNeed
from complaints.model.record.case_links import CaseContents, Relation
from complaints.values.field_types import LongText, ShortText


class PairCommand(StaffCommand, frozen=True, kw_only=True):
    """A command that names another case; `names` is the field in which its reference stands."""

    names: ClassVar[str]

    @property
    def other(self) -> str:
        """The reference of the other case."""
        return str(getattr(self, self.names))


class Link(PairCommand, frozen=True, kw_only=True):
    """Links two cases, and says how the other one relates to this one."""

    verb = "link"
    names = "to"
    to: ShortText
    relation: Relation
    reason: LongText | None = None


class Unlink(PairCommand, frozen=True, kw_only=True):
    """Takes back a link, or every link to the other case."""

    verb = "unlink"
    names = "to"
    to: ShortText
    relation: Relation | None = None
    reason: LongText | None = None


class Merge(PairCommand, frozen=True, kw_only=True):
    """The case becomes part of another one."""

    verb = "merge"
    names = "into"
    into: ShortText
    reason: LongText


class Absorb(StaffCommand, frozen=True, kw_only=True):
    """The other half of a merge: this case takes in `source`, as it stood before, with what the person
    `needs` and the `points` that want an answer."""

    verb = "merge"
    source: Complaint
    brings: CaseContents
    needs: tuple[KnownNeed, ...] = ()
    points: tuple[KnownPoint, ...] = ()


class NoteRepeat(Command, frozen=True, kw_only=True):
    """Says which earlier complaint a case repeats; without `of` it repeats none."""

    verb = "note_repeat"
    of: str | None = None
