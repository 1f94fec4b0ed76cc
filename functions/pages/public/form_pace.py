"""How long a form without a script must have been open before it is taken: the longer, the more come.

What came too soon is shown again with all that was typed, and is taken a little later.
"""

from datetime import datetime, timedelta

from functions.api.public.intake_load import IntakeLoad
from functions.pages.public.timestamp_proof import SOONEST

LATEST = timedelta(seconds=60)
"""However many come: few people read a form and fill it in faster."""


class FormPace(IntakeLoad):
    """Counts forms that were taken."""

    def soonest(self, site: str, network: int | None, now: datetime, an_hour: int) -> timedelta:
        """How long a form must have been open, where a site takes `an_hour` at the usual pace."""
        return min(LATEST, SOONEST * (1 + int(self.pressure(site, network, now, an_hour))))


PACE = FormPace()
"""That of this copy of the function."""
