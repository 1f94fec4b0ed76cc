"""Links between cases that stay apart, as data; each fact stands on both of them."""

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


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


class Linked(Fact, frozen=True, kw_only=True):
    """The case is linked to the case `to`; both stay cases of their own. It `repeats` the other when that is
    an earlier complaint of the same person about the same, not long before."""

    PRIVATE = ("reason",)
    TIMELINE = wording(to="as it is", relation="case.relation.", text="reason")
    to: str
    relation: Relation
    reason: str | None = None
    repeats: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, links=(*complaint.links, CaseLink(self.to, self.relation)))


class Unlinked(Fact, frozen=True, kw_only=True):
    """The link was a mistake, or does not help any more."""

    PRIVATE = ("reason",)
    TIMELINE = wording(to="as it is", text="reason")
    to: str
    relation: Relation
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        gone = CaseLink(self.to, self.relation)
        return replace(complaint, links=tuple(tie for tie in complaint.links if tie != gone))


class RepeatFound(Fact, frozen=True, kw_only=True):
    """The case is known to repeat the earlier complaint `of`, or none any more: of the same mail address,
    product and category, not long before. That it is the same person is not proved by it."""

    TIMELINE = wording("is_found", of="as it is")

    of: str | None = None

    @property
    def is_found(self) -> bool:
        return self.of is not None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, repeats=self.of)


LinkFact = Linked | Unlinked | RepeatFound
