"""Receipt (ISO 10002 clause 7.2): records a complaint as it was made."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.mail import RawMail
from complaints.case.fact import Fact
from complaints.case.people.adjustments import AdjustmentKind, AdjustmentNoted
from complaints.case.process.receipt import Received
from complaints.casework.command import Command
from complaints.context.decision_context import Context
from complaints.values.details_told import Details, Person
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Channel, ComplainantKind, DataRight, Feedback, Way


class Receive(Command, frozen=True, kw_only=True):
    """A complaint as it was written or said, already parsed and cleaned; staff say when it was received.

    Who stays `anonymous` gives no contact details, and reads all answers on the page of the case.
    `data_right` is the right that somebody uses in a request about personal data, as far as they say it.
    """

    verb = "receive"
    language: str
    channel: Channel = Channel.WEB
    received_at: datetime | None = None
    feedback: Feedback = Feedback.COMPLAINT
    data_right: DataRight | None = None
    person: Person = Person()
    kind: ComplainantKind | None = None
    subject: str | None = None
    description: str
    category: str | None = None
    details: Details = Details()
    own_fields: str | None = None
    remedy_sought: str | None = None
    special_needs: str | None = None
    adjustments: tuple[AdjustmentKind, ...] = ()
    danger: bool = False
    message_id: str | None = None
    anonymous: bool = False
    raw: RawMail | None = None


R = TypeVar("R", bound=Receive)

LONGEST_AGO = timedelta(days=365)
"""How long before it is recorded a complaint may have been received."""

_NO_FACT = ("person", "details", "adjustments", "anonymous")
"""What a receipt says one by one, by other facts, or by the ways to reach the person."""


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
    day = command.details.occurred_on
    if day and context.terms.is_to_come(day, received_at):
        raise Invalid(Wrong("/occurred_on", "future"))
    values = {name: getattr(command, name) for name in Receive.__struct_fields__ if name not in _NO_FACT}
    told = Person.values_of(command.person) | Details.values_of(command.details)
    site = context.terms.site
    return Received(
        at=context.now,
        by=context.by,
        site=site.key,
        reach=ways_to_reach(command),
        notice_version=site.texts.notice_version,
        sealed=command.category is not None and command.category in site.codes.sealed,
        **values | told | {"language": context.terms.language_for(command.language)},
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
    person = command.person
    addresses = {Way.MAIL: person.email, Way.TELEPHONE: person.phone, Way.POST: person.post}
    return tuple(way for way, address in addresses.items() if address)
