"""The codes by which a site sorts its complaints: the standard ones, renamed and added to, never lost.

A code is a draft until it is first offered; from then on a case may hold it, so it can be retired, and
never removed.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from complaints.values.field_types import (
    Category,
    Cause,
    CodeName,
    CorrectiveAction,
    Language,
    Outcome,
    RemedyKind,
)

Label = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$(?!\n)")]


class CodeList(StrEnum):
    """What a code says something about; the value is the field of `Codes`."""

    CATEGORIES = "categories"
    SUBCATEGORIES = "subcategories"
    CAUSES = "causes"
    REMEDIES = "remedies"
    OUTCOMES = "outcomes"
    ACTIONS = "actions"


DATA_REQUEST = "kind:personal_data"
"""What stands among the categories of a request about personal data, as if it were one: it decides who may
see it. No code has a colon."""


class Code(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One code. `labels` (by language) stand in place of the standard words.

    `like` is the standard outcome that an outcome of the site's own counts as. `topic` and `product` are
    what promise packs call the matter of a category, such as `personal_data` or `payment_service`. Cases of a
    category that is `sensitive` are there for cleared members alone. Who complains in a category that is
    `sealed` is known to custodians alone. `dangerous` says whether a category alarms; where a site says
    nothing, that of unsafe products does.
    """

    code: CodeName
    labels: dict[Language, Label] = {}
    state: Literal["draft", "offered", "retired"] = "offered"
    like: Outcome | None = None
    topic: CodeName | None = None
    product: CodeName | None = None
    sensitive: bool = False
    dangerous: bool | None = None
    sealed: bool = False

    @property
    def is_offered(self) -> bool:
        return self.state == "offered"


def _all(words: Iterable[StrEnum]) -> tuple[Code, ...]:
    return tuple(Code(code=word.value) for word in words)


STANDARD: dict[CodeList, tuple[Code, ...]] = {
    CodeList.CATEGORIES: _all(Category),
    CodeList.SUBCATEGORIES: (),
    CodeList.CAUSES: _all(Cause),
    CodeList.REMEDIES: _all(RemedyKind),
    CodeList.OUTCOMES: _all(Outcome),
    CodeList.ACTIONS: _all(CorrectiveAction),
}

_NAMES = {code_list: frozenset(code.code for code in codes) for code_list, codes in STANDARD.items()}

_DANGEROUS = frozenset({Category.PRODUCT_UNSAFE})

_TOPICS: dict[str, str] = {
    Category.PRIVACY_DATA_MISUSE: "personal_data",
    Category.PRIVACY_UNWANTED_CONTACT: "personal_data",
    Category.PRODUCT_DEFECTIVE: "repair",
}


class Codes(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The codes of one site, in the order in which they are offered.

    Sub-categories are all of the site's own: `delivery.damaged.by_rain` is one of `delivery.damaged`.
    `returns` say what a code is in a regulator's return, where the site says otherwise than the return: by
    the names of return and grouping, and by own code. The code `none` stands for a case without one.
    """

    categories: tuple[Code, ...] = STANDARD[CodeList.CATEGORIES]
    subcategories: tuple[Code, ...] = STANDARD[CodeList.SUBCATEGORIES]
    causes: tuple[Code, ...] = STANDARD[CodeList.CAUSES]
    remedies: tuple[Code, ...] = STANDARD[CodeList.REMEDIES]
    outcomes: tuple[Code, ...] = STANDARD[CodeList.OUTCOMES]
    actions: tuple[Code, ...] = STANDARD[CodeList.ACTIONS]
    returns: dict[str, dict[str, dict[str, str]]] = {}

    def of(self, code_list: CodeList) -> tuple[Code, ...]:
        """One of the lists."""
        codes: tuple[Code, ...] = getattr(self, code_list)
        return codes

    def find(self, code_list: CodeList, name: str) -> Code | None:
        for code in self.of(code_list):
            if code.code == name:
                return code
        return None

    def offers(self, code_list: CodeList, name: str) -> bool:
        """Whether this code may be chosen for something new."""
        code = self.find(code_list, name)
        return code is not None and code.is_offered

    @property
    def sensitive(self) -> frozenset[str]:
        """The categories whose cases are there for cleared members alone, retired ones included."""
        return frozenset(each.code for each in self.categories if each.sensitive)

    @property
    def sealed(self) -> frozenset[str]:
        """The categories in which it is sealed who complains, retired ones included."""
        return frozenset(each.code for each in self.categories if each.sealed)

    @property
    def dangerous(self) -> frozenset[str]:
        """The categories by which a danger to somebody is known (clause 7.5), retired ones included."""
        return frozenset(each.code for each in self.categories if is_dangerous(each))

    def offered(self, code_list: CodeList) -> Iterator[Code]:
        return (code for code in self.of(code_list) if code.is_offered)

    def label(self, code_list: CodeList, name: str, language: str, other: str) -> str | None:
        """The site's own words for a code, if it has any; in the `other` language only for a code of its own,
        for which there are no standard words."""
        code = self.find(code_list, name)
        labels = code.labels if code else {}
        return labels.get(language) or (None if is_standard(code_list, name) else labels.get(other))


def is_within(subcategory: str, category: str) -> bool:
    """Whether a sub-category is one of a category: its code begins with that of the category.

    >>> is_within("delivery.damaged.by_rain", "delivery.damaged")
    True
    """
    return subcategory.startswith(f"{category}.")


def is_dangerous(category: Code) -> bool:
    """Whether a complaint of this category alarms: as the site says, or what is plain of a standard one."""
    return category.code in _DANGEROUS if category.dangerous is None else category.dangerous


def topic_of(category: Code) -> str | None:
    """What packs call the matter of a category: the site's own word, or what is plain of a standard one."""
    return category.topic or _TOPICS.get(category.code)


def is_standard(code_list: CodeList, name: str) -> bool:
    """Whether every installation has words for this code."""
    return name in _NAMES[code_list]
