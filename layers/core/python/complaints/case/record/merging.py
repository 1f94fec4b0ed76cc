"""Facts about cases that become part of others. Nothing of them is moved or removed."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.correspondence.messages import going_on
from complaints.case.deadlines import _is_same, _waited_for_news
from complaints.case.fact import Fact, wording
from complaints.case.record.links import CaseContents
from complaints.case.workflow.safety import Danger
from complaints.values.field_types import Stage

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Merged(Fact, frozen=True, kw_only=True):
    """The case ended as a case of its own: it is part of the case `into`."""

    PRIVATE = ("reason",)
    PUBLIC = "merged"
    WEBHOOK = "complaint.merged"
    TIMELINE = wording(into="as it is", text="reason")
    into: str
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(
            complaint,
            stage=Stage.CLOSED,
            merged_into=self.into,
            ended_at=self.at,
            ended_because=MERGED,
            closing=None,
            has_news=False,
        )


class Absorbed(Fact, frozen=True, kw_only=True):
    """The case `source` is part of this one, with what it `brings` and the cases that are part of it.

    `number` and `seal` are those of its last entry before: the chain of this case vouches for the other's.
    What must be known of a person or of staff in every case comes along.
    """

    PUBLIC = "absorbed"
    WEBHOOK = "complaint.absorbed"
    TIMELINE = wording(source="as it is")

    source: str
    number: int
    seal: str
    brings: CaseContents
    parts: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    is_vulnerable: bool = False
    has_needs: bool = False
    danger: Danger | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Messages of the merged case count as unread, and end a wait for an answer as a message does."""
        return replace(
            going_on(complaint),
            parts=(*complaint.parts, self.source, *self.parts),
            conflicts=tuple(dict.fromkeys((*complaint.conflicts, *self.conflicts))),
            is_vulnerable=complaint.is_vulnerable or self.is_vulnerable,
            has_needs=complaint.has_needs or self.has_needs,
            danger=complaint.danger
            if complaint.danger and complaint.danger.is_open
            else self.danger or complaint.danger,
            has_news=True,
        )


class PromiseTakenOver(Fact, frozen=True, kw_only=True):
    """A promise of the merged case `of`, due earlier than our own, is adopted."""

    TIMELINE = wording(of="as it is", clock="promise", when="clock.due")

    of: str
    clock: Clock

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Starts the clock. Of met progress updates, which may be many, only the last is stored."""
        begun = self.clock
        others = (
            clock for clock in complaint.clocks if not (_waited_for_news(clock) and _is_same(clock, begun))
        )
        return replace(complaint, clocks=(*others, begun))


MergeFact = Merged | Absorbed | PromiseTakenOver


MERGED = "merged"
