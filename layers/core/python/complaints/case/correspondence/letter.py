"""A letter is one message to one reader, as data: what it says, to whom, and what was promised then."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from complaints.calendars.durations import Unit
from complaints.case.clock import Clock
from complaints.case.people.contact_plan import ContactLimit
from complaints.due_dates.skipped_holidays import SkippedHoliday
from complaints.promise_packs.schema import PROGRESS, ExternalBody
from complaints.values.field_types import (
    DataRight,
    EarlierDecision,
    Feedback,
    Outcome,
    RefusalGround,
    Remedy,
    Stage,
)
from complaints.values.people import Role


class LetterKind(StrEnum):
    """The folder of `templates/mail/` that says it; a webhook is read by a program, and has none."""

    ACKNOWLEDGEMENT = "acknowledgement"
    THANKS = "thanks"
    QUESTION = "question"
    MESSAGE = "message"
    EXTENSION = "extension"
    HOLDING = "holding"
    RECLASSIFICATION = "reclassification"
    RESOLUTION = "resolution"
    REMINDER = "reminder"
    REVIEW = "review"
    REFERRAL = "referral"
    PROGRESS = "progress"
    SIGNPOST = "signpost"
    MERGED = "merged"
    CLOSING = "closing"
    SETTLEMENT = "settlement"
    SURVEY = "survey"
    LINK = "link"
    CONTACT = "contact"
    FORMER_ADDRESS = "former_address"
    CONFIRM_ADDRESS = "confirm_address"
    CONTACT_LIMIT = "contact_limit"
    ESCALATION = "escalation"
    ACTION = "action"
    TASK = "task"
    REQUEST = "request"
    ASSIGNMENT = "assignment"
    FAILURE = "failure"
    NOTICE = "notice"
    SAFETY = "safety"
    DIGEST = "digest"
    INVITATION = "invitation"
    WEBHOOK = "webhook"


class TaskStep(StrEnum):
    """What a letter about a task tells: it is asked for, due, late, or the answer is there."""

    ASKED = "asked"
    DUE = "due"
    LATE = "late"
    ANSWERED = "answered"


NOTICES = frozenset({LetterKind.ESCALATION, LetterKind.ASSIGNMENT, LetterKind.FAILURE})
"""Letters to staff that may come as a line of a digest."""

TO_STAFF = NOTICES | {
    LetterKind.ACTION,
    LetterKind.TASK,
    LetterKind.NOTICE,
    LetterKind.SAFETY,
    LetterKind.DIGEST,
    LetterKind.INVITATION,
}
"""Letters that only staff read: they have no words of a site's own."""

TO_UNITS = frozenset({LetterKind.REQUEST})
"""Letters to outside units that are asked for something."""

NOT_TO_COMPLAINANT = TO_STAFF | TO_UNITS | {LetterKind.WEBHOOK}
"""Letters that tell the complainant nothing."""

FORMER_ADDRESS = "former_address"
"""The reader at a mail address that was the complainant's, or was mistyped."""

PROPOSED_ADDRESS = "proposed_address"
"""The reader at a mail address that the complainant named, and that nobody has confirmed yet."""

INVITED = "invited"
"""The reader of an invitation to become a member."""

JOINT = "joint"
"""The reader of a copy: somebody who complains together with the complainant."""

CONTACT_PLAN = "contact_plan"
"""What a notice to staff calls the review of a contact plan, as it calls a clock by its purpose."""

COPY = "copy"
"""What the facts call a letter to such a reader: it tells the complainant nothing, whatever its kind."""

BY_ADDRESS_ENTRY = (FORMER_ADDRESS, PROPOSED_ADDRESS, JOINT)
"""Readers whose address stands in the entry that the letter names."""

NEWS = ("respond", PROGRESS)
"""The clocks by whose end the complainant hears what has become of the complaint."""

MAILS = tuple(kind for kind in LetterKind if kind is not LetterKind.WEBHOOK)
"""Letters that are written out for people."""


class Promise(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Until when something is promised and why; while `paused_since` stands, `due` does not hold.

    `added` is the amount and unit of an extension. `left_out` are the holidays that did not count, as
    the calendar had them when it was promised.
    """

    clock: str
    due: datetime | None
    amount: float
    unit: str
    added: tuple[float, Unit] | None = None
    paused_since: datetime | None = None
    in_time: bool | None = None
    left_out: tuple[SkippedHoliday, ...] = ()


class Enclosure(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file that goes with a letter: `key` finds it in the store, `name` is what it is called, `digest` the
    SHA-256 of its bytes, `size` how many they are."""

    key: str
    name: str
    digest: str
    size: int


class Block(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paragraph that a promise pack asks for: `words` is the end of its msgid.

    `body` is where to go outside, `due` the last moment of our own response, `until` the last day on
    which the complainant may go outside, `stage` the level of the procedure that answers. `prescribed` are
    the exact words of the rule, `enclosed` the file that the paragraph speaks of, each by language.
    """

    words: str
    body: ExternalBody | None = None
    due: datetime | None = None
    until: date | None = None
    stage: int | None = None
    prescribed: dict[str, str] = {}
    enclosed: dict[str, Enclosure] = {}


class DigestLine(Struct, frozen=True, kw_only=True):
    """What a digest says of one letter of a `kind`: `clock` is due at `due`, or was (`late`), or a letter of
    the kind `lost` did not arrive."""

    reference: str
    site: str
    kind: LetterKind
    clock: str | None
    due: datetime | None
    late: bool
    lost: LetterKind | None


class LawLine(Struct, frozen=True, kw_only=True):
    """What a digest says of a version of a promise pack that a `site` promises by: its `title`, its number,
    and from which day it is in force."""

    site: str
    pack: str
    title: str
    version: int
    begins: date


class RightsLine(Struct, frozen=True, kw_only=True):
    """What a digest says of a setting by which rights were changed: its `kind` and `id`, `what` was done (a
    code of the catalogue), and `by` which member or machine."""

    kind: str
    id: str
    what: str
    by: str


class RecordLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a digest says of a record of the management system: its `kind` and `id`, the `title` that staff
    gave it (or `title_id`, that of a text of the catalogue), `why` it is told of (a code of the catalogue),
    and the day that this is about. One that `is_hidden` from whoever may read the mail is told without its
    id."""

    kind: str
    id: str
    title: str
    title_id: str | None = None
    why: str
    day: date | None = None
    is_hidden: bool = False


class LetterPoint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a letter says on one point: its words stand in the private item of `raised`, the reasons in that
    of `answered`."""

    raised: int
    answered: int
    outcome: Outcome
    remedies: tuple[Remedy, ...] = ()


class Letter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One letter to one reader.

    `id` is the entry's number and a place within it (`000007.1`). `to` is `complainant`, `former_address`,
    `proposed_address`, `joint`, `owner`, `team`, `manager`, `quality`, `safety`, `unit`, `invited` or
    `webhook`;
    `member` is the owner's id. `text_entry` is the number of the private entry whose first fact holds the
    text of the letter, `has_file` says that a file was sent with it. `answers` is the entry of the last mail
    which the complainant wrote before it. `address_entry` is the number of the entry with the mail address
    that it goes to, if that is not the one in force.
    `earlier_decision` is what its decision makes of those before it, `still_owed` what these promise and is
    not done. `clock` and `due` are what an escalation or a later date is about; `late` says that the moment
    has passed, `earlier` that it was a later one before. `about` is the clock of an extension.
    `external_body` is where a complainant can go who still disagrees, `outside_until` the last day for it,
    and `answer_by` until when an answer is awaited. `blocks` are the further paragraphs that promise packs
    ask for. `ended_because` is why a case was closed, `ground` why a request about data was refused, `other`
    the reference of a case that became part of this one.
    `action` is a corrective action, `due_on` its date, or that on which an answer is expected, or
    that of the `task` with this id, of which `step` says what happened. `asks_for_holding_letter` says that
    staff are to write one. With `is_final` the decision ends our procedure. `remedy` is the id of one that is
    overdue. `lost` is the kind of a letter that did not arrive, and `by_post` says that its address takes
    none any more. `known_by` is how a danger to somebody became known. One `on_paper` is printed and posted
    by staff. With `is_renewed` it has the link that took the place of all earlier ones.
    `not_before` is the next opening of working hours, for letters that wait for it. One that is
    `withheld` comes as a line of a digest, which has `lines` only while it is written; one of `laws` tells
    administrators of new versions of promise packs, one of `records` of the management system what is due.
    `network` is one of so many groups of networks, from one of which its complaint came (see
    `functions/http/networks.py`).
    `event` and `stage` are the content of a webhook: what happened, and how the case stood then. `roles` and
    `site_names` are what an invitation is for. `limit` is a limit of contact, which is looked at again on
    `due_on`. `rule` is the title of the automation rule that assigned a case or tells of it.
    """

    id: str
    kind: LetterKind
    reference: str
    site: str
    language: str
    to: str
    called_for: datetime
    received_at: datetime
    level: int = 1
    feedback: Feedback = Feedback.COMPLAINT
    data_right: DataRight | None = None
    on_paper: bool = False
    is_renewed: bool = False
    member: str | None = None
    text_entry: int | None = None
    has_file: bool = False
    address_entry: int | None = None
    answers: int | None = None
    promises: tuple[Promise, ...] = ()
    outcome: Outcome | None = None
    remedies: tuple[Remedy, ...] = ()
    earlier_decision: EarlierDecision | None = None
    still_owed: tuple[Remedy, ...] = ()
    points: tuple[LetterPoint, ...] = ()
    answer_by: datetime | None = None
    clock: str | None = None
    due: datetime | None = None
    late: bool = False
    earlier: bool = False
    asks_for_holding_letter: bool = False
    is_final: bool = False
    about: str | None = None
    external_body: ExternalBody | None = None
    outside_until: date | None = None
    blocks: tuple[Block, ...] = ()
    ended_because: str | None = None
    ground: RefusalGround | None = None
    other: str | None = None
    not_before: datetime | None = None
    withheld: bool = False
    lines: tuple[DigestLine, ...] = ()
    laws: tuple[LawLine, ...] = ()
    rights: tuple[RightsLine, ...] = ()
    records: tuple[RecordLine, ...] = ()
    action: str | None = None
    due_on: date | None = None
    task: str | None = None
    step: TaskStep | None = None
    lost: LetterKind | None = None
    remedy: str | None = None
    by_post: bool = False
    known_by: str | None = None
    event: str | None = None
    stage: Stage | None = None
    roles: tuple[Role, ...] = ()
    site_names: tuple[str, ...] = ()
    limit: ContactLimit | None = None
    rule: str | None = None
    network: int | None = None

    @property
    def quoted_entries(self) -> frozenset[int]:
        """The numbers of the entries whose words it tells: that of its text, and those of its points."""
        of_points = (entry for point in self.points for entry in (point.raised, point.answered))
        return frozenset(entry for entry in (self.text_entry, *of_points) if entry)

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The files that go with it: in its language, or where there is none in it, the first that there
        is."""
        return tuple(
            block.enclosed.get(self.language) or next(iter(block.enclosed.values()))
            for block in self.blocks
            if block.enclosed
        )

    @property
    def next_news(self) -> datetime | None:
        """By when the complainant hears next, as it is promised."""
        due = (each.due for each in self.promises if each.clock in NEWS and each.in_time is None)
        return min(filter(None, due), default=None)

    @property
    def recorded_as(self) -> str:
        """What the facts call it."""
        return COPY if self.to == JOINT else self.kind


def promise(clock: Clock) -> Promise:
    """What a letter says to the complainant about a clock."""
    return Promise(
        clock=clock.purpose,
        due=None if clock.paused_at else clock.due,
        amount=clock.length.amount,
        unit=clock.length.unit,
        added=(clock.added.amount, clock.added.unit) if clock.added else None,
        paused_since=clock.paused_at,
        in_time=clock.in_time,
        left_out=() if clock.paused_at else clock.left_out,
    )
