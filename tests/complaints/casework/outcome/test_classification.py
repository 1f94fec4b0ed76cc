"""Classification: the organisation says what a complaint is about, beside the complainant's words."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import decode
from complaints.case.complaint import Complaint
from complaints.case.outcome.classification import Classified
from complaints.case.workflow.assignment import Unassigned
from complaints.casework.outcome.classification import Classify
from complaints.handling import lifecycle
from complaints.values.codes import Code, Codes
from complaints.values.errors import Invalid, Wrong
from tests.builders import ADA, GRACE, TUESDAY, Story, a_complaint, a_member, context

BY_RAIN, LATE = "delivery.damaged.by_rain", "delivery.late"
SENSITIVE = "privacy.data_misuse"
CODES = Codes(
    categories=(
        *(code for code in Codes().categories if code.code != SENSITIVE),
        Code(code=SENSITIVE, sensitive=True),
        Code(code="delivery.drone", state="retired"),
    ),
    subcategories=(Code(code=BY_RAIN), Code(code="delivery.damaged.by_forklift", state="draft")),
)


def classified(story: Story | None = None, **fields: Any) -> Story:
    return (story or a_complaint(codes=CODES).received()).does(ADA, Classify(**fields), TUESDAY)


def wrong(complaint: Complaint, **fields: Any) -> tuple[Wrong, ...]:
    with pytest.raises(Invalid) as refused:
        lifecycle.decide(complaint, Classify(**fields), context(terms=a_complaint(codes=CODES).terms))
    return refused.value.errors


def test_the_organisations_category_counts_and_the_complainants_stays_beside_it() -> None:
    complaint = classified(category=LATE, reason="It came in June.").build()
    assert (complaint.category, complaint.told_category) == (LATE, "delivery.damaged")
    again = classified(classified(category=LATE), category="product.defective").build()
    assert (again.category, again.told_category) == ("product.defective", "delivery.damaged")


def test_until_somebody_says_otherwise_the_complainants_category_is_the_organisations() -> None:
    complaint = a_complaint().received().build()
    assert (complaint.category, complaint.told_category) == ("delivery.damaged", "delivery.damaged")


def test_a_case_without_a_category_such_as_one_by_mail_gets_one() -> None:
    complaint = classified(a_complaint().received(category=None), category=LATE).build()
    assert (complaint.category, complaint.told_category) == (LATE, None)


def test_a_sub_category_goes_with_its_category() -> None:
    story = classified(subcategory=BY_RAIN)
    about = story.build().classification
    assert about is not None
    assert about.subcategory == BY_RAIN
    moved = classified(story, category=LATE).build().classification
    assert moved is not None
    assert moved.subcategory is None


def test_what_staff_wrote_stands_outside_the_chain() -> None:
    words = {
        "product": "Model walrus",
        "order_number": "4711",
        "place": "Walrus Street",
        "reason": "walrus",
    }
    story = classified(None, **words, tags=("walrus", "winter sale", "walrus"))
    assert b"alrus" not in story.cases.entries(story.reference)[-1].data
    (fact,) = [fact for fact in story.facts if isinstance(fact, Classified)]
    assert (fact.product, fact.order_number, fact.place, fact.reason) == tuple(words.values())
    assert fact.tags == "walrus, winter sale"


def test_the_state_says_in_which_entries_the_last_words_stand() -> None:
    story = classified(classified(product="Cup", place="Izmir", tags=("rain",)), product="Lid")
    about = story.build().classification
    assert about is not None
    assert (about.product, about.place, about.tags) == (3, 2, 2)
    numbered = classified(story, order_number="4711").build().classification
    assert numbered is not None
    assert (numbered.order_number, sorted(numbered.entries)) == (4, [2, 3, 4])
    untagged = classified(story, tags=()).build().classification
    assert untagged is not None
    assert untagged.entries == {2, 3, 4}
    assert untagged.tags is None


def test_what_changes_nothing_is_refused() -> None:
    story = a_complaint(codes=CODES).received()
    assert wrong(story.build(), reason="Why not?") == (Wrong("", "nothing-to-change"),)
    agreed = classified(story, category="delivery.damaged", subcategory=BY_RAIN).build()
    same = wrong(agreed, category="delivery.damaged", subcategory=BY_RAIN)
    assert same == (Wrong("", "nothing-to-change"),)


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"category": "delivery.walrus"}, Wrong("/category", "unknown-value")),
        ({"category": "delivery.drone"}, Wrong("/category", "unknown-value")),
        ({"subcategory": "delivery.damaged.walrus"}, Wrong("/subcategory", "unknown-value")),
        ({"subcategory": "delivery.damaged.by_forklift"}, Wrong("/subcategory", "unknown-value")),
        ({"category": LATE, "subcategory": BY_RAIN}, Wrong("/subcategory", "of-another-category")),
    ],
)
def test_codes_are_those_that_the_site_offers(fields: dict[str, str], flaw: Wrong) -> None:
    assert wrong(a_complaint().received().build(), **fields) == (flaw,)


def test_a_retired_category_that_a_case_has_may_be_said_again() -> None:
    story = classified(
        a_complaint(codes=CODES).received(category="delivery.drone"), category="delivery.drone"
    )
    assert story.build().classification is not None


def test_an_owner_who_may_not_see_the_case_any_more_loses_it() -> None:
    story = a_complaint(codes=CODES).received().assigned("grace")
    classify = Classify(category=SENSITIVE)
    assert story.does(GRACE, classify, TUESDAY, a_member("grace")).build().assignee is None
    kinds = [type(fact) for fact in decode(story.cases.entries(story.reference)[-1].data).facts]
    assert kinds == [Classified, Unassigned]


def test_a_cleared_owner_keeps_a_case_that_becomes_sensitive() -> None:
    story = a_complaint(codes=CODES).received().assigned("grace")
    cleared = replace(a_member("grace"), sensitive=True)
    assert story.does(GRACE, Classify(category=SENSITIVE), TUESDAY, cleared).build().assignee == "grace"
