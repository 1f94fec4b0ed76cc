"""Links between cases (clause 7.6): the same cause, the same person, duplicates. Each case stays its own."""

from datetime import timedelta

from msgspec.structs import replace

from complaints.commands.record.linked_cases import Link, Unlink
from complaints.context.decision_context import Context
from complaints.context.other_case import the_other
from complaints.events.event import Fact
from complaints.events.record.case_links import Linked, Unlinked
from complaints.model.complaint import Complaint
from complaints.model.record.case_links import CaseLink, Relation
from complaints.rules.conflicts_of_interest import must_be_free
from complaints.values.errors import Invalid, LinksFull, NotNow, Wrong

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


def linked(complaint: Complaint, fact: Linked) -> Complaint:
    return replace(complaint, links=(*complaint.links, CaseLink(fact.to, fact.relation)))


def unlinked(complaint: Complaint, fact: Unlinked) -> Complaint:
    gone = CaseLink(fact.to, fact.relation)
    return replace(complaint, links=tuple(tie for tie in complaint.links if tie != gone))
