"""What staff are answered about one case, as types: the description of the API is made of them."""

from datetime import date
from typing import Annotated, Any, NotRequired, TypedDict

from msgspec import Meta

from complaints.model.links import CaseLink
from complaints.values.values import Assessment, Channel, ComplainantKind, Feedback, Remedy, Stage
from functions.openapi.answer_types_lists import Member, Priority
from functions.serializers.complaint import Promise
from functions.serializers.field_types import Level, Moment, Reference
from functions.serializers.files import StaffFile
from functions.serializers.messages import MessageShown

Version = Annotated[int, Meta(ge=1, description="What `If-Match` names")]


class TakenDown(TypedDict):
    """A complaint that staff took down."""

    reference: Reference
    version: Version
    feedback: Feedback
    received_at: Moment
    promises: list[Promise]


class CaseClock(TypedDict):
    """One clock as staff see it; what has passed and is left stands beside while it is not stopped."""

    clock: str
    id: str
    pack: str
    calendar: str
    zone_data: str | None
    started_at: Moment
    due: Moment | None
    paused_since: Moment | None
    stopped_at: Moment | None
    in_time: bool | None
    missed: bool
    extended: bool
    can_extend: bool
    state: str
    binds: bool
    elapsed: NotRequired[dict[str, Any]]
    left: NotRequired[dict[str, Any]]
    reckoning: NotRequired[list[dict[str, Any]]]


class Proposal(TypedDict):
    """The decision in force; its reasons stand among the facts."""

    outcome: str
    outcome_code: str | None
    remedies: list[Remedy]
    decided_by: Member
    decided_at: Moment
    needs_approval: bool
    approved_by: Member | None
    issued: bool


class Action(TypedDict):
    """A corrective action."""

    id: Any
    action: str
    label: str
    cause: str | None
    owner: Member
    due: date
    done_on: date | None
    state: str
    state_label: str
    effective: bool | None
    overdue: bool
    needs_another: bool


class Complainant(TypedDict):
    """Who complains, as staff need it to reach the person."""

    name: str | None
    email: str | None
    phone: str | None
    post: str | None
    on_behalf_of: str | None
    special_needs: str | None


class CaseFact(TypedDict):
    """What happened, who did it, and when; what else a fact says stands beside."""

    number: int
    fact: str
    at: Moment
    by: str


class Case(TypedDict):
    """The whole case; `complainant` and what follows it are not repeated after a command."""

    reference: Reference
    version: Version
    site: str
    subject: str | None
    stage: Stage
    level: Level
    language: str
    channel: Channel
    feedback: Feedback
    kind: ComplainantKind | None
    category: str | None
    assignee: Member | None
    received_at: Moment
    acknowledged_at: Moment | None
    responded_at: Moment | None
    ended_at: Moment | None
    ended_because: str | None
    due: Moment | None
    clock: str | None
    clocks: list[CaseClock]
    assessment: Assessment | None
    decision: Proposal | None
    has_news: bool
    failed_letters: list[str]
    letters_to_post: list[str]
    priority: Priority
    is_vulnerable: bool
    has_needs: bool
    closing: dict[str, Any] | None
    external_body: str | None
    survey: dict[str, Moment | None] | None
    redacted: list[int]
    allowed_commands: list[str]
    links: list[CaseLink]
    parts: list[Reference]
    merged_into: Reference | None
    cause: str | None
    actions: list[Action]
    complainant: NotRequired[Complainant | None]
    description: NotRequired[str | None]
    remedy_sought: NotRequired[str | None]
    absorbed: NotRequired[list[dict[str, Any]]]
    facts: NotRequired[list[CaseFact]]
    messages: NotRequired[list[MessageShown]]
    attachments: NotRequired[list[StaffFile]]


class Flaw(TypedDict):
    """Where a chain does not verify."""

    number: int
    harm: str


class Audit(TypedDict):
    """The chain of facts: each entry names the hash of the one before."""

    reference: Reference
    verifies: bool
    flaws: list[Flaw]
    entries: list[dict[str, Any]]
