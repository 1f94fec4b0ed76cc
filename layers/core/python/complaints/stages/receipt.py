"""Receipt (ISO 10002 clause 7.2): records a complaint as it was made."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeVar

from msgspec.structs import replace

from complaints.commands.case import Receive
from complaints.context.decision_context import Context
from complaints.events.case import Received
from complaints.events.event import Fact
from complaints.events.people.adjustments import AdjustmentNoted
from complaints.model.complaint import Complaint
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Stage, Way

R = TypeVar("R", bound=Receive)

LONGEST_AGO = timedelta(days=365)
"""How long before it is recorded a complaint may have been received."""

_NO_FACT = ("adjustments", "anonymous")
"""What a receipt says by other facts, or by the ways to reach the person."""


def receive(complaint: Complaint, command: Receive, context: Context) -> list[Fact]:
    """Takes a complaint. Raises `Invalid` for a receipt that cannot have been then."""
    command = in_whole_seconds(command)
    received_at = command.received_at or context.now
    if received_at > context.now:
        raise Invalid(Wrong("/received_at", "future"))
    if received_at < context.now - LONGEST_AGO:
        raise Invalid(Wrong("/received_at", "too-long-ago"))
    return [recorded(command, context), *needed(command, context)]


def needed(command: Receive, context: Context) -> Iterator[AdjustmentNoted]:
    """What the person says that they need."""
    for kind in dict.fromkeys(command.adjustments):
        yield AdjustmentNoted(at=context.now, by=context.by, kind=kind, is_needed=True)


def recorded(command: Receive, context: Context) -> Received:
    """The fact that records the complaint. Raises `Invalid` for an impossible date of the problem."""
    received_at = command.received_at or context.now
    if command.occurred_on and context.terms.is_to_come(command.occurred_on, received_at):
        raise Invalid(Wrong("/occurred_on", "future"))
    values = {name: getattr(command, name) for name in Receive.__struct_fields__ if name not in _NO_FACT}
    site = context.terms.site
    return Received(
        at=context.now,
        by=context.by,
        site=site.key,
        reach=ways_to_reach(command),
        notice_version=site.texts.notice_version,
        sealed=command.category is not None and command.category in site.codes.sealed,
        **values | {"language": context.terms.language_for(command.language)},
    )


def in_whole_seconds(command: R) -> R:
    """The product's clock has no parts of a second: what was received just now is not of the future."""
    received_at = command.received_at
    return replace(command, received_at=received_at and received_at.replace(microsecond=0))


def is_new(complaint: Complaint, context: Context) -> NotNow | None:
    """A case is opened once."""
    return NotNow() if complaint.received_at else None


def ways_to_reach(command: Receive) -> tuple[Way, ...]:
    """How the person can be reached, by the contact details given; who stays anonymous, by the page alone."""
    if command.anonymous:
        return (Way.PAGE,)
    addresses = {Way.MAIL: command.email, Way.TELEPHONE: command.phone, Way.POST: command.post}
    return tuple(way for way, address in addresses.items() if address)


def received(complaint: Complaint, fact: Received) -> Complaint:
    return replace(
        complaint,
        site=fact.site,
        language=fact.language,
        channel=fact.channel,
        feedback=fact.feedback,
        data_right=fact.data_right,
        kind=fact.kind,
        category=fact.category,
        reach=fact.reach,
        preferred_way=fact.preferred_way,
        notice_version=fact.notice_version,
        has_needs=fact.special_needs is not None,
        stage=Stage.RECEIVED,
        received_at=fact.received_at or fact.at,
        sealed=fact.sealed,
    )
