"""Case file for a body outside: what is in it, and what somebody left out of it (clause 7.9).

An ombudsman decides on the whole case, so everything is in the file unless a reviewer takes it out: what is
about other people has no place there (Regulation (EU) 2016/679, Article 5 (1) (c)).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, NamedTuple

from msgspec import Meta

from complaints.case.complaint import Complaint
from complaints.case.correspondence.messages import NoteAdded
from complaints.case.fact import Fact
from complaints.case.outcome.survey import SurveyAnswered
from complaints.case.people.conflicts_of_interest import ConflictDeclared
from complaints.case.people.parties import (
    ComplainantJoined,
    RepresentationRecorded,
    RespondentNamed,
    SideRecorded,
)
from complaints.case.record.case_file import (
    FILE,
    MOST_ITEMS,
    PATTERN,
    CaseFileItem,
    CaseFilePrepared,
    item_named,
)
from complaints.case.record.links import Linked, Unlinked
from complaints.case.workflow.corrective_actions import ActionPlanned
from complaints.case.workflow.tasks import TaskAssigned, TaskCancelled, TaskCompleted, TaskReassigned
from complaints.casework.command import ALL, ANY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_have_no_interest
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import LongText
from complaints.values.people import Role

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


ABOUT_OTHERS = (
    ComplainantJoined,
    RepresentationRecorded,
    RespondentNamed,
    SideRecorded,
    NoteAdded,
    Linked,
    Unlinked,
    ActionPlanned,
    TaskAssigned,
    TaskReassigned,
    TaskCompleted,
    TaskCancelled,
    ConflictDeclared,
)
"""Facts that often name somebody else than the complainant: they are to be looked at."""


WITHOUT_RECORD = (SurveyAnswered,)
"""Facts whose values the case shows to nobody: the sealed entries that hold them are not handed out."""


class Showing(StrEnum):
    """How an item stands in a case file: `whole`, without its words, or not at all."""

    WHOLE = "whole"
    REDACTED = "redacted"
    LEFT_OUT = "left_out"


class Selection(NamedTuple):
    """What a case file leaves out, and what it shows without words, by the names of the items."""

    left_out: frozenset[str] = frozenset()
    redacted: frozenset[str] = frozenset()

    def of(self, item: CaseFileItem, *quoted: CaseFileItem) -> Showing:
        """How an item stands in the file; what it quotes of others must be there, too."""
        names = {item.name, *(each.name for each in quoted)}
        if item.name in self.left_out:
            return Showing.LEFT_OUT
        return Showing.REDACTED if names & (self.left_out | self.redacted) else Showing.WHOLE


def selection_of(fact: CaseFilePrepared) -> Selection:
    """What was left out of a case file, and what was redacted in it."""
    return Selection(frozenset(fact.left_out), frozenset(fact.redacted))


def prepare(complaint: Complaint, command: PrepareCaseFile, context: Context) -> list[Fact]:
    """Prepares the case file. Raises `Invalid` for an item that is not there, or a missing reason."""
    wrong = [*_wrong_items(complaint, command)]
    if (command.left_out or command.redacted) and not command.reason:
        wrong.append(Wrong("/reason", "missing"))
    if wrong:
        raise Invalid(*wrong)
    return [
        CaseFilePrepared(
            at=context.now,
            by=context.by,
            left_out=tuple(sorted({*command.left_out})),
            redacted=tuple(sorted({*command.redacted} - {*command.left_out})),
            reason=command.reason,
        )
    ]


def _wrong_items(complaint: Complaint, command: PrepareCaseFile) -> Iterator[Wrong]:
    for field in ("left_out", "redacted"):
        for place, name in enumerate(getattr(command, field)):
            item = item_named(name)
            known = item is not None and _is_there(complaint, item)
            if not known or (field == "redacted" and item is not None and item.kind == FILE):
                yield Wrong(f"/{field}/{place}", "unknown-value")


def _is_there(complaint: Complaint, item: CaseFileItem) -> bool:
    if item.kind == FILE:
        file = complaint.attachment(item.id)
        return file is not None and file.is_kept
    return item.entry is not None and item.entry <= complaint.number


STAFF = (
    StaffDeclaration(
        PrepareCaseFile,
        prepare,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        when_merged=True,
        roles=frozenset({Role.REVIEWER}),
        group=Group.RECORD,
        place=20,
        own_labels=("reason",),
        summary="Prepares the case file for a body outside: the case without what is left out of it",
        example={"left_out": ["entry-4"], "reason": "It names another customer."},
    ),
)
