"""Retention rules: how long a site keeps what people wrote in its cases, and why (clause 4)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from complaints.values.field_types import CodeName, ShortText
from complaints.values.strict_input import StrictInput

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
