"""A signed time stamp: what a form without a script shows in place of a proof of work.

It says since when somebody had the form, and under which key it is sent: one stamp makes one complaint,
however often it comes. Nothing is stored.

How long a form without a script must have been open before it is taken: the longer, the more come.

What came too soon is shown again with all that was typed, and is taken a little later.
"""

import secrets
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import NamedTuple, Self

from complaints.values.errors import Invalid, Wrong
from complaints.values.key_ring import KeyRing
from functions.http import signed_tokens
from functions.use_cases.submission.intake_load import IntakeLoad

SOONEST = timedelta(seconds=3)
"""Nobody reads a form and fills it in faster; a program does. While many come it is more."""

LONGEST = timedelta(hours=24)


class TimestampProof(NamedTuple):
    """Since when somebody has had the form, and the key under which it is sent."""

    since: datetime
    key: str

    @classmethod
    def new(cls, now: datetime) -> Self:
        """The stamp of a form that is opened now."""
        return cls(now, secrets.token_urlsafe(16))

    def check(self, now: datetime, soonest: timedelta = SOONEST) -> None:
        """Raises `Invalid` for a form that was sent too soon, with the seconds to wait, or too late."""
        wait = self.since + soonest - now
        if wait > timedelta():
            raise Invalid(Wrong("/stamp", "too-fast", ceil(wait.total_seconds())))
        if now - self.since > LONGEST:
            raise Invalid(Wrong("/stamp", "too-old"))

    def renewed(self, now: datetime, soonest: timedelta = SOONEST) -> Self:
        """The stamp of the same form shown again: it is good for as long as a new one.

        Who waited long enough, or is about to have, does not wait anew.
        """
        return self._replace(since=max(self.since, now - soonest))


def write(stamp: TimestampProof, keys: KeyRing, site: str) -> str:
    """The stamp as text, bound to a site."""
    return signed_tokens.sign(keys, f"{int(stamp.since.timestamp())}.{stamp.key}".encode(), _bound(site))


def read(text: str, keys: KeyRing, site: str) -> TimestampProof | None:
    """The stamp that was written so; `None` for a text that was not."""
    try:
        since, _, key = signed_tokens.verify(keys, text, _bound(site)).decode().partition(".")
    except signed_tokens.BadSignature:
        return None
    return TimestampProof(datetime.fromtimestamp(int(since), UTC), key)


def _bound(site: str) -> str:
    """Keeps stamps apart from all else that is signed with the same key."""
    return f"form {site}"


LATEST = timedelta(seconds=60)
"""However many come: few people read a form and fill it in faster."""


class FormPace(IntakeLoad):
    """Counts forms that were taken."""

    def soonest(self, site: str, network: int | None, now: datetime, an_hour: int) -> timedelta:
        """How long a form must have been open, where a site takes `an_hour` at the usual pace."""
        return min(LATEST, SOONEST * (1 + int(self.pressure(site, network, now, an_hour))))


PACE = FormPace()
"""That of this copy of the function."""
