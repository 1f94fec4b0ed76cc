"""What happened, in the past tense. A fact is never changed; a new shape gets a new name.

Fields named in `PRIVATE` hold what people wrote or who they are. Before a fact enters the chain,
`hash_chain.seal` replaces each of them by a salted commitment, so that a person can be forgotten
and the record holds.
"""

from datetime import date, datetime

from complaints.events.clocks import DelayExplained, PromiseFact
from complaints.events.correspondence.inbound_mail import MailJoined
from complaints.events.correspondence.letters import LetterFact
from complaints.events.correspondence.standard_texts import StandardTextsUsed
from complaints.events.event import Fact
from complaints.events.outcome.classification import Classified
from complaints.events.outcome.feedback import Converted
from complaints.events.outcome.points import PointFact
from complaints.events.outcome.redress import RemedyDeclined, RemedyOverdue
from complaints.events.outcome.referral import ReferralRecorded
from complaints.events.outcome.survey import SurveyFact
from complaints.events.people.adjustments import AdjustmentNoted
from complaints.events.people.contact import ContactFact
from complaints.events.people.contact_plan import ContactPlanDue, ContactPlanned
from complaints.events.people.identity import IdentityOpened
from complaints.events.people.parties import PartyFact
from complaints.events.record.attachments import AttachmentFact
from complaints.events.record.case_file import CaseFilePrepared
from complaints.events.record.case_links import LinkFact
from complaints.events.record.details import DetailsCorrected
from complaints.events.record.erasure import ErasureFact
from complaints.events.record.imports import Imported
from complaints.events.record.merges import MergeFact
from complaints.events.record.personal_data import PersonalDataPrepared
from complaints.events.record.redaction import Redacted
from complaints.events.workflow.automation import AutomationApplied
from complaints.events.workflow.corrective_actions import ActionFact
from complaints.events.workflow.handover import Unassigned
from complaints.events.workflow.safety import SafetyFact
from complaints.events.workflow.tasks import TaskFact
from complaints.model.correspondence.inbound_mail import RawMail
from complaints.model.outcome.point import DecidedPoint
from complaints.values.field_types import (
    Assessment,
    Channel,
    ClosingReason,
    CodeName,
    ComplainantKind,
    DataRight,
    EarlierDecision,
    Feedback,
    Outcome,
    Remedy,
    Way,
)


class Received(Fact, frozen=True, kw_only=True):
    """A complaint was received (clause 7.2), when it was recorded, or earlier at `received_at`.

    `own_fields` are the answers to the site's own fields, as `values/own_fields.py` writes them. `message_id`
    is that of the mail, if it came by one (RFC 5322), and `raw` that mail as it came. Who complains may be
    `sealed` for good: only a custodian opens that.
    """

    PRIVATE = (
        "name", "email", "phone", "post", "represented", "relation", "authority",
        "subject", "description", "product", "order_number", "place", "earlier_reference", "taken_elsewhere",
        "own_fields", "occurred_on", "remedy_sought", "special_needs", "danger_details",
        "message_id",
    )  # fmt: skip
    UNSHOWN = ("message_id",)
    IDENTITY = (
        "name", "email", "phone", "post", "represented", "relation", "authority", "order_number",
        "earlier_reference", "own_fields", "message_id",
    )  # fmt: skip

    site: str
    language: str
    channel: Channel = Channel.WEB
    received_at: datetime | None = None
    feedback: Feedback = Feedback.COMPLAINT
    data_right: DataRight | None = None
    kind: ComplainantKind | None = None
    preferred_way: Way | None = None
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
    order_number: str | None = None
    place: str | None = None
    earlier_reference: str | None = None
    taken_elsewhere: str | None = None
    own_fields: str | None = None
    occurred_on: str | None = None
    remedy_sought: str | None = None
    special_needs: str | None = None
    danger: bool = False
    danger_details: str | None = None
    message_id: str | None = None
    sealed: bool = False
    raw: RawMail | None = None


class Acknowledged(Fact, frozen=True, kw_only=True):
    """The complaint was acknowledged to the complainant (clause 7.4) at `told_at`."""

    way: Way
    told_at: datetime
    message_id: str | None = None


class Assigned(Fact, frozen=True, kw_only=True):
    """The case has another assignee."""

    to: str


class Assessed(Fact, frozen=True, kw_only=True):
    """Somebody judged how grave and urgent the case is (clause 7.5)."""

    scales: Assessment


class PriorityRaised(Fact, frozen=True, kw_only=True):
    """The case has this priority at least from now on; with 0 that of its assessment."""

    PRIVATE = ("reason",)
    priority: int
    reason: str


class ColleaguesTold(Fact, frozen=True, kw_only=True):
    """An address of the site (`team`, `manager`, `quality`) was told of the case."""

    PRIVATE = ("reason",)
    to: str
    reason: str


class NoteAdded(Fact, frozen=True, kw_only=True):
    """Staff kept an internal note, which no complainant sees."""

    PRIVATE = ("text",)
    text: str


class MessageSent(Fact, frozen=True, kw_only=True):
    """Staff wrote; `has_file` says that a file was sent with it."""

    PRIVATE = ("text",)
    text: str
    has_file: bool = False


class InformationAsked(Fact, frozen=True, kw_only=True):
    """Staff asked the complainant for something, and wait for the answer."""

    PRIVATE = ("text",)
    text: str


class Resumed(Fact, frozen=True, kw_only=True):
    """The wait for the answer of the complainant is over."""

    PRIVATE = ("reason",)
    reason: str


class MessageReceived(Fact, frozen=True, kw_only=True):
    """The complainant wrote; `day` is the date at the site, by which messages are counted.

    `message_id` is that of the mail, if it came by one (RFC 5322), and `raw` that mail as it came.
    """

    PRIVATE = ("text", "message_id")
    UNSHOWN = ("message_id",)
    IDENTITY = ("message_id",)
    text: str
    day: date
    message_id: str | None = None
    raw: RawMail | None = None


class FindingRecorded(Fact, frozen=True, kw_only=True):
    """What was found, and why it happened (clause 7.6); of the complaint, or of one `point` of it."""

    PRIVATE = ("finding",)
    finding: str
    root_cause: CodeName
    point: str | None = None


class DecisionProposed(Fact, frozen=True, kw_only=True):
    """What was decided, and whether a second person must agree before it counts (clause 7.7).

    `outcome_code` is the site's own code, where it decided by one that counts as `outcome`.
    `earlier_decision` is what becomes of those communicated before; where a stored one does not say it, they
    stand. `points` are those that were answered for it, with their reasons in entries of their own.
    `overdue_from` says of each remedy with a date when it is overdue.
    """

    PRIVATE = ("reasons",)
    outcome: Outcome
    outcome_code: CodeName | None = None
    earlier_decision: EarlierDecision | None = None
    reasons: str
    remedies: tuple[Remedy, ...] = ()
    points: tuple[DecidedPoint, ...] = ()
    overdue_from: tuple[datetime | None, ...] = ()
    needs_approval: bool = False


class DecisionApproved(Fact, frozen=True, kw_only=True):
    """A second person agreed."""


class DecisionReturned(Fact, frozen=True, kw_only=True):
    """A second person did not agree to the decision, and said why."""

    PRIVATE = ("reasons",)
    reasons: str


class ResponseIssued(Fact, frozen=True, kw_only=True):
    """The decision is on its way by mail; it counts as sent when the mail service accepts it."""


class Responded(Fact, frozen=True, kw_only=True):
    """The decision was communicated to the complainant (clause 7.8) at `told_at`."""

    way: Way
    told_at: datetime
    message_id: str | None = None


class DecisionRefused(Fact, frozen=True, kw_only=True):
    """The complainant does not agree (clause 7.9), for a reason or none."""

    PRIVATE = ("reason",)
    reason: str | None = None


class Escalated(Fact, frozen=True, kw_only=True):
    """The case is escalated to level 2: another person reviews it."""

    PRIVATE = ("reason",)
    reason: str | None = None


class Referred(Fact, frozen=True, kw_only=True):
    """The case goes to level 3: a body outside, which is named."""

    PRIVATE = ("reason",)
    body: str
    reason: str | None = None


class ConflictDeclared(Fact, frozen=True, kw_only=True):
    """A member of staff must take no part in this case."""

    PRIVATE = ("reason",)
    reason: str


class VulnerabilityNoted(Fact, frozen=True, kw_only=True):
    """The person needs particular care, or no longer does.

    `driver` is one of `VulnerabilityDriver`, `known_by` one of `VulnerabilitySource`; `harm` says whether our
    product did harm: `true` or `false`.
    """

    PRIVATE = ("reason", "driver", "known_by", "harm")
    is_vulnerable: bool
    reason: str
    driver: str | None = None
    known_by: str | None = None
    harm: str | None = None


class RemedyDone(Fact, frozen=True, kw_only=True):
    """The remedy with this `id` was done; without one, the first of its kind in the last decision.

    `budget` is one of those that the site names.
    """

    PRIVATE = ("how", "done_by")
    remedy: CodeName
    done_on: date
    id: str | None = None
    budget: str | None = None
    how: str | None = None
    done_by: str | None = None


class EventRecorded(Fact, frozen=True, kw_only=True):
    """Something happened outside that a promise depends on; `told_at` is when."""

    PRIVATE = ("evidence",)
    event: str
    told_at: datetime
    evidence: str


class Reopened(Fact, frozen=True, kw_only=True):
    """A case that had ended is open again. One that had been closed with a flood is a complaint after all:
    its promises run from when it was received."""

    PRIVATE = ("reason",)
    reason: str | None = None
    received_at: datetime | None = None


class ClosingProposed(Fact, frozen=True, kw_only=True):
    """A member proposes to close the case in a way that needs a second person."""

    reason: ClosingReason


class DecisionAccepted(Fact, frozen=True, kw_only=True):
    """The complainant agrees with the decision (clause 7.9)."""

    PRIVATE = ("reason",)
    reason: str | None = None


class Withdrawn(Fact, frozen=True, kw_only=True):
    """The complainant took the complaint back. One that does not say that it `keeps_redress` is of a release
    in which it ended what had been promised."""

    PRIVATE = ("reason",)
    reason: str | None = None
    keeps_redress: bool = False


class Closed(Fact, frozen=True, kw_only=True):
    """The case has ended (clause 7.9). `record` names the record of the flood that it was closed with."""

    reason: ClosingReason
    record: str | None = None


class LetterSent(Fact, frozen=True, kw_only=True):
    """The mail service took a letter; `doubtful` says that it may have taken it twice. One whose `way` is the
    page can be read there from then on.

    `digest` is the hash of its bytes as they were handed over (SHA-256, hex), `recipient` a commitment to
    whom it went; both are empty where only the mail service tells of it.
    """

    letter: str
    kind: str
    message_id: str
    doubtful: bool = False
    digest: str = ""
    recipient: str = ""
    way: Way | None = None


class LetterFailed(Fact, frozen=True, kw_only=True):
    """A letter cannot be delivered, and will not be tried again."""

    letter: str
    kind: str
    reason: str


AnyFact = (
    Received | Acknowledged | Assigned | Assessed | NoteAdded | MessageSent | InformationAsked | Resumed
    | MessageReceived | FindingRecorded | DecisionProposed | DecisionApproved | DecisionReturned
    | ResponseIssued | Responded | DecisionAccepted | Withdrawn | Closed | LetterSent | LetterFailed
    | DecisionRefused | Escalated | Referred | ConflictDeclared | VulnerabilityNoted | RemedyDone
    | EventRecorded | Reopened | ClosingProposed | PromiseFact | LinkFact | AttachmentFact | Unassigned
    | MergeFact | LetterFact | Converted | ActionFact | Redacted | SurveyFact | Imported
    | MailJoined | PointFact | Classified | TaskFact | ContactFact | SafetyFact | AdjustmentNoted | PartyFact
    | RemedyOverdue | RemedyDeclined | DetailsCorrected | StandardTextsUsed | ContactPlanned | ContactPlanDue
    | CaseFilePrepared | ReferralRecorded | AutomationApplied | PriorityRaised | ColleaguesTold
    | PersonalDataPrepared | ErasureFact | IdentityOpened
)  # fmt: skip

MESSAGES = (MessageReceived, MessageSent, InformationAsked, DelayExplained)
"""What complainant and organisation write to each other."""
