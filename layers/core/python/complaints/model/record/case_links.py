"""What ties a case to others: links between cases that stay apart."""

from enum import StrEnum

from msgspec import Struct


class Relation(StrEnum):
    """Why two cases are linked (clauses 7.6 and 8.2)."""

    SAME_CAUSE = "same_cause"
    SAME_PERSON = "same_person"
    DUPLICATE = "duplicate"


class CaseLink(Struct, frozen=True):
    """A link to the case with this reference; two cases may be linked by several relations."""

    to: str
    relation: Relation


class CaseContents(Struct, frozen=True, kw_only=True):
    """How much a case holds of what must not be lost."""

    messages: int = 0
    letters: int = 0
    attachments: int = 0
