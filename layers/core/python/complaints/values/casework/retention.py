"""Retention rules: how long a site keeps what people wrote in its cases, and why (clause 4).

What the retention rules of a site did on one day: a run that stops goes on where it stopped.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.values.field_types import CodeName, ShortText, StrictInput

Rules = tuple["RetentionRule", ...]


class KeptData(StrEnum):
    """What a rule is about: all that people wrote in a case, or one kind of it, which goes before the rest.

    Files go from the case, and with them the mails as they came that brought one. Letters go as they were
    sent: what was said stands in the case. Mails go from their list and as they came.
    """

    CASE = "case"
    FILES = "files"
    LETTERS = "letters"
    MAILS = "mails"


KINDS = (KeptData.FILES, KeptData.LETTERS, KeptData.MAILS)
"""What can be removed of a case before the rest."""


class CountedFrom(StrEnum):
    """When a period begins: as the case ended, or with the last contact, which is never before that."""

    CLOSING = "closing"
    LAST_CONTACT = "last_contact"


class RetentionBasis(StrEnum):
    """Why data is kept for so long, and no longer."""

    LAW = "law"
    CONTRACT = "contract"
    OWN = "own"


class RetentionRule(StrictInput, frozen=True, kw_only=True, omit_defaults=True):
    """`data` of each case of a `category`, or without one of every other case, is kept for so many `months`.

    `source` names the law or the contract, or says in own words why.
    """

    data: KeptData
    category: CodeName | None = None
    months: Annotated[int, Meta(ge=1, le=1200)]
    counted_from: CountedFrom
    basis: RetentionBasis
    source: ShortText

    @property
    def removes(self) -> object:
        """What changes when it becomes due, without why that is so."""
        return self.data, self.category, self.months, self.counted_from


class FormerRules(Struct, frozen=True, kw_only=True):
    """Rules that were changed: up to and including a date, what they would keep is kept."""

    rules: Rules = ()
    until: date


def effect(rules: Rules) -> frozenset[object]:
    """What rules remove, in whichever order they stand and for whatever reason."""
    return frozenset(each.removes for each in rules)


def rule_for(rules: Iterable[RetentionRule], data: KeptData, category: str | None) -> RetentionRule | None:
    """The rule of a category, else that of every other case."""
    about = [rule for rule in rules if rule.data is data]
    named = (rule for rule in about if category is not None and rule.category == category)
    return next(named, None) or next((rule for rule in about if rule.category is None), None)


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
