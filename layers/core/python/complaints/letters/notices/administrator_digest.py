"""Digests to administrators: of new versions of the promise packs that a site promises by, and of rights that
somebody changed at their sites; and to whoever protects data, of what somebody changed of its protection."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from complaints.case.correspondence.letter import LawLine, Letter, LetterKind, RightsLine
from complaints.letters.notices.digest import PREFIX
from complaints.site.site import SiteRecord
from complaints.values.people import Member, Role

SITE = "site"
"""The kind of setting in which the protection of data stands."""


def readers(members: Iterable[Member], site: str, role: Role = Role.ADMIN) -> Iterator[Member]:
    """The administrators who serve a site and have a mail address, or those with another role."""
    for member in members:
        if member.active and member.email and role in member.roles and site in member.sites:
            yield member


def law_digests(
    key: str,
    site: SiteRecord,
    laws: tuple[LawLine, ...],
    members: Iterable[Member],
    number: int,
    at: datetime,
) -> Iterator[Letter]:
    """A letter to each of the readers; the entry of the setting with this `number` calls for it."""
    for member in readers(members, key):
        yield _letter(f"laws|{key}", f"laws-{number:06d}", key, site, member, at, laws=laws)


def rights_digests(
    line: RightsLine,
    at_sites: Collection[str],
    sites: Mapping[str, SiteRecord],
    members: Iterable[Member],
    number: int,
    at: datetime,
) -> Iterator[Letter]:
    """A letter to each reader at one of these sites but whoever changed them; the entry of the setting with
    this `number` calls for it."""
    role = Role.PRIVACY if line.kind == SITE else Role.ADMIN
    told = {
        each.id: (key, each) for key in sorted(at_sites, reverse=True) for each in readers(members, key, role)
    }
    for key, member in told.values():
        if member.id != line.by:
            of = f"rights|{line.kind}|{line.id}"
            yield _letter(of, f"rights-{number:06d}", key, sites[key], member, at, rights=(line,))


def _letter(
    of: str,
    id: str,
    key: str,
    site: SiteRecord,
    member: Member,
    at: datetime,
    laws: tuple[LawLine, ...] = (),
    rights: tuple[RightsLine, ...] = (),
) -> Letter:
    return Letter(
        id=id,
        kind=LetterKind.DIGEST,
        reference=PREFIX + sha256(f"{of}|{member.id}".encode()).hexdigest()[:20],
        site=key,
        language=site.language,
        to="owner",
        member=member.id,
        called_for=at,
        received_at=at,
        laws=laws,
        rights=rights,
    )
