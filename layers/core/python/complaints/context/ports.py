"""Ports: what the rules and the handlers need of the outside world, implemented by adapters.

The ports name many types, and a request that fails authentication needs none of them: so types are
imported for checking only, not at run time.

What is due at once, in shares for runs of the schedule beside each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, Protocol

from msgspec import Struct

from complaints.values.errors import Unavailable

if TYPE_CHECKING:
    from complaints.audit_trail.hash_chain import StoredEntry
    from complaints.case.record.attachments import FileType, Scan
    from complaints.context.case import Case, CaseWrite
    from complaints.values.key_ring import KeyRing
    from complaints.values.people import Role


class DueShare(Struct, frozen=True):
    """A share of what is due: one of so many `parts` of a `shard` of the index. Shares of the same parts hold
    nothing in common, and all of them together hold all."""

    shard: int
    part: int
    parts: int


class ShareTask(Struct, frozen=True):
    """What a run is to work: a share, until when (then the next minute's run shares out anew), and how many
    letters it may let leave; `None` where no pace is set."""

    share: DueShare
    until: datetime
    letters: int | None = None


class Clock(Protocol):
    """The time by which everything is decided."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class Secrets(Protocol):
    """Secret keys, each for one purpose, and secrets that the operator brought."""

    def key(self, purpose: str) -> bytes:
        """The secret of one purpose.

        It is `reference`, `replay`, `access`, `proof`, `cursor`, `search`, `session` or `webhook`.
        """

    def ring(self, purpose: str) -> KeyRing:
        """The key of one purpose in all generations that are valid, for what is signed and comes back."""

    def brought(self, name: str) -> str:
        """A secret that the operator brought, as it is; nothing where there is none."""


class SendingRefused(Exception):
    """The mail service will never take this letter; the text says why, without an address."""


class SendingDelayed(Exception):
    """The mail service does not take it now: throttled, out of quota, or out of reach. `needs_operator` where
    it takes none before somebody mends the account: an identity, a permission, a pause."""

    def __init__(self, why: str = "", *, needs_operator: bool = False) -> None:
        super().__init__(why)
        self.needs_operator = needs_operator


class SendingUnsure(Exception):
    """No answer came: the mail service may have taken it, or not."""


class MailSender(Protocol):
    """The mail service."""

    def send(self, message: bytes, *, sender: str, to: str, tags: Mapping[str, str]) -> str:
        """Sends one message (RFC 5322) and returns its id. Never retries.

        Raises `SendingRefused`, `SendingDelayed`, `SendingUnsure`.
        """


class WebhookRefused(Exception):
    """The receiver wants no such message any more; the text says why, in a code."""


class WebhookDelayed(Exception):
    """It was not taken now, or the outcome is unknown; the text is a code of the reason. `after` is what
    the receiver asks for, if it does."""

    def __init__(self, why: str, after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Webhooks(Protocol):
    """Messages to sites' own systems."""

    def send(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Sends one message (JSON); it is accepted when this returns. Never retries.

        It takes a few seconds at most, and goes only where `webhook_address` says that it may. An address
        that was silent is left alone for a while, so that it holds up no other. Raises `WebhookRefused`,
        `WebhookDelayed`.
        """


class ParallelRuns(Protocol):
    """Runs of the schedule beside the one that asks for them."""

    def start(self, tasks: Sequence[ShareTask]) -> int:
        """Starts a run for each share; how many were started. It waits for none of them."""


class OwnIntake(Protocol):
    """The public way in of this installation, as a website takes it."""

    def complain(self, form: Mapping[str, object], key: str) -> str:
        """Sends a form with its proof of work; the reference of the case. Sent again with its key, it is the
        same complaint. Raises an error of any kind where it does not arrive."""


class Claims:
    """What a verified token says: who (`sub`), and which roles at most.

    `email` is an address that the provider has verified, or nothing (OpenID Connect Core, 5.1).
    `session` names the session that a browser says it is in, and that must be looked up.
    """

    __slots__ = ("email", "name", "roles", "session", "subject")

    def __init__(
        self, subject: str, roles: tuple[Role, ...], name: str = "", email: str = "", session: str = ""
    ) -> None:
        self.subject, self.roles, self.name, self.email = subject, roles, name, email
        self.session = session


class IdentityProvider(Protocol):
    """The OpenID provider, as far as it vouches for tokens."""

    def verify(self, token: str) -> Claims:
        """The claims of a token that the provider signed. Raises `refusals.NotSignedIn`."""


class Attempt(NamedTuple):
    """What ties the end of a sign-in to its beginning: secrets of one attempt.

    With `max_age` the provider must have asked the person who it is no longer ago than that; where it
    `asks_again`, it is asked to do so, and need not say when it did.
    """

    state: str
    nonce: str
    verifier: str
    max_age: timedelta | None = None
    asks_again: bool = False


class SignIn(Protocol):
    """Signing in to pages with the provider; `back` is our own address that it sends people back to."""

    @property
    def is_set_up(self) -> bool:
        """Whether the operator has named the provider's addresses."""

    def address(self, attempt: Attempt, back: str) -> str:
        """Where the provider asks who it is."""

    def claims(self, code: str, attempt: Attempt, back: str) -> Claims:
        """Who it is, by the code that the provider sent. Raises `refusals.NotSignedIn`, `Unavailable`."""


class Cases(Protocol):
    """The store of cases. `load` is consistent; `write` is one transaction, whatever it writes."""

    def load(self, reference: str) -> Case | None: ...

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        """Writes what a command does to one case, and what it does to another, or nothing of both.

        `also` has neither guards nor marks. Raises `Collision`, `AlreadyUsed`, `MarkLost`,
        `refusals.Unavailable`; then nothing is written.
        """

    def entries(self, reference: str, *, with_identity: bool = False) -> Sequence[StoredEntry]:
        """The whole chain in its order, with the private values that are still there; who complains in a
        sealed case only where that is asked for."""


class Upload(Struct, frozen=True):
    """How a file is sent: once, with just these headers."""

    method: str
    url: str
    headers: dict[str, str]


class ExportFiles(Protocol):
    """The files to which cases are exported for analysis. Each call may raise `Unavailable`."""

    def put(self, key: str, lines: bytes, state: str) -> None:
        """Replaces a file by these lines, which are so much of a case as `state` says."""

    def state(self, key: str) -> str | None:
        """What a file said of itself, if it is there."""


StoredKind = Literal["file", "mail"]
"""What is kept for as long as its case: a file of it, or a mail as it came."""


class FileUnreadable(Unavailable):
    """Something lies in the store of files which the store hands out to nobody of ours."""


class Files(Protocol):
    """The store of files. A file is in quarantine when it was uploaded, and kept once it is promoted.

    `key` is generated, and never a name from outside. Each call may raise
    `refusals.Unavailable`. `origin` is where the addresses of files lie: the content policy of a page that
    sends one must allow it.
    """

    @property
    def origin(self) -> str: ...

    def offer(self, key: str, kind: FileType, size: int, lasting: timedelta) -> Upload:
        """An address that takes one file of just this type and size, once, for so long."""

    def uploaded(self, key: str) -> bytes | None:
        """What lies in quarantine under this key, if anything was uploaded."""

    def deposit(self, key: str, content: bytes, kind: FileType) -> None:
        """Puts into quarantine what came by mail; doing it again changes nothing."""

    def mail(self, key: str) -> bytes | None:
        """A mail as it came, if there is one under this key."""

    def hand_out_mail(self, key: str, content: bytes, name: str, lasting: timedelta) -> str:
        """Where a copy of a mail can be fetched for so long, as a download; the copy lasts a day at most."""

    def remove_mail(self, key: str) -> None:
        """Removes a mail as it came, and its copy; one that is not there is removed already."""

    def promote(self, key: str) -> None:
        """Keeps what lies in quarantine; doing it again changes nothing."""

    def address(self, key: str, name: str, kind: FileType, lasting: timedelta) -> str:
        """The address at which a kept file can be fetched for this long: as a download, on an origin of its
        own.

        `name` and `kind` are what the file is handed out as.
        """

    def preview(self, key: str, kind: FileType, lasting: timedelta) -> str:
        """The address at which a kept file is shown for this long, on an origin of its own."""

    def kept(self, key: str) -> bytes | None:
        """A kept file, if there is one under this key. Raises `FileUnreadable`."""

    def hand_out(
        self, key: str, content: bytes | BinaryIO, media_type: str, name: str, lasting: timedelta
    ) -> str:
        """Puts what we made ourselves where it can be fetched, and gives the address, as `address` does. It
        is removed after a day. An open file is sent from its place on, and never held whole."""

    def digest_of(self, kind: StoredKind, key: str, *, reads: bool) -> str | None:
        """The SHA-256 (hex) of what is kept under this key: by what the store says of it, or by its bytes,
        where it says nothing and they are to be read. Empty where neither tells, `None` where nothing is
        there. Raises `FileUnreadable`."""

    def remove(self, key: str) -> None:
        """Removes the file, in quarantine and kept; a missing one counts as removed."""


class Scanner(Protocol):
    """What looks for malware in files."""

    def scan(self, content: bytes) -> Scan:
        """Whether a file is harmful, as far as the scanner knows."""
