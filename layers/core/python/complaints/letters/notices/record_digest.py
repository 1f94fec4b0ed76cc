"""The digest that tells staff of a record of the management system which is due."""

from datetime import datetime
from hashlib import sha256

from complaints.letters.notices.digest import PREFIX
from complaints.model.correspondence.letter import Letter, LetterKind, RecordLine
from complaints.site.site import Site

QUALITY, OWNER = "quality", "owner"


def record_digest(line: RecordLine, site: Site, member: str | None, number: int, at: datetime) -> Letter:
    """A letter to a member, or without one to the site's address for quality management.

    The entry of the record with this `number` calls for it.
    """
    who = sha256(f"records|{line.kind}|{line.id}|{member}".encode()).hexdigest()[:20]
    return Letter(
        id=f"records-{number:06d}",
        kind=LetterKind.DIGEST,
        reference=PREFIX + who,
        site=site.key,
        language=site.language,
        to=OWNER if member else QUALITY,
        member=member,
        called_for=at,
        received_at=at,
        records=(line,),
    )
