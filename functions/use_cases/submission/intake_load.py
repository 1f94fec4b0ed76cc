"""How much more comes in at a site than usual: the harder a proof of work gets, and the longer a form waits.

What was taken in this minute and the one before is counted in the memory of the function, by site and by
group of networks: it costs no call. Each copy of the function counts for itself; the limits of the gateway
hold for all together. It refuses nobody.
"""

from collections import Counter
from datetime import datetime, timedelta

OF_A_NETWORK = 1 / 4
"""Of what a site takes at the usual pace, what one group of networks sends."""

_MINUTE = timedelta(minutes=1)
_COUNTED = 2
"""Minutes of which all is counted: this one, and the one before."""

_Who = tuple[str, int | None]


class IntakeLoad:
    """Counts what was taken."""

    def __init__(self) -> None:
        self._begins: datetime | None = None
        self._taken: Counter[_Who] = Counter()
        self._before: Counter[_Who] = Counter()

    def note(self, site: str, network: int | None, now: datetime) -> None:
        """Something was taken."""
        self._turn(now)
        self._taken[site, None] += 1
        if network is not None:
            self._taken[site, network] += 1

    def pressure(self, site: str, network: int | None, now: datetime, an_hour: int) -> float:
        """How many times as much came as a site takes at the usual pace, `an_hour`; more for a network that
        sent much of it. Without a `site` it is that of the busiest one."""
        self._turn(now)
        usual = max(1.0, an_hour / 60 * _COUNTED)
        sites = (site,) if site else {each for each, _ in self._taken | self._before}
        found = max((self._recent(each, None) / usual for each in sites), default=0.0)
        if network is not None:
            own = max((self._recent(each, network) for each in sites), default=0)
            found += own / max(1.0, usual * OF_A_NETWORK)
        return found

    def _recent(self, site: str, network: int | None) -> int:
        return self._taken[site, network] + self._before[site, network]

    def _turn(self, now: datetime) -> None:
        begins = now.replace(second=0, microsecond=0)
        if begins == self._begins:
            return
        is_next = self._begins is not None and begins - self._begins == _MINUTE
        self._before = self._taken if is_next else Counter()
        self._taken, self._begins = Counter(), begins


LOAD = IntakeLoad()
"""What this copy of the function took with a proof of work."""
