"""The time of the machine, in whole seconds: promises are kept and missed by the second."""

from datetime import UTC, datetime


class SystemClock:
    """The real clock (port `Clock`)."""

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the clock
