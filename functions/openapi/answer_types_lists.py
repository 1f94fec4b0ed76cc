"""What staff are answered in lists, as types: colleagues, queues, mail that came in."""

from datetime import date
from typing import Annotated, Any, NotRequired, TypedDict

from msgspec import Meta

from complaints.values.people import Role
from complaints.values.values import Stage
from functions.serializers.field_types import Cursor, Level, Moment, Reference

Member = Annotated[str, Meta(description="The id of a member of staff")]
Priority = Annotated[int, Meta(ge=0, le=3)]


class Me(TypedDict):
    id: Member
    name: str
    roles: list[Role]
    sites: list[str]


class Colleague(Me):
    """A member, and whether cleared for sensitive cases; who is away now, until when, and who stands in."""

    sensitive: bool
    away_until: date | None
    stand_in: Member | None


class Members(TypedDict):
    items: list[Colleague]
    next: Cursor


class SavedView(TypedDict):
    """A view: `query` is what the address of a queue asks for."""

    name: str
    query: str


class SavedViews(TypedDict):
    items: list[SavedView]
    next: Cursor


class QueueItem(TypedDict):
    """A case in a queue; its times are in UTC."""

    reference: Reference
    site: str
    subject: str | None
    stage: Stage
    level: Level
    assignee: Member | None
    due: Moment | None
    clock: str | None
    received_at: Moment
    has_news: bool
    priority: Priority
    is_vulnerable: bool
    has_needs: bool
    letter_failed: bool
    letters_to_post: bool


class ExportedCase(TypedDict):
    """A case in a file; its times are in UTC. What is about people is there for those who may export it."""

    reference: Reference
    site: str
    stage: Stage
    level: Level
    category: str | None
    assignee: Member | None
    received_at: Moment
    ended_at: Moment | None
    due: Moment | None
    clock: str | None
    priority: Priority
    letter_failed: bool
    subject: NotRequired[str | None]
    name: NotRequired[str | None]
    is_vulnerable: NotRequired[bool]
    has_needs: NotRequired[bool]


class Export(TypedDict):
    items: list[ExportedCase]
    next: Cursor


class Queue(TypedDict):
    items: list[QueueItem]
    next: Cursor


AttachedMail = TypedDict("AttachedMail", {"from": str | None, "subject": str | None, "text": str})
Mail = TypedDict(
    "Mail",
    {
        "id": str,
        "received_at": Moment,
        "outcome": str,
        "settled_by": str | None,
        "reason": str | None,
        "reference": Reference | None,
        "from": dict[str, str | None],
        "reply_to": str | None,
        "subject": str | None,
        "text": str | None,
        "quoted": str | None,
        "full_text": str | None,
        "only_quoted": bool,
        "attached": list[AttachedMail],
        "cut": bool,
        "files": dict[str, Any],
    },
)


class HandedOut(TypedDict):
    url: str
    expires_at: Moment


class Mails(TypedDict):
    items: list[Mail]
    next: Cursor
