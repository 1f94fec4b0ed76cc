"""What complainant and organisation wrote to each other, as JSON."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Literal

from msgspec import UNSET, Struct, UnsetType, field

from complaints.case.correspondence.messages import InformationAsked, MessageReceived, MessageSent
from complaints.case.deadlines import DelayExplained
from complaints.case.fact import Fact
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts.complaint import NO_MARKS, Marks, local_time

_FROM_US = (MessageSent, InformationAsked, DelayExplained)


class MessageShown(Struct, frozen=True, kw_only=True):
    """A message between complainant and staff, and who wrote it."""

    id: int
    sender: Literal["organisation", "you"] = field(name="from")
    kind: Literal["message", "question"]
    at: Moment
    text: str
    of: Reference | UnsetType = UNSET
    redacted: bool | UnsetType = UNSET


class Messages(Struct, frozen=True, kw_only=True):
    """A page of messages."""

    items: list[MessageShown]
    next: Cursor


def messages(
    facts: Iterable[tuple[int, Fact]], zone: tzinfo, marks: Marks = NO_MARKS
) -> Iterator[MessageShown]:
    """What was written to and fro, the oldest first."""
    for number, fact in facts:
        if isinstance(fact, MessageReceived | MessageSent | InformationAsked | DelayExplained):
            yield MessageShown(
                id=number,
                sender="organisation" if isinstance(fact, _FROM_US) else "you",
                kind="question" if isinstance(fact, InformationAsked) else "message",
                at=local_time(fact.at, zone),
                text=fact.text,
                of=marks.of,
                redacted=marks.redacted,
            )
