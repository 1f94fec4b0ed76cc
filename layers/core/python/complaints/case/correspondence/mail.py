"""An inbound mail as data: sender, texts, attachments, and its outcome."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace


class MailEnvelope(Struct, frozen=True, kw_only=True):
    """How a mail came: by its envelope, and as the mail service judges it.

    `key` is where it lies as it came; `envelope` is its return path, empty for a bounce. It is forged when
    nothing speaks for the sender, and something against: who is named did not write. What passes says whose
    mail it is only together with its author (`sender_authentication.py`).
    """

    key: str
    received_at: datetime
    envelope: str
    recipients: tuple[str, ...]
    is_harmful: bool = False
    is_spam: bool = False
    is_forged: bool = False
    passes_spf: bool = False
    passes_dkim: bool = False
    passes_dmarc: bool = False


class RawMail(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a mail lies as it came, the SHA-256 of that (hex), and whether files came with it.

    The hash gives nothing away: a mail as it came holds what the mail service put there at random.
    """

    key: str
    digest: str
    has_files: bool = False


class AutomaticKind(StrEnum):
    """Kinds of automatic mail, which is stored and never answered (RFC 3834)."""

    BOUNCE = "bounce"
    REPLY = "reply"
    RECEIPT = "receipt"
    LIST = "list"
    OWN = "own"


class Enclosure(Struct, frozen=True, kw_only=True):
    """A file that came with a mail; `name` is what the sender calls it, and no path."""

    name: str
    type: str
    content: bytes


class AttachedMessage(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mail that lies within another (`message/rfc822`): who wrote it by its own word, and what it says."""

    sender: str = ""
    subject: str = ""
    text: str = ""


class ParsedMail(Struct, frozen=True, kw_only=True):
    """A mail as far as it could be read.

    `id` is the same for the same mail, however often it is delivered, and another for other words. `sender`
    and `reply_to` are bare addresses in small letters; `sender` wrote the mail only if it `has_one_author`:
    one mailbox in one `From`. `signed_by` are the domains of the signatures that the mail service found
    sound (RFC 8601). `text` is what the person wrote, `quoted` the quoted text that was removed from it, and
    `full_text` both in their order; empty where nothing was removed. `is_only_quoted` says that nothing
    else stood there, so that all of it is in `text`. `unquoted` is `text` without any quotation. Links of
    ours are masked in each. `is_unreadable` says that nothing of it could be read.
    """

    id: str
    sender: str
    name: str = ""
    reply_to: str = ""
    has_one_author: bool = False
    signed_by: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    quoted: str = ""
    full_text: str = ""
    unquoted: str = ""
    is_only_quoted: bool = False
    is_unreadable: bool = False
    message_id: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    attached: tuple[AttachedMessage, ...] = ()
    automatic: AutomaticKind | None = None

    @property
    def unnamed(self) -> "ParsedMail":
        """The mail without what it quotes: letters begin with the name of the person."""
        return replace(self, text=self.unquoted or self.text, quoted="", full_text="")

    @property
    def all_words(self) -> str:
        """All that it says, in its order."""
        return self.full_text or self.text


class MailOutcome(StrEnum):
    """What became of a mail. All but the first two are for staff to look at, until it was moved to a site."""

    JOINED = "joined"
    OPENED = "opened"
    FROM_ANOTHER = "from_another"
    AUTOMATIC = "automatic"
    FORGED = "forged"
    UNVERIFIED = "unverified"
    HARMFUL = "harmful"
    NOT_TAKEN = "not_taken"
    NO_CASE = "no_case"
    MOVED = "moved"


_DONE = (MailOutcome.JOINED, MailOutcome.OPENED, MailOutcome.HARMFUL, MailOutcome.MOVED)
"""What leaves nothing to do."""

GUARD = "mail-"
"""What the guards begin with that let a mail be taken once."""
MOST_SHOWN = 20_000
"""Signs of what was written, and of what it quotes, that are stored for display: as many as a case takes of a
message. All of it lies in the store of files."""

MOST_ATTACHED = 5
"""Mails within a mail that are shown. The words of all of them together are at most `MOST_SHOWN`."""

MOST_OF_FULL_TEXT = 2 * MOST_SHOWN
"""Signs that are stored of the whole text: as many as of what was written and what was quoted together."""

MOST_OF_A_LINE = 200
"""Signs that are stored of a subject, or of the name of a person or a file."""


def file_id(mail: str, place: int) -> str:
    """The id in its case of the file at a place among those of a mail: the same however often it comes."""
    return sha256(f"{mail}|{place}".encode()).hexdigest()[:32]


class ReceivedMail(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An inbound mail with its outcome, as the desk sees it.

    `site` is empty if the address names none. `reason` is a code: what kind of machine wrote, or why a case
    did not take it. One that names several cases is stored for each, at a `place` of its own. `kept` are the
    files that the case took, `left` the names of the others. The raw mail is in the store of files under
    `raw`, and `digest` is its SHA-256 (hex), of one that came before this was noted empty. `removed` says
    that it was redacted with the message that a case made of it, `is_cut` that it was longer than what is
    stored, `settled_by` which member of staff handled it. `reply_to` is where its sender wants answers, if
    that is elsewhere: it is unverified.

    `text` is what the person wrote, `quoted` the quoted text that was removed from it, `full_text` both in
    their order, to be unfolded; empty where nothing was removed. `is_only_quoted` says that nothing but
    quotations stood there, so that all of it counts as written. It is `sealed` where it is of a case in which
    it is sealed who complains: it says nothing of who wrote it.
    """

    id: str
    received_at: datetime
    outcome: MailOutcome
    raw: str
    site: str = ""
    reference: str | None = None
    reason: str | None = None
    sender: str = ""
    name: str = ""
    reply_to: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    attached: tuple[AttachedMessage, ...] = ()
    kept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    removed: bool = False
    place: int = 0
    is_cut: bool = False
    settled_by: str | None = None
    full_text: str = ""
    is_only_quoted: bool = False
    message_id: str | None = None
    sealed: bool = False
    digest: str = ""

    @property
    def waits(self) -> bool:
        """Whether staff may still have to look at it, so that its words may stand nowhere else."""
        return self.outcome not in _DONE and not self.removed

    @property
    def is_unread(self) -> bool:
        """Whether a person wrote it and nobody has seen to it: what a machine wrote is no contact, though
        staff may still look at it."""
        return self.waits and self.outcome is not MailOutcome.AUTOMATIC

    @property
    def as_it_came(self) -> RawMail | None:
        """What the facts that are made of it say of it as it came."""
        has_files = bool(self.kept or self.left)
        return RawMail(key=self.raw, digest=self.digest, has_files=has_files) if self.digest else None

    @property
    def unnamed(self) -> "ReceivedMail":
        """The mail without what says who wrote it: addresses, names, and what it quotes, which are letters to
        the person. What the person wrote stays."""
        return replace(
            self,
            sender="",
            name="",
            reply_to="",
            message_id=None,
            quoted="",
            full_text="",
            attached=tuple(replace(each, sender="") for each in self.attached),
            sealed=True,
        )

    @property
    def all_words(self) -> str:
        """All that it says, in its order; of an earlier record what was written, and then what it quotes."""
        return self.full_text or "\n\n".join(filter(None, (self.text, self.quoted)))

    @property
    def emptied(self) -> "ReceivedMail":
        """The mail without what was written in it."""
        return replace(self, subject="", text="", quoted="", full_text="", attached=(), removed=True)

    @property
    def forgotten(self) -> "ReceivedMail":
        """The mail without what was written in it, and without whoever wrote it."""
        return replace(
            self.emptied, sender="", name="", reply_to="", kept=(), left=(), message_id=None, is_cut=False
        )
