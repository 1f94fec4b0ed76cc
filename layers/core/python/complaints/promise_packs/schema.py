"""The shape of a pack file, format 1. What stands in more than one place at once is checked in
`validation`."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from complaints.calendars.durations import Counting, Duration, Roll, Unit, usual
from complaints.calendars.opening_hours import Window
from complaints.calendars.working_calendar import DayEnd
from complaints.promise_packs.conditions import Condition

PROGRESS, EARLY, RIGHT, SURVEY = "progress", "early_resolution", "complainant_right", "survey"
IMMEDIATE_ACTION = "immediate_action"
"""Purposes of clocks that rules ask for by name."""

HOLDING_LETTER, SIGNPOST = "holding_letter", "external_signpost"
"""Steps that write to the complainant: before the due moment, why there is no answer yet, when one is
expected and where to go meanwhile; after it, where to go now."""

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]{1,63}$(?!\n)")]
Amount = Annotated[int, Meta(gt=0, le=10_000)] | Annotated[float, Meta(gt=0, le=10_000)]
Count = Annotated[int, Meta(ge=1)]
WebAddress = Annotated[str, Meta(pattern=r"^https?://[^\s<>\x22]+$(?!\n)")]


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a pack file; what the format does not know is refused."""


class Source(Part, frozen=True):
    """Where the figures of a pack come from."""

    name: str
    section: str


class ExternalBody(Part, frozen=True):
    """Where a complainant can go next: `cost` is what it costs them, `time` until when they may go there."""

    name: str
    url: WebAddress | None
    note: str = ""
    address: str = ""
    cost: str = ""
    time: str = ""


class PrescribedText(Part, frozen=True):
    """The exact words that a rule prescribes for a letter block, in one language; `source` says where."""

    block: Id
    language: str
    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    source: str


class RequiredLetter(Part, frozen=True):
    """What a rule asks a letter of one kind to say: the id of a block, or a part that letters have by
    themselves. `source` says where the rule asks for it.

    `signpost` is the letter after a period, `answer` and `refusal` the last one to who asked about their
    data, `reclassification` the one that tells of a nearer date.
    """

    letter: Literal[
        "acknowledgement",
        "reclassification",
        "extension",
        "holding",
        "signpost",
        "resolution",
        "settlement",
        "closing",
        "answer",
        "refusal",
    ]
    says: Annotated[tuple[Id, ...], Meta(min_length=1)]
    source: Annotated[str, Meta(min_length=3)]


class PauseRule(Part, frozen=True):
    """Whether a clock may stand still, why, and for how long."""

    allowed: bool
    reasons: tuple[Id, ...] = ()
    max_calendar_days: Count | None = None
    max_times: Count | None = None

    def __post_init__(self) -> None:
        if self.allowed != bool(self.reasons):
            raise ValueError("a pause that is allowed has reasons, and no other")
        if not self.allowed and (self.max_calendar_days or self.max_times):
            raise ValueError("a pause that is not allowed has no limits")


class ExtensionRule(Part, frozen=True):
    """How much longer a clock may run, once."""

    amount: Amount
    unit: Unit
    needs_notice: bool
    times: Literal[1]
    reason: str = ""
    notice_blocks: tuple[Id, ...] = ()


class After(Part, frozen=True):
    """How long after the due moment."""

    amount: Amount
    unit: Unit

    def __post_init__(self) -> None:
        usual(self.amount, self.unit)


class Rung(Part, frozen=True):
    """One step of escalation: when `share_left` of the period is left (`before`), at the due moment
    (`due`), or once it has passed (`missed`), `after` so much time.

    A `holding_letter` comes before the due moment. Its `after` is how much later an answer is expected: the
    letter says so if nobody has written another date.
    """

    when: Literal["before", "due", "missed"]
    to: Literal[
        "owner",
        "team",
        "manager",
        "quality",
        "complainant",
        "external_signpost",
        "close_without_answer",
        "holding_letter",
        "none",
    ]
    share_left: Annotated[float, Meta(gt=0, lt=1)] | None = None
    after: After | None = None
    letter: Id | None = None

    def __post_init__(self) -> None:
        if self.when == "before" and self.share_left is None:
            raise ValueError("a step before the due moment says how much is left then")
        if self.to == HOLDING_LETTER and (
            self.when != "before" or self.after is None or self.after.unit not in ("weeks", "calendar_days")
        ):
            raise ValueError("a holding letter comes before the due moment, and names weeks or days after it")


class PackClock(Part, frozen=True):
    """One promise: from which event to which, how long, and what holds it, prolongs it and follows on it.

    With `in_writing` its law asks for an answer by letter: what is said in a talk does not keep it.
    """

    id: Id
    purpose: Literal[
        "acknowledge",
        "assess",
        "immediate_action",
        "progress",
        "early_resolution",
        "respond",
        "remedy",
        "survey",
        "complainant_answer",
        "complainant_right",
    ]
    starts_on: Id
    stops_on: Id
    amount: Amount
    unit: Unit
    counting: Counting
    roll: Roll
    pause: PauseRule
    extension: ExtensionRule | None
    conditions: tuple[Condition, ...]
    letter_blocks: tuple[Id, ...]
    escalates: Annotated[tuple[Rung, ...], Meta(min_length=1)]
    confidence: Literal["confirmed", "unconfirmed", "own"]
    eod: DayEnd | None = None
    note: str = ""
    in_writing: bool = False

    def __post_init__(self) -> None:
        if (self.length.is_exact) != (self.eod is None):
            raise ValueError("a clock in dates says when a date ends, and no other")
        if self.extension is not None:
            added = usual(self.extension.amount, self.extension.unit)
            if added.is_exact != self.length.is_exact:
                raise ValueError("dates are extended by dates, hours by hours")

    @property
    def length(self) -> Duration:
        """The period as a value of `durations`."""
        return Duration(self.amount, self.unit, self.counting, self.roll, self.eod)


class Pack(Part, frozen=True):
    """Clocks that apply together, in force from `effective_from` up to and with `effective_to`.

    `checked_on` is the date on which it was last compared with its source. By a law that knows a
    `final_response` the first decision ends the procedure of the organisation: a body outside comes next.
    """

    id: Id
    version: Count
    title: Annotated[str, Meta(min_length=3)]
    source: Source
    status: Literal["confirmed", "partly", "own"]
    effective_from: date
    effective_to: date | None
    timezone: str
    working_time: dict[str, tuple[Window, ...]]
    holiday_calendar: str
    conditions: tuple[Condition, ...]
    external_body: ExternalBody | None
    letter_blocks: tuple[Id, ...]
    clocks: Annotated[tuple[PackClock, ...], Meta(min_length=1)]
    urls: tuple[WebAddress, ...] = ()
    prescribed: tuple[PrescribedText, ...] = ()
    contents: tuple[RequiredLetter, ...] = ()
    checked_on: date | None = None
    final_response: bool = False
    note: str = ""

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a date: that of a clock's start event, in the clock's zone."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class LetterBlock(Part, frozen=True):
    """A paragraph that letters may be asked to hold."""

    id: Id
    content: str


class PackFile(Part, frozen=True):
    """A file of packs, with all events and letter blocks that they name."""

    format: Literal[1]
    events: tuple[Id, ...]
    letter_blocks: tuple[LetterBlock, ...]
    packs: Annotated[tuple[Pack, ...], Meta(min_length=1)]
    about: str = ""
    schema: str = field(default="", name="$schema")
