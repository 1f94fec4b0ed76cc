"""Survey about the handling (clause 8.3) as data: asked once, and answered, declined or neither.

The answers themselves are stored elsewhere.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.fact import Fact
from complaints.values.field_types import Mark

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


OPEN_FOR = timedelta(days=30)


class Survey(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The complainant was asked at `sent_at`; they have answered, declined, or done neither.

    Free words stand in the answer of `text_entry`, if there are any (0: none). Somebody looked at them at
    `looked_at`; what may be read of them stands in `cleared_entry` (0: nothing).
    """

    sent_at: datetime
    answered_at: datetime | None = None
    declined_at: datetime | None = None
    text_entry: int = 0
    looked_at: datetime | None = None
    cleared_entry: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether an answer is still waited for."""
        return not (self.answered_at or self.declined_at) and now <= self.sent_at + OPEN_FOR


class SurveySent(Fact, frozen=True, kw_only=True):
    """The mail service took the invitation at `told_at`; `letter` is the one that holds it."""

    PUBLIC = "survey_sent"

    letter: str
    told_at: datetime

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, survey=Survey(sent_at=self.told_at))


class SurveyAnswered(Fact, frozen=True, kw_only=True):
    """How the complainant saw the handling, each statement from 1 (disagree) to 5 (agree).

    `outcome` is about the result, and is reported apart. The case shows none of it.
    """

    PRIVATE = ("text",)
    UNSHOWN = ("easy", "respect", "understood", "time", "outcome", "text")
    PUBLIC = "survey_answered"

    easy: Mark
    respect: Mark
    understood: Mark
    time: Mark
    outcome: Mark | None = None
    text: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.survey is not None
        entry = 0 if self.text is None else complaint.number + 1
        return replace(complaint, survey=replace(complaint.survey, answered_at=self.at, text_entry=entry))


class SurveyDeclined(Fact, frozen=True, kw_only=True):
    """The complainant does not want to be asked."""

    PUBLIC = "survey_declined"

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.survey is not None
        return replace(complaint, survey=replace(complaint.survey, declined_at=self.at))


class SurveyTextCleared(Fact, frozen=True, kw_only=True):
    """Somebody looked at what was added in free words: `text` is what may be read of it, without identity;
    with none, nothing may."""

    PRIVATE = ("text",)
    UNSHOWN = ("text",)

    text: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        assert complaint.survey is not None
        entry = 0 if self.text is None else complaint.number + 1
        return replace(complaint, survey=replace(complaint.survey, looked_at=self.at, cleared_entry=entry))


SurveyFact = SurveySent | SurveyAnswered | SurveyDeclined | SurveyTextCleared
