"""The digest that tells staff of a record of the management system which is due."""

from datetime import datetime
from hashlib import sha256

from complaints.case.correspondence.letter import Letter, LetterKind, RecordLine
from complaints.letters.notices.digest import PREFIX
from complaints.site.site import Site

QUALITY, MANAGER, OWNER = "quality", "manager", "owner"


def record_digest(
    line: RecordLine, site: Site, member: str | None, number: int, at: datetime, *, to: str = QUALITY
) -> Letter:
    """A letter to a member, or without one to an address of the site: usually that of quality management.

    The entry of the record with this `number` calls for it.
    """
    who = sha256(f"records|{line.kind}|{line.id}|{member or to}".encode()).hexdigest()[:20]
    return Letter(
        id=f"records-{number:06d}",
        kind=LetterKind.DIGEST,
        reference=PREFIX + who,
        site=site.key,
        language=site.language,
        to=OWNER if member else to,
        member=member,
        called_for=at,
        received_at=at,
        records=(line,),
    )
