"""What the rules and the entrances need of the world, as promises that an adapter keeps."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from complaints.audit import StoredEntry
from complaints.case import Case, Writing
from complaints.people import Role


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class Keys(Protocol):
    def key(self, purpose: str) -> bytes:
        """The secret of one purpose: `reference`, `replay`, `access`, `proof` or `cursor`."""


class PostRefused(Exception):
    """The mail service will never take this letter; the text says why, without an address."""


class PostDelayed(Exception):
    """The mail service does not take it now: throttled, out of quota, or out of reach."""


class PostUnsure(Exception):
    """No answer came: the mail service may have taken it, or not."""


class Post(Protocol):
    def send(self, message: bytes, *, sender: str, to: str, tags: Mapping[str, str]) -> str:
        """Hands over one message (RFC 5322) and returns its id. Never tries twice by itself.

        Raises `PostRefused`, `PostDelayed`, `PostUnsure`.
        """


class Claims:
    """What a verified token says: who (`sub`), and which roles at most."""

    __slots__ = ("email", "name", "roles", "subject")

    def __init__(self, subject: str, roles: tuple[Role, ...], name: str = "", email: str = "") -> None:
        self.subject, self.roles, self.name, self.email = subject, roles, name, email


class IdentityProvider(Protocol):
    def verify(self, token: str) -> Claims:
        """The claims of a token that the provider signed. Raises `refusals.NotSignedIn`."""


class Cases(Protocol):
    """The store of cases. `load` is consistent; `write` is one transaction."""

    def load(self, reference: str) -> Case | None: ...

    def write(self, writing: Writing) -> None:
        """Raises `Collision`, `AlreadyUsed`, `MarkLost`, `refusals.Unavailable`; then nothing is written."""

    def entries(self, reference: str) -> Sequence[StoredEntry]:
        """The whole chain in its order, with the private values that are still there."""
