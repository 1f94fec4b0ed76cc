"""The commands on a case, named in the imperative. The fields are those that a request carries."""

from datetime import date, datetime
from typing import Literal

from complaints.commands.command import Command as Command
from complaints.commands.command import CommandWithTexts
from complaints.commands.command import StaffCommand as StaffCommand
from complaints.model.correspondence.inbound_mail import RawMail
from complaints.model.people.adjustment import AdjustmentKind
from complaints.values.field_types import (
    Channel,
    ClosingReason,
    CodeName,
    ComplainantKind,
    DataRight,
    EarlierDecision,
    Feedback,
    LongText,
    Remedy,
    Scale,
    ShortText,
    Text,
    VulnerabilityDriver,
    VulnerabilitySource,
    Way,
)


class Assign(StaffCommand, frozen=True, kw_only=True):
    """Gives the case to a member, `to` look after it."""

    verb = "assign"
    to: ShortText


class Assess(StaffCommand, frozen=True, kw_only=True):
    """Says how grave and urgent the case is (clause 7.5), each on the scale of `Assessment`."""

    verb = "assess"
    severity: Scale
    safety: Scale
    complexity: Scale
    impact: Scale
    urgency: Scale
    immediate_action: Scale


class Note(CommandWithTexts, frozen=True, kw_only=True):
    """Keeps an internal note: no complainant sees it."""

    verb = "note"
    text: LongText


class Ask(CommandWithTexts, frozen=True, kw_only=True):
    """Asks the complainant for something; promises that may stand still wait for the answer."""

    verb = "ask"
    text: LongText


class Resume(StaffCommand, frozen=True, kw_only=True):
    """Goes on without the answer to what was asked: the clocks run on."""

    verb = "resume"
    reason: Text


class Message(CommandWithTexts, frozen=True, kw_only=True):
    """Writes to the complainant."""

    verb = "message"
    text: LongText


class Acknowledge(StaffCommand, frozen=True, kw_only=True):
    """Says that receipt was acknowledged without a letter of ours (clause 7.4): `by` which way, and when."""

    verb = "acknowledge"
    by: Way
    at: datetime


class Find(CommandWithTexts, frozen=True, kw_only=True):
    """`point` is the id of the point of the complaint that it is about, where it is about one."""

    verb = "find"
    point: ShortText | None = None
    finding: LongText
    root_cause: CodeName


class Decide(CommandWithTexts, frozen=True, kw_only=True):
    """`earlier_decision` says what becomes of decisions that the complainant was told before; they stand, and
    this one is added, where nothing is said. A `finding` and its `root_cause` are needed where none is
    recorded, unless the matter is out of scope."""

    verb = "decide"
    outcome: CodeName
    earlier_decision: EarlierDecision | None = None
    reasons: LongText
    remedies: tuple[Remedy, ...] = ()
    finding: LongText | None = None
    root_cause: CodeName | None = None


class Approve(StaffCommand, frozen=True, kw_only=True):
    """Agrees to a decision or a closing as a second person."""

    verb = "approve"


class Return(CommandWithTexts, frozen=True, kw_only=True):
    """Sends a decision back to whoever proposed it, with the reasons."""

    verb = "return"
    reasons: LongText


class Respond(StaffCommand, frozen=True, kw_only=True):
    """Without `by` the decision goes by letter: by mail, or on paper to a person without an address."""

    verb = "respond"
    by: Way | None = None
    at: datetime | None = None


class Escalate(StaffCommand, frozen=True, kw_only=True):
    """Takes the case to the next level: 2 is a review by somebody else, 3 an external body (clause 7.9)."""

    verb = "escalate"
    to: Literal[2, 3]
    reason: LongText


class Extend(CommandWithTexts, frozen=True, kw_only=True):
    """`clock` is the purpose, or the id of one clock."""

    verb = "extend"
    clock: ShortText
    reason: LongText


class ExplainDelay(CommandWithTexts, frozen=True, kw_only=True):
    """The holding letter: why there is no answer yet, and when one is expected."""

    verb = "explain_delay"
    text: LongText
    expected_on: date


class Record(StaffCommand, frozen=True, kw_only=True):
    """Records an `event` outside that a promise depends on: when it happened, and the evidence of it."""

    verb = "record"
    event: ShortText
    at: datetime
    evidence: LongText


class Remedied(StaffCommand, frozen=True, kw_only=True):
    """`remedy` is the id of one that is owed, or its kind: then the oldest of that kind is meant.

    `how` it was done, such as by bank transfer, `done_by` whom, and the `budget` of the site that paid.
    """

    verb = "remedied"
    remedy: CodeName
    done_on: date
    how: ShortText | None = None
    done_by: ShortText | None = None
    budget: ShortText | None = None


class DeclineRemedy(StaffCommand, frozen=True, kw_only=True):
    """The person declines one remedy of several, and the decision stays as it is. `remedy` is as in
    `Remedied`, `reason` how it is known."""

    verb = "decline_remedy"
    remedy: CodeName
    reason: Text


class DeclineOwnRemedy(Command, frozen=True, kw_only=True):
    """The complainant wants none of one remedy: its id, or its kind."""

    verb = "decline_own_remedy"
    remedy: CodeName
    reason: Text | None = None


class Reopen(StaffCommand, frozen=True, kw_only=True):
    """Takes up again a case that has ended."""

    verb = "reopen"
    reason: LongText


class Recuse(StaffCommand, frozen=True, kw_only=True):
    """I must take no part: a conflict of interest."""

    verb = "recuse"
    reason: LongText


class Protect(StaffCommand, frozen=True, kw_only=True):
    """The person needs particular care, or no longer does; `harm` says whether our product did harm."""

    verb = "protect"
    vulnerable: bool
    driver: VulnerabilityDriver | None = None
    known_by: VulnerabilitySource | None = None
    harm: bool | None = None
    reason: LongText


class TakeBack(StaffCommand, frozen=True, kw_only=True):
    """The complainant takes the complaint back, by their word to staff; the note says how."""

    verb = "withdraw"


class Close(StaffCommand, frozen=True, kw_only=True):
    """Ends the case (clause 7.9), for a reason that staff may give."""

    verb = "close"
    reason: ClosingReason


class Receive(Command, frozen=True, kw_only=True):
    """A complaint as it was written or said, already parsed and cleaned; staff say when it was received.

    Who stays `anonymous` gives no contact details, and reads all answers on the page of the case.
    `data_right` is the right that somebody uses in a request about personal data, as far as they say it.
    """

    verb = "receive"
    language: str
    channel: Channel = Channel.WEB
    received_at: datetime | None = None
    feedback: Feedback = Feedback.COMPLAINT
    data_right: DataRight | None = None
    name: ShortText | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    kind: ComplainantKind | None = None
    preferred_way: Way | None = None
    represented: str | None = None
    relation: str | None = None
    authority: str | None = None
    subject: str | None = None
    description: str
    category: str | None = None
    product: str | None = None
    order_number: str | None = None
    place: str | None = None
    earlier_reference: str | None = None
    taken_elsewhere: str | None = None
    own_fields: str | None = None
    occurred_on: str | None = None
    remedy_sought: str | None = None
    special_needs: str | None = None
    adjustments: tuple[AdjustmentKind, ...] = ()
    danger: bool = False
    danger_details: str | None = None
    message_id: str | None = None
    anonymous: bool = False
    raw: RawMail | None = None


class Add(Command, frozen=True, kw_only=True):
    """The complainant writes."""

    verb = "add"
    text: LongText


class Answer(Command, frozen=True, kw_only=True):
    """The complainant's answer to the decision."""

    verb = "answer"
    accepts: bool
    reason: LongText | None = None


class Withdraw(Command, frozen=True, kw_only=True):
    """The complainant takes the complaint back."""

    verb = "withdraw"
    reason: LongText | None = None


class LetterTaken(Command, frozen=True, kw_only=True):
    """The mail service took a letter: now, or at the moment `taken_at` that it tells of later; or it can be
    read from now on `on_page`, by whoever stays anonymous.

    `digest` and `recipient` say what was sent to whom (`delivery/letter_digest.py`).
    """

    verb = "letter_taken"
    letter: str
    kind: str
    message_id: str
    about: str | None = None
    doubtful: bool = False
    taken_at: datetime | None = None
    digest: str = ""
    recipient: str = ""
    on_page: bool = False


class LetterRefused(Command, frozen=True, kw_only=True):
    """A letter cannot be delivered; `address_fails` when no mail reaches the complainant any more."""

    verb = "letter_refused"
    letter: str
    kind: str
    reason: str
    about: str | None = None
    address_fails: bool = False


class Tick(Command, frozen=True, kw_only=True):
    """The schedule asks what has fallen due."""

    verb = "tick"
