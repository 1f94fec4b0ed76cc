"""The fact that a custodian opened who complains in a sealed case."""

from complaints.events.event import Fact


class IdentityOpened(Fact, frozen=True, kw_only=True):
    """A custodian opened the sealed identity, for this reason. The identity itself stands nowhere here."""

    PRIVATE = ("reason",)

    reason: str
