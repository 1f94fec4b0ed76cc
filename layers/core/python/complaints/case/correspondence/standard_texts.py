"""The fact about standard texts."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.values.field_types import CodeName

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class StandardTextsUsed(Fact, frozen=True, kw_only=True):
    """Standard texts of the site were chosen for what was written, by their codes: so their use is counted.

    What was written stands in the facts beside it, as it was sent.
    """

    texts: tuple[CodeName, ...]

    def apply(self, complaint: "Complaint") -> "Complaint":
        """The complaint with how often each text was used in it."""
        times = dict(complaint.texts_used)
        times |= {code: times.get(code, 0) + 1 for code in self.texts}
        return replace(complaint, texts_used=tuple(times.items()))
