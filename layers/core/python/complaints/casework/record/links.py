"""Links between cases (clause 7.6): the same cause, the same person, duplicates. Each case stays its own."""

from datetime import timedelta
from typing import ClassVar

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.record.links import CaseLink, Linked, Relation, Unlinked
from complaints.casework.command import ALL, ANY, OTHER, Command, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.context.decision_context import Context, the_other
from complaints.values.errors import Invalid, LinksFull, NotNow, Wrong
from complaints.values.field_types import LongText, ShortText
from complaints.values.people import CASE_ROLES


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


class NoteRepeat(Command, frozen=True, kw_only=True):
    """Says which earlier complaint a case repeats; without `of` it repeats none."""

    verb = "note_repeat"
    of: str | None = None


MOST_LINKS = 50

REPEATED_WITHIN = timedelta(days=180)
"""How long after a complaint another one of the same person about the same counts as a repeat (indicator
20)."""

_OF_ONE_PERSON = frozenset({Relation.SAME_PERSON, Relation.DUPLICATE})


def link(complaint: Complaint, command: Link, context: Context) -> list[Fact]:
    """Links the case to another; nothing follows when it is linked so already. Raises `Invalid`."""
    other = the_other(complaint, context.other_case, "/to").complaint
    if CaseLink(command.to, command.relation) in complaint.links:
        return []
    linked = Linked(
        at=context.now,
        by=context.by,
        to=command.to,
        relation=command.relation,
        reason=command.reason,
        repeats=command.relation in _OF_ONE_PERSON and _repeats(complaint, other),
    )
    return [linked]


def _repeats(complaint: Complaint, other: Complaint) -> bool:
    """Whether a complaint came some time after the other one, and is of the same category."""
    if complaint.received_at is None or other.received_at is None or complaint.category != other.category:
        return False
    return timedelta() < complaint.received_at - other.received_at <= REPEATED_WITHIN


def unlink(complaint: Complaint, command: Unlink, context: Context) -> list[Fact]:
    """Takes back what links the case to another; nothing follows when nothing does. Raises `Invalid`."""
    if context.other_case is None:
        raise Invalid(Wrong("/to", "unknown-case"))
    return [
        Unlinked(at=context.now, by=context.by, to=tie.to, relation=tie.relation, reason=command.reason)
        for tie in complaint.links
        if tie.to == command.to and command.relation in (None, tie.relation)
    ]


def can_be_linked(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether a link can be added, and this person may take part."""
    return LinksFull() if len(complaint.links) >= MOST_LINKS else must_be_free(complaint, context)


def can_be_unlinked(complaint: Complaint, context: Context) -> NotNow | None:
    """There is a link, and this person may take part."""
    return must_be_free(complaint, context) if complaint.links else NotNow()


STAFF = (
    StaffDeclaration(
        Link,
        link,
        ALL,
        can_be_linked,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.TIES,
        place=10,
        own_labels=("to",),
        summary="Links the case with another",
        example={"to": OTHER, "relation": "same_cause"},
    ),
    StaffDeclaration(
        Unlink,
        unlink,
        ALL,
        can_be_unlinked,
        feedback=ANY,
        when_merged=True,
        roles=CASE_ROLES,
        group=Group.TIES,
        place=20,
        own_labels=("to",),
        summary="Removes a link",
        example={"to": OTHER, "relation": "same_cause"},
    ),
)
