"""The digest that tells administrators of a site of new versions of the promise packs that it promises by."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from complaints.letters.notices.digest import PREFIX
from complaints.model.correspondence.letter import LawLine, Letter, LetterKind
from complaints.site.site import SiteRecord
from complaints.values.people import Member, Role


def readers(members: Iterable[Member], site: str) -> Iterator[Member]:
    """The administrators who serve a site and have a mail address."""
    for member in members:
        if member.active and member.email and Role.ADMIN in member.roles and site in member.sites:
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
        who = sha256(f"laws|{key}|{member.id}".encode()).hexdigest()[:20]
        yield Letter(
            id=f"laws-{number:06d}",
            kind=LetterKind.DIGEST,
            reference=PREFIX + who,
            site=key,
            language=site.language,
            to="owner",
            member=member.id,
            called_for=at,
            received_at=at,
            laws=laws,
        )
