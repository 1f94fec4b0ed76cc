"""How long a form without a script must have been open before it is taken: the longer, the more come.

What was taken in this minute and the one before is counted in the memory of the function, by site and by
group of networks: it costs no call. Each copy of the function counts for itself; the limits of the gateway
hold for all together. It refuses nobody: what came too soon is shown again with all that was typed, and is
taken a little later.
"""

from collections import Counter
from datetime import datetime, timedelta

from functions.pages.public.timestamp_proof import SOONEST

LATEST = timedelta(seconds=60)
"""However many come: few people read a form and fill it in faster."""

OF_A_NETWORK = 1 / 4
"""Of the forms that a site takes at the usual pace, those that one group of networks does."""

_MINUTE = timedelta(minutes=1)
_COUNTED = 2
"""Minutes of which all forms are counted: this one, and the one before."""

_Who = tuple[str, int | None]


class FormPace:
    """Counts forms that were taken."""

    def __init__(self) -> None:
        self._begins: datetime | None = None
        self._taken: Counter[_Who] = Counter()
        self._before: Counter[_Who] = Counter()

    def note(self, site: str, network: int | None, now: datetime) -> None:
        """A form was taken."""
        self._turn(now)
        self._taken[site, None] += 1
        if network is not None:
            self._taken[site, network] += 1

    def soonest(self, site: str, network: int | None, now: datetime, an_hour: int) -> timedelta:
        """How long a form must have been open, where a site takes `an_hour` at the usual pace."""
        self._turn(now)
        usual = max(1.0, an_hour / 60 * _COUNTED)
        pressure = self._recent(site, None) / usual
        if network is not None:
            pressure += self._recent(site, network) / max(1.0, usual * OF_A_NETWORK)
        return min(LATEST, SOONEST * (1 + int(pressure)))

    def _recent(self, site: str, network: int | None) -> int:
        return self._taken[site, network] + self._before[site, network]

    def _turn(self, now: datetime) -> None:
        begins = now.replace(second=0, microsecond=0)
        if begins == self._begins:
            return
        is_next = self._begins is not None and begins - self._begins == _MINUTE
        self._before = self._taken if is_next else Counter()
        self._taken, self._begins = Counter(), begins


PACE = FormPace()
"""That of this copy of the function."""
