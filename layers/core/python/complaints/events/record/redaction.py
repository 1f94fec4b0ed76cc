"""What a redaction leaves in the chain: that words were blacked out, by whom and why, and never which."""

from complaints.events.event import Fact

COMPLAINT_ITSELF = 1
"""The entry that opens a case."""


class Redacted(Fact, frozen=True, kw_only=True):
    """The words of the entry with this number were removed for good."""

    PRIVATE = ("reason",)
    entry: int
    reason: str
