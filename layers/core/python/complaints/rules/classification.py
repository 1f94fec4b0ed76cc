"""Classification (clauses 7.5 and 8.2): the organisation says what a complaint is about, at any time.

The complainant's own category stays on record beside it. What hangs on the category of a case (promises,
who may see it, its queue, figures) reads `Complaint.category` and so follows with the same entry.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.commands.outcome.classification import Classify
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.outcome.classification import Classified
from complaints.model.complaint import Complaint
from complaints.model.outcome.classification import Classification
from complaints.rules.sensitive_cases import owner_lost
from complaints.values.codes import CodeList, is_within
from complaints.values.errors import Invalid, Wrong
from complaints.values.text.normalization import nfc


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
        product=command.product,
        order_number=command.order_number,
        place=command.place,
        tags=", ".join(dict.fromkeys(map(nfc, command.tags))) if command.tags else None,
        untagged=command.tags == (),
        reason=command.reason,
    )
    category = command.category or complaint.category
    categories = {each for each in (category, *complaint.other_categories) if each}
    return [fact, *owner_lost(complaint, categories, context)]


def classified(complaint: Complaint, fact: Classified) -> Complaint:
    """A new category ends a sub-category of the one before; the first one keeps the complainant's."""
    before = complaint.classification or Classification(told=complaint.category)
    category = fact.category or complaint.category
    subcategory = before.subcategory if category == complaint.category else None
    entry = complaint.number + 1
    return replace(
        complaint,
        category=category,
        classification=replace(
            before,
            subcategory=fact.subcategory or subcategory,
            product=entry if fact.product is not None else before.product,
            order_number=entry if fact.order_number is not None else before.order_number,
            place=entry if fact.place is not None else before.place,
            tags=None if fact.untagged else entry if fact.tags is not None else before.tags,
        ),
    )


def _wrong(complaint: Complaint, command: Classify, context: Context) -> Iterator[Wrong]:
    codes, current = context.terms.site.codes, complaint.classification
    category, subcategory = command.category or complaint.category, command.subcategory
    names_code = command.category is not None or subcategory is not None
    is_known = current and category == complaint.category and subcategory in (None, current.subcategory)
    words = (command.product, command.order_number, command.place, command.tags)
    if all(each is None for each in words) and (not names_code or is_known):
        yield Wrong("", "nothing-to-change")
    if category and category != complaint.category and not codes.offers(CodeList.CATEGORIES, category):
        yield Wrong("/category", "unknown-value")
    if subcategory and not (current and subcategory == current.subcategory):
        if not codes.offers(CodeList.SUBCATEGORIES, subcategory):
            yield Wrong("/subcategory", "unknown-value")
        elif not (category and is_within(subcategory, category)):
            yield Wrong("/subcategory", "of-another-category")
