"""What happened, in the past tense. A fact is never changed; a new shape gets a new name.

Fields named in `PRIVATE` hold what people wrote or who they are. Before a fact enters the chain
each of them is replaced by a salted commitment (`chain.seal`), so that a person can be forgotten
and the record still proves itself.
"""

from datetime import date, datetime
from typing import ClassVar

from msgspec import Struct

from complaints.clock import Clock, Pause, Rung
from complaints.people import Actor
from complaints.words import Assessment, Cause, Channel, ClosingReason, ComplainantKind, Outcome, Remedy, Way


class Fact(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True, omit_defaults=True):
    """Something that happened `at` an instant, done `by` somebody."""

    PRIVATE: ClassVar[tuple[str, ...]] = ()

    at: datetime
    by: Actor


class Received(Fact, frozen=True, kw_only=True):
    """A complaint came in (clause 7.2)."""

    PRIVATE = (
        "name", "email", "phone", "post", "represented", "relation", "authority",
        "subject", "description", "product", "occurred_on", "remedy_sought", "special_needs",
    )  # fmt: skip

    site: str
    language: str
    channel: Channel = Channel.WEB
    kind: ComplainantKind | None = None
    category: str | None = None
    reach: tuple[Way, ...] = ()
    notice_version: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    represented: str | None = None
    relation: str | None = None
    authority: str | None = None
    subject: str | None = None
    description: str
    product: str | None = None
    occurred_on: str | None = None
    remedy_sought: str | None = None
    special_needs: str | None = None


class Acknowledged(Fact, frozen=True, kw_only=True):
    """The complainant was told that it arrived (clause 7.4); `told_at` is when."""

    way: Way
    told_at: datetime
    message_id: str | None = None


class Assigned(Fact, frozen=True, kw_only=True):
    to: str


class Assessed(Fact, frozen=True, kw_only=True):
    scales: Assessment


class NoteAdded(Fact, frozen=True, kw_only=True):
    PRIVATE = ("text",)
    text: str


class MessageSent(Fact, frozen=True, kw_only=True):
    PRIVATE = ("text",)
    text: str


class InformationAsked(Fact, frozen=True, kw_only=True):
    PRIVATE = ("text",)
    text: str


class Resumed(Fact, frozen=True, kw_only=True):
    PRIVATE = ("reason",)
    reason: str


class MessageReceived(Fact, frozen=True, kw_only=True):
    """The complainant wrote; `day` is the date at the site, by which messages are counted."""

    PRIVATE = ("text",)
    text: str
    day: date


class FindingRecorded(Fact, frozen=True, kw_only=True):
    PRIVATE = ("finding",)
    finding: str
    root_cause: Cause


class DecisionProposed(Fact, frozen=True, kw_only=True):
    """What was decided, and whether a second person must agree before it counts (clause 7.7)."""

    PRIVATE = ("reasons",)
    outcome: Outcome
    reasons: str
    remedies: tuple[Remedy, ...] = ()
    needs_approval: bool = False


class DecisionApproved(Fact, frozen=True, kw_only=True):
    pass


class DecisionReturned(Fact, frozen=True, kw_only=True):
    PRIVATE = ("reasons",)
    reasons: str


class ResponseIssued(Fact, frozen=True, kw_only=True):
    """The decision was handed to the mail; it counts as told when the mail service took it."""


class Responded(Fact, frozen=True, kw_only=True):
    """The decision was told to the complainant (clause 7.8); `told_at` is when."""

    way: Way
    told_at: datetime
    message_id: str | None = None


class DecisionAccepted(Fact, frozen=True, kw_only=True):
    PRIVATE = ("reason",)
    reason: str | None = None


class Withdrawn(Fact, frozen=True, kw_only=True):
    PRIVATE = ("reason",)
    reason: str | None = None


class Closed(Fact, frozen=True, kw_only=True):
    reason: ClosingReason


class ClockStarted(Fact, frozen=True, kw_only=True):
    """A promise was made: `clock` holds what, until when, and by which pack."""

    clock: Clock


class ClockPaused(Fact, frozen=True, kw_only=True):
    """A clock stands still, at most `until` then."""

    clock: str
    until: datetime | None = None


class ClockResumed(Fact, frozen=True, kw_only=True):
    """A clock runs again and falls due later by what was paused."""

    clock: str
    pauses: tuple[Pause, ...]
    due: datetime
    rungs: tuple[Rung, ...]


class ClockStopped(Fact, frozen=True, kw_only=True):
    """A clock ended: what it measured was done, `in_time` or not, or (`None`) is asked for no more."""

    clock: str
    moment: datetime
    in_time: bool | None = None


class ReminderRaised(Fact, frozen=True, kw_only=True):
    clock: str
    rung: int
    to: str


class DeadlineMissed(Fact, frozen=True, kw_only=True):
    clock: str


class EscalationRaised(Fact, frozen=True, kw_only=True):
    clock: str
    rung: int
    to: str


class LetterSent(Fact, frozen=True, kw_only=True):
    """The mail service took a letter; `doubtful` says that it may have taken it twice."""

    letter: str
    kind: str
    message_id: str
    doubtful: bool = False


class LetterFailed(Fact, frozen=True, kw_only=True):
    """A letter cannot be delivered, and will not be tried again."""

    letter: str
    kind: str
    reason: str


AnyFact = (
    Received | Acknowledged | Assigned | Assessed | NoteAdded | MessageSent | InformationAsked
    | Resumed | MessageReceived | FindingRecorded | DecisionProposed | DecisionApproved
    | DecisionReturned | ResponseIssued | Responded | DecisionAccepted | Withdrawn | Closed
    | ClockStarted | ClockPaused | ClockResumed | ClockStopped | ReminderRaised | DeadlineMissed
    | EscalationRaised | LetterSent | LetterFailed
)  # fmt: skip
