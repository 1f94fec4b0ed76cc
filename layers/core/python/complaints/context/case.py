"""A case as stored: the complaint with the items that belong to its chain."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from complaints.audit_trail.hash_chain import Private, StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, Promise
from complaints.case.correspondence.mail import ReceivedMail
from complaints.case.workflow.corrective_actions import ListedAction
from complaints.case.workflow.tasks import ListedTask
from complaints.values.people import Member, Session


class QueueCard(Struct, frozen=True, omit_defaults=True):
    """What a queue shows of a case that may be forgotten: outside the chain, emptied by erasure.

    One that is `encrypted` says nothing: the data key of its case was not read, or is lost.
    """

    subject: str = ""
    name: str = ""
    encrypted: bytes = b""


class SubmissionRecord(Struct, frozen=True, kw_only=True):
    """How the case was opened: which key and body (keyed hashes), and what was promised then.

    `salt` and `generation` make the access token; a higher generation ends every older token. A case that is
    `keyed` began with a data key.
    """

    key: str
    body: str
    salt: str
    generation: int = 1
    promises: tuple[Promise, ...] = ()
    keyed: bool = False


DATA_KEY_BYTES = 32


class Case(Struct, frozen=True, kw_only=True):
    """`data_key` is what the private values of the case are encrypted with as they are stored: empty where
    the case has none (it is from before there were keys, or the key was destroyed), `None` where it was not
    read.
    """

    complaint: Complaint
    opening: SubmissionRecord
    card: QueueCard = QueueCard()
    data_key: bytes | None = None

    @property
    def has_lost_key(self) -> bool:
        """Whether the case began with a data key that was not there when it was read, and was not erased."""
        return self.opening.keyed and self.data_key == b"" and self.complaint.erasure is None

    @property
    def generation(self) -> int:
        """Of its access tokens, the one that is valid."""
        return self.opening.generation + self.complaint.links_renewed


class Guard(Struct, frozen=True, kw_only=True):
    """Something that may happen once until it expires: a spent proof, a used key.

    `at` is when it is set, `body` the keyed hash of what came with a key.
    """

    id: str
    at: datetime
    expires: datetime
    body: str = ""


class CaseLookup(Struct, frozen=True):
    """What one batch read found: a case with the members, the guard and the session that were asked for, and
    `entries` of it. With `is_noted` the access log has the mark that was asked for."""

    case: Case | None
    members: dict[str, Member]
    guard: Guard | None
    session: Session | None = None
    entries: Sequence[StoredEntry] = ()
    is_noted: bool = False


def last_entries(number: int, last: int) -> set[int]:
    """Of a case with this `number` of entries the first one and the latest, up to `last` in all."""
    return {1, *range(max(1, number - last + 2), number + 1)} if number else set()


class LetterMark(Struct, frozen=True, kw_only=True):
    """The result of an attempt to send a letter; it holds only for the attempt that claimed it.

    A letter on paper has no attempt: its mark holds with the entry that says it was posted. What the mail
    service reported (`is_reported`) also holds after the attempt failed or was marked as sent. One with
    `aside_at` is set aside at that moment, for the operator to send again. One with `mailed_at` was to be
    told on the telephone, and leaves as a mail from that moment on. `digest` and `recipient` say what was
    sent to whom, as `delivery/letter_digest.py` makes them.
    """

    letter: str
    state: str
    attempt: str | None = None
    message_id: str = ""
    is_reported: bool = False
    aside_at: datetime | None = None
    mailed_at: datetime | None = None
    digest: str = ""
    recipient: str = ""


class ClaimedLetter(Struct, frozen=True):
    """A letter that one attempt may send; `doubtful` when an earlier attempt may have sent it.

    A digest that is out already has a `message_id`: only its lines are still to be marked. `holds` is how
    often we held it back ourselves, which is no attempt. One that somebody asked for has its place among
    those that leave.
    """

    letter: Letter
    attempt: str
    attempts: int
    doubtful: bool
    message_id: str | None = None
    holds: int = 0
    is_asked_for: bool = False


class WantedAgain(Struct, frozen=True):
    """A letter that is wanted again. No attempt has had it though it was to be sent from `untried_since` on;
    `None` where one had it, or where the moment says nothing."""

    untried_since: datetime | None


class Due(Struct, frozen=True):
    """A case, one of its `letter`s, a `member` whose cases are being handed over, or a `setting` by which the
    cases of a site (kind and key) are recalculated: it is due now. A case that `waits` waited long enough for
    an automation rule. A `record` of the management system is named by kind and id. Of what is due in one
    second, its `urgency` says what comes first."""

    reference: str
    letter: str | None
    member: str | None = None
    setting: tuple[str, str] | None = None
    waits: bool = False
    record: tuple[str, str] | None = None
    urgency: str = ""


class Removal(Struct, frozen=True, kw_only=True):
    """Private values of an entry that are removed for good: those that are not `left`. Of a sealed case,
    `identity` are those of the identity that stay; `None` where the entry has none. One that `is_apart` has
    no others.

    `letters` are the ids of letters whose words go with them, as they were rendered; `mails` those that came
    in with them, without their words.
    """

    entry: int
    left: Private
    is_message: bool
    identity: Private | None = None
    is_apart: bool = False
    letters: tuple[str, ...] = ()
    mails: tuple[ReceivedMail, ...] = ()


class CaseWrite(Struct, frozen=True, kw_only=True):
    """All that one command writes, in one transaction or not at all.

    `before` is the number of the last entry that the decision was made on; 0 opens a case. `tasks` are those
    that lists show otherwise than before. `identity` are the private values of a sealed case that say who
    complains.
    """

    before: int
    case: Case
    entry: bytes
    private: Private
    is_message: bool
    identity: Private = {}
    removals: tuple[Removal, ...] = ()
    letters: tuple[Letter, ...] = ()
    tasks: tuple[ListedTask, ...] = ()
    actions: tuple[ListedAction, ...] = ()
    guards: tuple[Guard, ...] = ()
    marks: tuple[LetterMark, ...] = ()


class VersionConflict(Exception):
    """The case is not what the decision was made on; `case` is what it is."""

    def __init__(self, case: Case) -> None:
        super().__init__("collision")
        self.case = case


class AlreadyUsed(Exception):
    """A guard stands already; `guard` is the stored one."""

    def __init__(self, guard: Guard) -> None:
        super().__init__("already used")
        self.guard = guard


class MarkLost(Exception):
    """The attempt to send a letter is not the one in force any more."""
