"""Who acts: complainants, members of staff, and machines; and which roles a member of staff has."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What a member of staff may be asked to do; `authority` says what each may."""

    AGENT = "agent"
    REVIEWER = "reviewer"
    QUALITY = "quality"
    AUDITOR = "auditor"
    ADMIN = "admin"


_CASE_ROLES = frozenset({Role.AGENT, Role.REVIEWER})


class Actor(Struct, frozen=True, omit_defaults=True):
    """Who did something: `kind` is `complainant`, `staff`, `operator` or `machine`.

    `id` names a member of staff, or the operator as the platform knows whoever runs the installation.
    """

    kind: str
    id: str = ""
    roles: tuple[Role, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether an entry of this actor counts as a new version of the case."""
        return self.kind != "machine"

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_reviewer(self) -> bool:
        return Role.REVIEWER in self.roles


COMPLAINANT = Actor("complainant")
MACHINE = Actor("machine")


class Member(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member of staff as the organisation knows the person.

    The identity provider's claim says who somebody is and caps the roles; this limits them
    further, names the sites, and can be switched off at once. With `digest`, what falls due and the
    like is told in one mail a day.
    """

    id: str
    name: str
    email: str = ""
    roles: tuple[Role, ...] = ()
    sites: tuple[str, ...] = ()
    active: bool = True
    digest: bool = False

    def serves(self, site: str) -> bool:
        return self.active and site in self.sites

    def handles(self, site: str) -> bool:
        """Whether cases of the site can be given to this member."""
        return self.serves(site) and not _CASE_ROLES.isdisjoint(self.roles)
