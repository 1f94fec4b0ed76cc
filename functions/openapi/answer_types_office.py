"""What administrators are answered about settings and promises, as types."""

from typing import Any, NotRequired, TypedDict

from complaints.settings.setting import SettingKind
from functions.serializers.field_types import Cursor, Moment, Reference


class SettingLine(TypedDict):
    """A setting in a list."""

    kind: SettingKind
    id: str
    version: int
    name: NotRequired[str]
    active: NotRequired[bool]


class Settings(TypedDict):
    items: list[SettingLine]
    next: Cursor


class Chapter(TypedDict):
    """One entry of a setting's history."""

    number: int
    version: int
    fact: str
    at: Moment
    by: str
    reason: str | None
    changed: list[str]


class SettingView(TypedDict):
    """A setting as it stands; `history` is shown where it is read, and what followed where it is changed."""

    kind: SettingKind
    id: str
    version: int
    record: dict[str, Any] | None
    allowed_commands: list[str]
    unfinished: NotRequired[bool]
    history: NotRequired[list[Chapter]]
    handed_over: NotRequired[list[Reference]]
    brought_forward: NotRequired[list[Reference]]


class Packs(TypedDict):
    """Each pack as its file has it, with where it is in force and what of it is not kept by itself here.

    `shortfalls` say where a pack breaks the letter of its law: each has a `code`, and a `detail` in words.
    """

    items: list[dict[str, Any]]
    next: Cursor


class Change(TypedDict):
    """One clock that a pack would change; of two moments the earlier binds."""

    reference: Reference
    site: str
    clock: str
    purpose: str
    change: str
    promised: Moment | None
    reckoned: Moment | None
    binds: Moment
    is_over: bool
    paused_since: Moment | None


class Changes(TypedDict):
    items: list[Change]
    counts: dict[str, int]
    next: Cursor


class Moved(TypedDict):
    """A promise that a calendar reckons otherwise."""

    reference: Reference
    clock: str
    change: str
    promised: Moment
    reckoned: Moment


class MovedPromises(TypedDict):
    items: list[Moved]
    counts: dict[str, int]
    next: Cursor


Preview = TypedDict("Preview", {"language": str, "from": str, "subject": str, "text": str, "html": str})


class WebhookSecret(TypedDict):
    """`whsec_` and 32 bytes in base64: a receiver verifies by it (Standard Webhooks)."""

    secret: str
    version: int
