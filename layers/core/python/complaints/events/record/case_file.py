"""The fact that a case was made ready for a body outside, and what of it was left out."""

from complaints.events.event import Fact


class CaseFilePrepared(Fact, frozen=True, kw_only=True):
    """The case up to the entry before this one was prepared for a body outside.

    `left_out` names the items that are not in the file, `redacted` those that are there without their words.
    """

    PRIVATE = ("reason",)
    left_out: tuple[str, ...] = ()
    redacted: tuple[str, ...] = ()
    reason: str | None = None
