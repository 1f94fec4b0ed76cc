"""A digest: notices of due dates for one reader in one mail a day, when working hours begin.

So are alarms of dangers, once a reader has had many in an hour: then every ten minutes. A letter that
waits for it is on record like any other. The digest is a letter too, but one of no case.

The digest that tells staff of a record of the management system which is due.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.correspondence.letter import NOTICES, DigestLine, Letter, LetterKind, RecordLine
from complaints.site.site import Site, SiteTerms
from complaints.values.people import Member

PREFIX = "digest-"

ALARMS_WAIT = timedelta(minutes=10)
"""How long an alarm may wait at most that is told together with others."""

MAILS_AHEAD = 36
"""In how many of the next mails of ten minutes a notice finds its place: beyond six hours none waits."""


class HeldLetter(Struct, frozen=True):
    """A letter that is a line of a digest, and the attempt that holds it."""

    letter: Letter
    attempt: str


def is_digest(reference: str) -> bool:
    """Whether this names a reader's digests, and no case."""
    return reference.startswith(PREFIX)


def opening(terms: SiteTerms, now: datetime) -> datetime:
    """The next time after `now` at which a day's work begins at the site."""
    calendar = next(iter(terms.calendars.values()))
    begins = (calendar.spans(day)[0][0] for day in calendar.business_days(calendar.date_of(now)))
    return next(moment for moment in begins if moment > now)


def waits(letter: Letter, member: Member | None, at: datetime, *, is_urgent: bool) -> bool:
    """Whether a notice becomes a line of the digest at an instant: for a reader who wishes so, if it is
    not urgent and warns of nothing that is due before; and where its case has reached the limit of notices
    for a day."""
    if letter.kind not in NOTICES:
        return False
    is_wished = member is not None and member.digest and not (is_urgent or _is_due(letter, at))
    return letter.withheld or is_wished


def digest_for(letter: Letter, member: Member | None, terms: SiteTerms, at: datetime) -> Letter:
    """The digest of the letter's reader that leaves `at` a moment, still without lines.

    Its reference is the same for all digests of a reader, and tells nothing of who that is.
    """
    to = "owner" if member else "team" if letter.to == "owner" else letter.to
    who = member.id if member else f"{to}@{letter.site}"
    return Letter(
        id=terms.today(at).isoformat(),
        kind=LetterKind.DIGEST,
        reference=PREFIX + sha256(who.encode()).hexdigest()[:20],
        site=letter.site,
        language=letter.language,
        to=to,
        member=member.id if member else None,
        called_for=at,
        received_at=at,
    )


def notices_together(
    letter: Letter, member: Member | None, terms: SiteTerms, now: datetime
) -> Iterator[Letter]:
    """The mails in which a reader of very many notices may get a further one, still without lines, the next
    first: one leaves when each ten minutes begin. A warning comes in none that leaves when its date is over.
    """
    daily = digest_for(letter, member, terms, now)
    reference = PREFIX + sha256(f"notices|{daily.reference}".encode()).hexdigest()[:20]
    for mails in range(MAILS_AHEAD):
        at = _next_ten_minutes(now) + mails * ALARMS_WAIT
        if _is_due(letter, at):
            return
        id = f"{at.astimezone(UTC):%Y-%m-%dT%H%M}"
        yield replace(daily, id=id, reference=reference, called_for=at, received_at=at)


def alarms_together(letter: Letter, now: datetime) -> Letter:
    """The mail in which a reader of many alarms gets the further ones, still without lines: it leaves when
    the next ten minutes begin."""
    at = _next_ten_minutes(now)
    return Letter(
        id=f"{at.astimezone(UTC):%Y-%m-%dT%H%M}",
        kind=LetterKind.DIGEST,
        reference=PREFIX + sha256(f"alarms|{letter.to}@{letter.site}".encode()).hexdigest()[:20],
        site=letter.site,
        language=letter.language,
        to=letter.to,
        called_for=at,
        received_at=at,
    )


def _is_due(letter: Letter, at: datetime) -> bool:
    """Whether what a letter warns of is due by then."""
    return not letter.late and letter.due is not None and letter.due <= at


def _next_ten_minutes(now: datetime) -> datetime:
    return now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0) + ALARMS_WAIT


def with_lines(digest: Letter, letters: tuple[Letter, ...]) -> Letter:
    """The digest with a line for each letter, what is due first before the rest."""
    lines = [
        DigestLine(
            reference=letter.reference,
            site=letter.site,
            kind=letter.kind,
            clock=letter.clock,
            due=letter.due,
            late=letter.late,
            lost=letter.lost,
        )
        for letter in letters
    ]
    return replace(
        digest, lines=tuple(sorted(lines, key=lambda line: (line.due or digest.called_for, line.reference)))
    )


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
