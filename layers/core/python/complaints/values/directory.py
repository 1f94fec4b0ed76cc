"""A directory that provisions members over SCIM 2.0 (RFC 7643): its rights, and the users that it sends."""

from datetime import datetime

from msgspec import Struct

LONGEST_NAME = 200


class Directory(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The one directory of an installation. Each of the `groups` is a line that says what a role of the
    directory gives: `Complaints team: agent reviewer @ demo`. It gives and takes the role of an administrator
    only where that is said. `token_hash` is the SHA-256 of its bearer token, in hexadecimal; without one
    nobody gets in. It was made by somebody who serves `token_sites`."""

    groups: tuple[str, ...] = ()
    gives_administrator: bool = False
    token_hash: str = ""
    token_since: datetime | None = None
    token_sites: tuple[str, ...] = ()


class DirectoryValue(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A value of an attribute that has several (RFC 7643, 2.4)."""

    value: str
    type: str | None = None
    primary: bool | None = None


class DirectoryUser(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A user as the directory sent it; `roles` is `None` where it sends none, and governs no rights."""

    user_name: str
    external_id: str | None = None
    formatted: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    display_name: str | None = None
    emails: tuple[DirectoryValue, ...] = ()
    roles: tuple[DirectoryValue, ...] | None = None
    active: bool = True

    @property
    def email(self) -> str:
        """The primary address, else the first, else the user name."""
        primary = (each.value for each in self.emails if each.primary)
        return next(primary, self.emails[0].value if self.emails else self.user_name)

    @property
    def name(self) -> str:
        """What the person is called: as much of it as a member's name may be."""
        whole = " ".join(part for part in (self.given_name, self.family_name) if part)
        called = self.display_name or self.formatted or whole
        return called.strip()[:LONGEST_NAME] or self.user_name


class DirectoryAccount(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A user of the directory, and the `member` who that is since the first sign-in. Of one that `is_removed`
    nothing else is left."""

    user: DirectoryUser
    created_at: datetime
    changed_at: datetime
    member: str | None = None
    is_removed: bool = False

    @property
    def name(self) -> str:
        return self.user.name
