"""Contact plans: what is kept, what a limit needs, and that no limit stops anything of the person."""

from datetime import timedelta
from typing import Any

import pytest

from complaints.case.correspondence.letter import LetterKind
from complaints.case.people.contact_plan import ContactLimit, ContactPlan, ContactPlanDue, ContactPlanned
from complaints.casework.people.contact_plan import LONGEST, PlanContact
from complaints.handling.lifecycle import decide
from complaints.letters.superseded import is_obsolete
from complaints.values.errors import Forbidden, Invalid, Wrong
from tests.builders import ADA, MONDAY, RUTH, TUESDAY, Story, a_complaint, context
from tests.stories import responded

TODAY = MONDAY.date()
A_DAY = timedelta(days=1)
LIMITED: dict[str, Any] = {
    "limit": ContactLimit.IN_WRITING,
    "reason": "Staff were threatened on the telephone.",
    "review_on": TODAY + A_DAY,
}


def planned(story: Story, **fields: Any) -> Story:
    return story.does(RUTH, PlanContact(**{"plan": "Every Friday, by mail."} | fields))


def test_the_plan_and_its_reason_stand_outside_the_chain_and_the_last_one_holds() -> None:
    story = planned(a_complaint().received(), **LIMITED)
    entry = story.cases.entries(story.reference)[-1]
    [said] = [fact for fact in story.facts if isinstance(fact, ContactPlanned)]
    assert b"Friday" not in entry.data
    assert b"threatened" not in entry.data
    assert story.build().contact_plan == ContactPlan(
        entry=entry.number, limit=ContactLimit.IN_WRITING, review_on=TODAY + A_DAY, review_at=said.review_at
    )
    planned(story, plan="As with everybody.")
    assert story.build().contact_plan == ContactPlan(entry=entry.number + 1)


def test_the_person_is_told_of_a_limit_and_of_its_end_where_staff_say_so() -> None:
    story = planned(a_complaint().received(), **LIMITED)
    planned(story, **LIMITED | {"tell": True})
    planned(story, tell=True)
    told = [each for each in story.cases.letters if each.kind is LetterKind.CONTACT_LIMIT]
    assert [(each.limit, each.due_on, bool(each.text_entry)) for each in told] == [
        (ContactLimit.IN_WRITING, TODAY + A_DAY, True),
        (None, None, False),
    ]


def test_staff_are_reminded_of_the_review_once_also_when_the_case_is_closed() -> None:
    story = planned(a_complaint().received().assigned().assessed().decided().responded(), **LIMITED)
    story.accepted()
    assert story.build().next_at is not None
    assert not story.build().stage.is_open
    story.ticked(TUESDAY).ticked(TUESDAY + timedelta(hours=1))
    [due] = [fact for fact in story.facts if isinstance(fact, ContactPlanDue)]
    assert story.build().contact_plan is not None
    notice = story.letter("escalation")
    assert (notice.to, notice.member, notice.clock, notice.due) == ("owner", "grace", "contact_plan", due.due)
    assert not is_obsolete(notice, story.build())
    planned(story, plan="As with everybody.")
    assert is_obsolete(notice, story.build())
    plan = story.build().contact_plan
    assert plan is not None
    assert plan.next_moment is None


def test_it_is_to_be_reviewed_from_its_date_on() -> None:
    plan = ContactPlan(entry=1, limit=ContactLimit.SET_TIMES, review_on=TODAY)
    assert [plan.is_to_review(TODAY + days * A_DAY) for days in (-1, 0, 1)] == [False, True, True]
    assert not ContactPlan(entry=1).is_to_review(TODAY)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"reason": None}, ("/reason", "missing")),
        ({"review_on": None}, ("/review_on", "missing")),
        ({"review_on": TODAY}, ("/review_on", "past")),
        ({"review_on": TODAY + LONGEST + A_DAY}, ("/review_on", "too-far")),
        ({"limit": None, "reason": None, "review_on": TODAY}, ("/review_on", "past")),
        ({"limit": None, "reason": None, "review_on": None, "tell": True}, ("/tell", "no-limit")),
    ],
)
def test_a_limit_needs_a_reason_and_an_end_within_a_year(
    fields: dict[str, Any], wrong: tuple[str, str]
) -> None:
    command = PlanContact(plan="By mail.", **LIMITED | fields)
    with pytest.raises(Invalid) as refused:
        decide(a_complaint().received().build(), command, context(RUTH))
    assert refused.value.errors == (Wrong(*wrong),)


def test_who_works_on_cases_alone_limits_nobody() -> None:
    with pytest.raises(Forbidden):
        decide(a_complaint().received().build(), PlanContact(plan="By mail."), context(ADA))


def test_a_limit_stops_nothing_that_the_person_does() -> None:
    story = planned(responded(), **LIMITED)
    story.wrote("The cups are still broken.", TUESDAY).disagreed(TUESDAY)
    assert story.build().level == 2
    assert story.build().contact_plan is not None
