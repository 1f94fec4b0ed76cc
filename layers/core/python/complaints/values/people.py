"""Who acts: complainants, members of staff, and machines; and which roles a member of staff has.

A member of staff who is signed in to the pages of the desk: for how long, and until when at most.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

from complaints.values.field_types import ShortText, StrictInput


class Role(StrEnum):
    """What a member of staff may be asked to do; `permissions` says what each may."""

    AGENT = "agent"
    REVIEWER = "reviewer"
    QUALITY = "quality"
    AUDITOR = "auditor"
    PRIVACY = "privacy"
    CUSTODIAN = "custodian"
    ADMIN = "admin"


CASE_ROLES = frozenset({Role.AGENT, Role.REVIEWER})
"""Whoever works on cases."""


_NOBODY = frozenset({"machine", "automation"})


class Actor(Struct, frozen=True, omit_defaults=True):
    """An actor: `kind` is `complainant`, `staff`, `unit`, `operator`, `machine` or `automation`; a `unit` is
    one outside the organisation that was asked for something, `automation` the automation rules.

    `id` names a member of staff, or the operator by the identity that AWS gives.
    """

    kind: str
    id: str = ""
    roles: tuple[Role, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether an entry of this actor counts as a new version of the case."""
        return self.kind not in _NOBODY

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_reviewer(self) -> bool:
        return Role.REVIEWER in self.roles


COMPLAINANT = Actor("complainant")
UNIT = Actor("unit")
MACHINE = Actor("machine")
AUTOMATION = Actor("automation")


class Absence(StrictInput, frozen=True, kw_only=True):
    """An absence: both days are included, in the zone of each site; `stand_in` covers for the member.

    `stand_in` is the id of another member.
    """

    since: date = field(name="from")
    until: date
    stand_in: ShortText

    def covers(self, on: date) -> bool:
        return self.since <= on <= self.until

    def overlaps(self, other: "Absence") -> bool:
        """Whether they have a day in common."""
        return self.since <= other.until and other.since <= self.until


class Member(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member of staff as the organisation knows the person.

    The identity provider's claim identifies the person and caps the roles; this limits them
    further, names the sites, and can be switched off at once. With `digest`, notices are collected in one
    mail a day. With `sensitive`, the member is cleared for sensitive cases. `former_mailboxes` are digests of
    those that the member had before.
    """

    id: str
    name: str
    email: str = ""
    roles: tuple[Role, ...] = ()
    sites: tuple[str, ...] = ()
    active: bool = True
    digest: bool = False
    away: Absence | None = None
    sensitive: bool = False
    former_mailboxes: tuple[str, ...] = ()

    @property
    def mailboxes(self) -> frozenset[str]:
        """Digests of all mailboxes that the member has or had."""
        # Imported lazily: most requests compare nobody.
        from complaints.values.text.mailbox import mailbox_digest

        present = (mailbox_digest(self.email),) if self.email else ()
        return frozenset((*present, *self.former_mailboxes))

    def is_same_person(self, other: "Member") -> bool:
        """Whether both are accounts of one person, as far as can be known."""
        return other.id in accounts_of(self.id, (self, other))

    def serves(self, site: str) -> bool:
        return self.active and site in self.sites

    def handles(self, site: str) -> bool:
        """Whether this member can own cases of the site."""
        return self.serves(site) and not CASE_ROLES.isdisjoint(self.roles)

    @property
    def sees_data_requests(self) -> bool:
        """Whether requests about personal data are there for this member."""
        return self.sensitive or Role.PRIVACY in self.roles

    def is_away(self, on: date) -> bool:
        return self.away is not None and self.away.covers(on)

    def stands_in_for(self, other: "Member", site: str, on: date) -> bool:
        """Whether this member looks after cases of `other` at a site on a date there."""
        is_named = other.away is not None and other.away.stand_in == self.id
        return is_named and other.serves(site) and other.is_away(on) and self.handles(site)


def accounts_of(id: str, members: Iterable[Member]) -> frozenset[str]:
    """The ids under which the person with this id is a member, as far as can be known; this one included."""
    known = {member.id: member for member in members}
    mine = known[id].mailboxes if id in known else frozenset()
    return frozenset((id, *(each.id for each in known.values() if not mine.isdisjoint(each.mailboxes))))


class Invitation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who may become a member at the first sign-in with this mail address, verified by the provider.

    `letter_language` is that of the letter, `letters_sent` how many there were, `sent_at` when the last of
    them was called for; `is_undelivered` says that it did not arrive. `invited_by` is the id of an
    administrator, empty for the operator. An accepted invitation names the `member`.
    """

    name: str
    email: str
    roles: tuple[Role, ...]
    sites: tuple[str, ...]
    letter_language: str
    sent_at: datetime
    valid_until: datetime
    invited_by: str = ""
    letters_sent: int = 1
    is_undelivered: bool = False
    state: Literal["open", "accepted", "withdrawn"] = "open"
    member: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it can be accepted."""
        return self.state == "open" and now <= self.valid_until


IDLE = timedelta(minutes=30)
"""The idle timeout of a session."""

LONGEST = timedelta(hours=8)
"""How long a session lasts at most, however often its member is seen."""


class Session(Struct, frozen=True, kw_only=True):
    """A session as stored since sign-in; signing out sets `ends` to that instant."""

    id: str
    member: str
    ends: datetime

    def is_of(self, member: str, now: datetime) -> bool:
        """Whether this is a session of that member, and goes on."""
        return self.member == member and now < self.ends
