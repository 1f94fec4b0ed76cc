"""Classification (clauses 7.5 and 8.2): the organisation says what a complaint is about, at any time.

The complainant's own category stays on record beside it. What hangs on the category of a case (promises,
who may see it, its queue, figures) reads `Complaint.category` and so follows with the same entry.
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.classification import WORDS, Classified
from complaints.casework.command import ALL, ANY, WHY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.people.sensitive_cases import owner_lost
from complaints.context.decision_context import Context
from complaints.values.codes import CodeList, is_within
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import CodeName, ShortText, Text
from complaints.values.people import CASE_ROLES
from complaints.values.text.normalization import nfc

MOST_TAGS = 10

_WORD = r"[^\s,\x00-\x1f\x7f-\x9f]+"
Tag = Annotated[str, Meta(min_length=1, max_length=40, pattern=rf"^{_WORD}( {_WORD})*$(?!\n)")]
"""One short word, or a few with single spaces between them; no comma, because that separates tags."""


class Classify(StaffCommand, frozen=True, kw_only=True):
    """Category and sub-category of the organisation's own, product, order number, place and tags.

    What is left out stays as it was. `tags` are all that the case has from then on.
    """

    verb = "classify"
    category: CodeName | None = None
    subcategory: CodeName | None = None
    product: ShortText | None = None
    order_number: ShortText | None = None
    place: ShortText | None = None
    tags: Annotated[tuple[Tag, ...], Meta(max_length=MOST_TAGS)] | None = None
    reason: Text | None = None


def classify(complaint: Complaint, command: Classify, context: Context) -> list[Fact]:
    """Puts on record what the case is about. An owner who may not see it any more loses it.

    Raises `Invalid` for a code that the site does not offer, a sub-category of another category, and a
    command that changes nothing.
    """
    if wrong := tuple(_wrong(complaint, command, context)):
        raise Invalid(*wrong)
    fact = Classified(
        at=context.now,
        by=context.by,
        category=command.category,
        subcategory=command.subcategory,
        **{name: getattr(command, name) for name in WORDS},
        tags=", ".join(dict.fromkeys(map(nfc, command.tags))) if command.tags else None,
        untagged=command.tags == (),
        reason=command.reason,
    )
    category = command.category or complaint.category
    categories = {each for each in (category, *complaint.other_categories) if each}
    return [fact, *owner_lost(complaint, categories, context)]


def _wrong(complaint: Complaint, command: Classify, context: Context) -> Iterator[Wrong]:
    codes, current = context.terms.site.codes, complaint.classification
    category, subcategory = command.category or complaint.category, command.subcategory
    names_code = command.category is not None or subcategory is not None
    is_known = current and category == complaint.category and subcategory in (None, current.subcategory)
    if all(getattr(command, name) is None for name in (*WORDS, "tags")) and (not names_code or is_known):
        yield Wrong("", "nothing-to-change")
    if category and category != complaint.category and not codes.offers(CodeList.CATEGORIES, category):
        yield Wrong("/category", "unknown-value")
    if subcategory and not (current and subcategory == current.subcategory):
        if not codes.offers(CodeList.SUBCATEGORIES, subcategory):
            yield Wrong("/subcategory", "unknown-value")
        elif not (category and is_within(subcategory, category)):
            yield Wrong("/subcategory", "of-another-category")


STAFF = (
    StaffDeclaration(
        Classify,
        classify,
        ALL,
        must_be_free,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=35,
        in_macros=True,
        summary="Classifies the case: the organisation's own category, product, place and tags",
        example={"category": "delivery.damaged", "tags": ["fragile"], "reason": WHY},
    ),
)
