"""A record of the management system: a policy, an objective, a theme, an audit and so on, of one site."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from msgspec import Struct

from complaints.case.fact import Fact
from complaints.values.field_types import Text

REMIND = "remind"
"""What the schedule does to a record that is due."""

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class RecordKind(StrEnum):
    """What a record is about. Those of a site are told apart by a code: `demo.late-parcels`."""

    RESPONSIBILITY = "responsibility"
    POLICY = "policy"
    OBJECTIVE = "objective"
    COMPETENCE = "competence"
    ALARM = "alarm"
    THEME = "theme"
    ACTION = "action"
    SAMPLE = "sample"
    AUDIT = "audit"
    REVIEW = "review"
    YEARLY_REPORT = "yearly_report"
    EVIDENCE_PACK = "evidence_pack"
    PERSONAL_DATA = "personal_data"
    PRIVACY_REQUEST = "privacy_request"
    READING_ALARM = "reading_alarm"
    READING_WATCH = "reading_watch"
    FLOOD_CLOSING = "flood_closing"
    FILED_RETURN = "filed_return"


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of what a record holds; each kind has a type of its own, whose later fields have defaults."""


class ManagementRecord(Struct, frozen=True, kw_only=True):
    """The present state of a record; without `content` it is not begun.

    `id` is `<site>.<code>`. `number` counts all entries of its chain, `version` those made by people, `seal`
    is the hash of the last. `due` is when the schedule looks at it next, `reminded` when it last wrote of it
    since its dates changed; both aware.
    """

    kind: RecordKind
    id: str
    number: int = 0
    version: int = 0
    seal: str = ""
    content: Content | None = None
    due: datetime | None = None
    reminded: datetime | None = None

    @property
    def reference(self) -> str:
        """Its name in its chain."""
        return f"{self.kind}/{self.id}"

    @property
    def site(self) -> str:
        """The key of the site that it is of."""
        return self.id.partition(".")[0]

    @property
    def code(self) -> str:
        """What tells it apart from others of its kind and site."""
        return self.id.partition(".")[2]


class RecordFact(Fact, frozen=True, kw_only=True):
    """Somebody did `verb` to a record, and may have said why. Each kind adds the whole `content` after it."""

    PRIVATE: ClassVar[tuple[str, ...]] = ("reason",)
    verb: str
    reason: str | None = None

    @classmethod
    def fields(cls, verb: str, after: Content | None) -> dict[str, Any]:
        """What the fact adds to say what a record holds `after` it."""
        return {"content": after}

    def content_after(self, before: Content | None) -> Content | None:
        """What the record holds then; nothing where it rests on a `before` that is unknown."""
        content: Content | None = self.content  # type: ignore[attr-defined]
        return content


class RecordCommand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something asked for of a record. Each has a `verb`, and the fields that a request carries."""

    verb: ClassVar[str]
    reason: Text | None = None
