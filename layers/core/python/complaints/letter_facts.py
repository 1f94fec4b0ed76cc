"""Facts about letters on paper, for people who have no mail address."""

from datetime import datetime

from complaints.fact import Fact


class LetterPrepared(Fact, frozen=True, kw_only=True):
    """A letter waits to be printed; `about` is the clock of an extension."""

    letter: str
    kind: str
    about: str | None = None


class LetterPosted(Fact, frozen=True, kw_only=True):
    """A printed letter was posted, or handed over; `told_at` is when."""

    letter: str
    kind: str
    told_at: datetime


LetterFact = LetterPrepared | LetterPosted
