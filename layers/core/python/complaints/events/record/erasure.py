"""Facts about the data of a case: it was erased, kept, held, or nobody may work on it."""

from datetime import date

from complaints.events.event import Fact
from complaints.model.record.erasure import ErasureGround, KeepingGround, RestrictionGround
from complaints.values.casework.retention import KeptData, RetentionRule

MOST_ASKED = 5
"""How many are told of an erasure that was proposed."""


class ErasureProposed(Fact, frozen=True, kw_only=True):
    """Somebody who protects data wants the case erased, which nobody asked for: another of them must agree.
    `asked` are members who are told of it."""

    ground: ErasureGround
    asked: tuple[str, ...]


class ErasureRequested(Fact, frozen=True, kw_only=True):
    """The case is erased from now on: its links are dead, and nothing more is taken. `rule` is that of
    retention by which it was due, if nobody asked for it."""

    ground: ErasureGround
    rule: RetentionRule | None = None


class ErasureRefused(Fact, frozen=True, kw_only=True):
    """The case is kept although its erasure was asked for."""

    PRIVATE = ("reason",)

    ground: KeepingGround
    reason: str


class Erased(Fact, frozen=True, kw_only=True):
    """What people wrote and who they are is gone, and so many files with it; `rule` as in
    `ErasureRequested`."""

    files: int = 0
    rule: RetentionRule | None = None


class PartyErased(Fact, frozen=True, kw_only=True):
    """The data of one of several people of the case is gone from these `entries`; `party` is `complainant`,
    `represented` or the id of somebody who complained together with the complainant. `letters` are the ids of
    those to them that are gone as they were sent; an earlier fact does not say which."""

    party: str
    ground: ErasureGround
    entries: tuple[int, ...]
    letters: tuple[str, ...] | None = None


class DataRemovalRequested(Fact, frozen=True, kw_only=True):
    """One kind of data of the case is removed from now on, by a `rule` of retention, and the rest is kept. It
    is done `again` where it was done before, and something came since."""

    data: KeptData
    rule: RetentionRule
    again: bool = False


class DataRemovalBegun(Fact, frozen=True, kw_only=True):
    """Nothing kept the data when its removal began: what keeps it from now on comes too late."""

    data: KeptData
    rule: RetentionRule


class DataRemovalStopped(Fact, frozen=True, kw_only=True):
    """Something keeps the data, a legal hold mostly, that came before its removal began: all of it is
    there."""

    data: KeptData
    rule: RetentionRule


class DataRemoved(Fact, frozen=True, kw_only=True):
    """So many files, letters as they were sent or mails are gone; `rule` as in `DataRemovalRequested`."""

    data: KeptData
    rule: RetentionRule
    count: int


class LegalHoldSet(Fact, frozen=True, kw_only=True):
    """The case must not be erased, up to and including `until`."""

    PRIVATE = ("reason",)

    id: str
    reason: str
    until: date | None = None


class LegalHoldLifted(Fact, frozen=True, kw_only=True):
    """A legal hold was lifted."""

    PRIVATE = ("reason",)

    id: str
    reason: str


class ProcessingRestricted(Fact, frozen=True, kw_only=True):
    """Nobody works on the case."""

    PRIVATE = ("reason",)

    ground: RestrictionGround
    reason: str


class RestrictionLifted(Fact, frozen=True, kw_only=True):
    """The case may be worked on again."""

    PRIVATE = ("reason",)

    reason: str


ErasureFact = ( ErasureProposed | ErasureRequested | ErasureRefused | Erased | PartyErased |
DataRemovalRequested | DataRemovalBegun | DataRemovalStopped | DataRemoved | LegalHoldSet | LegalHoldLifted |
ProcessingRestricted | RestrictionLifted )  # fmt: skip
