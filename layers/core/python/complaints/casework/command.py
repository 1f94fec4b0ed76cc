"""The base of commands.

What is declared of a command: its rule, when it may be asked, and of staff who, where and how.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from msgspec import Meta, Struct

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.context.decision_context import Context
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import Refusal
from complaints.values.field_types import CodeName, Feedback, LongText, Stage
from complaints.values.people import Role

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


RECEIVED, ACKNOWLEDGED, ASSESSED = Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ASSESSED
INVESTIGATING, AWAITING, RESPONDED = Stage.INVESTIGATING, Stage.AWAITING_COMPLAINANT, Stage.RESPONDED
REFERRED, CLOSED, WITHDRAWN = Stage.REFERRED, Stage.CLOSED, Stage.WITHDRAWN
ALL = frozenset(Stage)
OPEN = frozenset(stage for stage in Stage if stage.is_open)
IN_WORK = frozenset({RECEIVED, ACKNOWLEDGED, ASSESSED, INVESTIGATING})
EXAMINED = frozenset({ASSESSED, INVESTIGATING})

ANY = frozenset(Feedback)
COMPLAINT = frozenset({Feedback.COMPLAINT})
OTHERS = ANY - COMPLAINT
PROMISED = COMPLAINT | {Feedback.PERSONAL_DATA}

Asked = TypeVar("Asked", bound=Command, covariant=True)
Rule = Callable[[Complaint, Any, Context], list[Fact]]
Gate = Callable[[Complaint, Context], Refusal | None]


def no_gate(complaint: Complaint, context: Context) -> Refusal | None:
    """The stage says all."""
    return None


class Declaration(Struct, Generic[Asked], frozen=True):
    """A command: its rule, the stages in which it may be asked, what else must hold, and for which feedback.

    One that is taken `when_merged` is taken, too, by a case that became part of another: it ends what was
    under way. One that is taken `when_restricted` is taken by a case on which nobody may work, and one that
    is taken `when_erased` by one whose data is being erased.
    """

    command: type[Asked]
    decide: Rule
    stages: frozenset[Stage]
    gate: Gate = no_gate
    feedback: frozenset[Feedback] = COMPLAINT
    when_merged: bool = False
    when_restricted: bool = False
    when_erased: bool = False


class Group(StrEnum):
    """The commands of staff by what they are about, in the order of the page of a case.

    What the complainant gets stands far from what is internal.
    """

    WRITING = "writing"
    WORK = "work"
    TASKS = "tasks"
    PEOPLE = "people"
    IMPROVEMENT = "improvement"
    TIES = "ties"
    RECORD = "record"
    INTERNAL = "internal"


class StaffDeclaration(Declaration[StaffCommand], frozen=True, kw_only=True):
    """A command of staff, with all that permissions, pages and the API's description say of it.

    `place` orders the forms of a group: the lowest is first, and tens leave room. A command that is
    `asked_twice` cannot be taken back: a page of its own names what follows. With `form_note` its form has
    room for a note, because its rule may ask for one, or a colleague reads it next. Fields of
    `own_labels` have a label of their own, not that of all fields of their name. `texts` says for which of
    its fields standard texts are offered, and which. One that is `in_macros` may be a step of a macro.
    `summary` and `example` are for the API's description.
    """

    roles: frozenset[Role]
    group: Group
    place: int
    summary: str
    example: Mapping[str, Any]
    asked_twice: bool = False
    form_note: bool = False
    own_labels: tuple[str, ...] = ()
    texts: Mapping[str, TextUse] = {}
    in_macros: bool = False


OTHER = "C-2ABCD-EFGHJ-R"
WHY = "The customer asked for it on the telephone."
AT = "2026-03-05T10:00:00+03:00"
"""What the examples of commands say: another case, a reason and a moment."""
