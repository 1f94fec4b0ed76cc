"""What the retention rules of a site did on one day: a run that stops goes on where it stopped."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from complaints.values.casework.retention import KeptData, RetentionRule

MOST_NAMED = 200
"""How many cases a run names. Each case says itself that it was erased, and by which rule."""


class RetentionCandidate(Struct, frozen=True):
    """An ended case, as the index knows it; `place` is where it stands there, `gone` the kinds of data that
    need not be looked for in it."""

    reference: str
    ended_at: datetime
    category: str | None
    place: str
    gone: frozenset[KeptData] = frozenset()


class RetentionRun(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A run of a `day` at a site, up to `place`; `doing` is the case that it was about to ask for.

    `erased` counts by rule the cases that were erased, or of which one kind of data was removed, `kept` by
    reason what was due and kept. `cases` are the first of those of which anything was removed.
    """

    site: str
    day: date
    began_at: datetime
    revision: int = 0
    ended_at: datetime | None = None
    place: str | None = None
    doing: str = ""
    erased: dict[str, int] = {}
    kept: dict[str, int] = {}
    cases: tuple[str, ...] = ()

    def after_asking(self, reference: str, rules: Iterable[RetentionRule]) -> "RetentionRun":
        """It has asked for what these rules remove of a case."""
        cases = self.cases if len(self.cases) >= MOST_NAMED else (*self.cases, reference)
        erased = dict(self.erased)
        for name in map(name_of, rules):
            erased[name] = erased.get(name, 0) + 1
        return replace(self, doing="", erased=erased, cases=cases)

    def after_keeping(self, why: str) -> "RetentionRun":
        """A case is kept although it is due."""
        return replace(self, doing="", kept=self.kept | {why: self.kept.get(why, 0) + 1})


def name_of(rule: RetentionRule) -> str:
    """The data and the category that a rule is about."""
    return f"{rule.data}/{rule.category}" if rule.category else str(rule.data)
