"""Time stamps: the checkpoint of each day is stamped by an authority outside (RFC 3161), and the stamp lies
beside it. Who has the key, table and bucket alike cannot say later that it was earlier.

Of each day, not of each hour: that of a day has the hashes of its hours in it, one request a day is within
what free services permit, and where stamps are paid for, it costs a 24th. What cannot be stamped stops no
checkpoint: it is asked for again each hour, and an alarm rings when one is missing for long.
"""

from collections.abc import Sequence
from datetime import datetime
from secrets import randbits
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.checkpoints.places import checkpoint_key, checkpoint_name, stamp_key
from complaints.checkpoints.ports import NotStamped
from complaints.checkpoints.stamps.stamped_days import StampedDays, stamped_days
from complaints.checkpoints.statement import NotAStatement, from_stored, read_statement

if TYPE_CHECKING:
    from complaints.adapters.container import Container


NOT_STAMPED = "CheckpointsNotStamped"
"""The metric of a run that stamped nothing where a stamp is missing for long (docs/alarms.md)."""

AT_ONCE = 4
"""How many a run has stamped: an authority that was away for long is not flooded when it is back."""

MEDIA_TYPE = "application/timestamp-reply"
NONCE_BITS = 63
"""Positive in eight bytes: not every authority reads longer ones."""


def stamp_days(deps: "Container") -> int:
    """Has the checkpoints of days stamped that have no stamp yet, the first first; how many got one."""
    if not deps.settings.time_stamps:
        return 0
    days, stamped = None, 0
    try:
        days = stamped_days(deps.evidence, deps.now())
        for day in _due(days):
            stamped += _stamp(deps, day)
            if stamped == AT_ONCE:
                break
    except NotStamped as refused:
        telemetry.note("checkpoint not stamped", why=str(refused))
    except Exception as error:
        telemetry.failure("checkpoint not stamped", error)
    if days and not stamped and days.is_late(deps.now()):
        telemetry.count(NOT_STAMPED)
    return stamped


def _due(days: StampedDays) -> Sequence[datetime]:
    """Where none of a month has a stamp, it is the last one alone: it names the hash of the one before, and
    so speaks for all of them."""
    return days.missing if days.last else days.missing[-1:]


def _stamp(deps: "Container", day: datetime) -> bool:
    """Asks for one stamp, and keeps the answer, in DER: once it was checked, for the bucket lets nobody
    replace it. Raises `NotStamped`, `Unavailable`."""
    # cryptography is imported where it is used: most runs stamp nothing.
    from complaints.checkpoints.stamps.basic_encoding import in_der
    from complaints.checkpoints.stamps.time_stamp import stamp_of, time_stamp_request

    stored = deps.evidence.get(checkpoint_key("day", day)) or b""
    try:
        statement = read_statement(from_stored(stored)[0])
    except NotAStatement as error:
        # Somebody else's file, in the place of one of ours: it keeps no later day from being stamped.
        telemetry.failure("checkpoint not stamped", error)
        return False
    nonce = randbits(NONCE_BITS)
    answer = in_der(deps.time_stamps.ask(time_stamp_request(stored, nonce)))
    stamp_of(answer, stored, nonce, statement.until, deps.now())
    deps.evidence.put(stamp_key(day), answer, MEDIA_TYPE)
    telemetry.note("checkpoint stamped", checkpoint=checkpoint_name("day", day))
    return True
