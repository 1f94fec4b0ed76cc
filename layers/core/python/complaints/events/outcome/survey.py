"""Facts about the survey about the handling (clause 8.3): asked once, and answered, declined or neither."""

from datetime import datetime

from complaints.events.event import Fact
from complaints.values.field_types import Mark


class SurveySent(Fact, frozen=True, kw_only=True):
    """The mail service took the invitation at `told_at`; `letter` is the one that holds it."""

    letter: str
    told_at: datetime


class SurveyAnswered(Fact, frozen=True, kw_only=True):
    """How the complainant saw the handling, each statement from 1 (disagree) to 5 (agree).

    `outcome` is about the result, and is reported apart. The case shows none of it.
    """

    PRIVATE = ("text",)
    UNSHOWN = ("easy", "respect", "understood", "time", "outcome", "text")

    easy: Mark
    respect: Mark
    understood: Mark
    time: Mark
    outcome: Mark | None = None
    text: str | None = None


class SurveyDeclined(Fact, frozen=True, kw_only=True):
    """The complainant does not want to be asked."""


class SurveyTextCleared(Fact, frozen=True, kw_only=True):
    """Somebody looked at what was added in free words: `text` is what may be read of it, without identity;
    with none, nothing may."""

    PRIVATE = ("text",)
    UNSHOWN = ("text",)

    text: str | None = None


SurveyFact = SurveySent | SurveyAnswered | SurveyDeclined | SurveyTextCleared
