"""The fact about standard texts."""

from complaints.events.event import Fact
from complaints.values.field_types import CodeName


class StandardTextsUsed(Fact, frozen=True, kw_only=True):
    """Standard texts of the site were chosen for what was written, by their codes: so their use is counted.

    What was written stands in the facts beside it, as it was sent.
    """

    texts: tuple[CodeName, ...]
