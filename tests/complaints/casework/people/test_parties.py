"""The parties beside the complainant: authority to act for somebody, and who is complained about."""

from datetime import date, timedelta
from typing import Any

import pytest

from complaints.case.people.parties import AuthorityStep, RespondentKind, SideAsked
from complaints.casework.people.contact_details import receipt_in_force
from complaints.casework.people.parties import MOST_RESPONDENTS, NameRespondent, RecordSide, Represent
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid, NotNow, Wrong
from tests.builders import ADA, MONDAY, TUESDAY, Story, a_complaint, context

TODAY = MONDAY.date()
DEPOT = NameRespondent(name="Depot North", kind=RespondentKind.UNIT)


def checked(story: Story, until: date | None = None) -> Story:
    return story.does(ADA, Represent(authority=AuthorityStep.CHECKED, until=until), TUESDAY)


def test_the_authority_says_who_checked_it_and_until_when_it_holds() -> None:
    end = TODAY + timedelta(days=30)
    authority = checked(a_complaint().received(represented="Bob"), end).build().authority
    assert authority is not None
    assert (authority.by, authority.at) == ("ada", TUESDAY)
    assert (authority.holds(end), authority.holds(end + timedelta(days=1))) == (True, False)


@pytest.mark.parametrize("step", [AuthorityStep.ASKED, AuthorityStep.RECEIVED, AuthorityStep.REFUSED])
def test_what_is_not_checked_does_not_hold(step: AuthorityStep) -> None:
    authority = a_complaint().received().does(ADA, Represent(authority=step)).build().authority
    assert authority is not None
    assert not authority.holds(TODAY)


def test_who_is_represented_is_corrected_outside_the_chain() -> None:
    story = a_complaint().received(represented="Bob", relation="friend")
    story.does(ADA, Represent(represented="Robert Okafor"))
    receipt = receipt_in_force(story.numbered_facts, story.build().contact)
    assert receipt is not None
    assert (receipt.represented, receipt.relation) == ("Robert Okafor", "friend")
    assert b"Robert" not in story.cases.entries(story.reference)[-1].data


def test_the_end_of_a_representation_leaves_nobody_represented() -> None:
    story = checked(a_complaint().received(represented="Bob", relation="friend"))
    story.does(ADA, Represent(authority=AuthorityStep.ENDED))
    receipt = receipt_in_force(story.numbered_facts, story.build().contact)
    assert receipt is not None
    assert (receipt.represented, receipt.relation, story.build().authority) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"authority": AuthorityStep.ASKED, "until": TODAY}, Wrong("/until", "not-checked")),
        ({"authority": AuthorityStep.CHECKED, "until": TODAY - timedelta(days=1)}, Wrong("/until", "past")),
        ({"authority": AuthorityStep.ENDED, "represented": "Bob"}, Wrong("/represented", "twice")),
        ({"evidence": "A letter."}, Wrong("", "nothing-to-change")),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, Any], wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refused:
        decide(a_complaint().received().build(), Represent(**fields), context())
    assert refused.value.errors == (wrong,)


def test_the_side_of_who_is_complained_about_is_asked_for_and_recorded() -> None:
    story = a_complaint().received().does(ADA, DEPOT).does(ADA, RecordSide(respondent="r1"), TUESDAY)
    assert isinstance(story.facts[-1], SideAsked)
    story.does(ADA, RecordSide(respondent="r1", side="Nobody opened."))
    (respondent,) = story.build().respondents
    assert (respondent.asked_at, respondent.side, respondent.kind) == (TUESDAY, 4, RespondentKind.UNIT)


def test_a_side_is_that_of_somebody_who_is_named() -> None:
    story = a_complaint().received()
    with pytest.raises(NotNow):
        decide(story.build(), RecordSide(respondent="r1"), context())
    with pytest.raises(Invalid) as refused:
        decide(story.does(ADA, DEPOT).build(), RecordSide(respondent="r2"), context())
    assert refused.value.errors == (Wrong("/respondent", "unknown-value"),)


def test_ten_can_be_complained_about_and_no_eleventh() -> None:
    story = a_complaint().received()
    for _ in range(MOST_RESPONDENTS):
        story.does(ADA, DEPOT)
    with pytest.raises(Invalid) as refused:
        decide(story.build(), DEPOT, context())
    assert refused.value.errors == (Wrong("/name", "too-many", MOST_RESPONDENTS),)
