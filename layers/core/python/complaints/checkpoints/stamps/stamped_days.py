"""Which checkpoints of days have a time stamp beside them in the bucket, and whether it fits."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints.checkpoints.checkpoint_chain import ReadCheckpoint
from complaints.checkpoints.differences import Difference
from complaints.checkpoints.places import CHECKPOINTS, checkpoint_key, checkpoint_name, stamp_key
from complaints.checkpoints.ports import EvidenceFiles, NotStamped

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MOST_DAYS = 31
"""Up to how many days back it is looked."""

DAY = timedelta(days=1)
LATE = timedelta(days=1)
"""How long after the end of a day its stamp may be missing."""


class StampedDays(Struct, frozen=True):
    """The `last` day (UTC) with a stamp, and those behind it, or of the whole month, that are `missing` one,
    the first first."""

    last: datetime | None
    missing: tuple[datetime, ...]

    def is_late(self, now: datetime) -> bool:
        """Whether a stamp is missing for long."""
        return any(now - day > DAY + LATE for day in self.missing)


def stamped_days(files: EvidenceFiles, now: datetime) -> StampedDays:
    """Looks back from the last day that is over: mostly that is one list of a few names. Days that a late run
    sealed together have one checkpoint, that of the first. May raise `Unavailable`."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    missing: list[datetime] = []
    for back in range(1, MOST_DAYS + 1):
        day = today - back * DAY
        names = set(files.keys(f"{CHECKPOINTS}{checkpoint_name('day', day)}."))
        if stamp_key(day) in names:
            return StampedDays(day, tuple(reversed(missing)))
        if checkpoint_key("day", day) in names:
            missing.append(day)
    return StampedDays(None, tuple(reversed(missing)))


def stamp_differences(
    files: EvidenceFiles, day: ReadCheckpoint, authorities: "Sequence[Certificate]" = ()
) -> Iterator[Difference]:
    """What of the time stamp of a day does not fit; where it has none, nothing does. Who signed it leads to
    one of `authorities`, where any is named. May raise `Unavailable`."""
    # cryptography is imported where it is used: most runs verify nothing.
    from complaints.checkpoints.stamps.certificate_path import trusted_by
    from complaints.checkpoints.stamps.stamp_signature import NotSigned
    from complaints.checkpoints.stamps.time_stamp import TOLERANCE, read_time_stamp

    stored = files.get(stamp_key(day.statement.since))
    if stored is None:
        return
    harm = ""
    try:
        stamp = read_time_stamp(stored)
    except NotSigned:
        harm = "stamp-forged"
    except NotStamped:
        harm = "stamp-unreadable"
    else:
        if stamp.imprint != sha256(files.get(checkpoint_key("day", day.statement.since)) or b"").digest():
            harm = "stamp-of-another"
        elif stamp.at < day.statement.until - TOLERANCE:
            harm = "stamp-too-early"
        elif authorities and not trusted_by(stamp.signed.by, stamp.signed.brought, authorities, stamp.at):
            harm = "stamp-of-stranger"
    if harm:
        yield Difference("checkpoint", harm, day.name, checkpoint=day.name)
