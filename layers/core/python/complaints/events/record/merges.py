"""Facts about cases that become part of others. Nothing of them is moved or removed."""

from complaints.events.event import Fact
from complaints.model.clock import Clock
from complaints.model.record.case_links import CaseContents
from complaints.model.workflow.danger import Danger


class Merged(Fact, frozen=True, kw_only=True):
    """The case ended as a case of its own: it is part of the case `into`."""

    PRIVATE = ("reason",)
    into: str
    reason: str


class Absorbed(Fact, frozen=True, kw_only=True):
    """The case `source` is part of this one, with what it `brings` and the cases that are part of it.

    `number` and `seal` are those of its last entry before: the chain of this case vouches for the other's.
    What must be known of a person or of staff in every case comes along.
    """

    source: str
    number: int
    seal: str
    brings: CaseContents
    parts: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    is_vulnerable: bool = False
    has_needs: bool = False
    danger: Danger | None = None


class PromiseTakenOver(Fact, frozen=True, kw_only=True):
    """A promise of the merged case `of`, due earlier than our own, is adopted."""

    of: str
    clock: Clock


MergeFact = Merged | Absorbed | PromiseTakenOver
