"""A rule is tried on past cases: what it would have done is what it does, and nothing is written."""

from datetime import timedelta
from typing import Any

from complaints.automation.trial import TrialContext, would_apply
from complaints.automation.triggers import Rule
from complaints.case.workflow.automation import AutomationApplied
from complaints.casework.correspondence.messages import Add, Note
from complaints.casework.process.closing import Withdraw
from complaints.values.casework.automation import Trigger
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, FRIDAY, MONDAY, TUESDAY, WEDNESDAY, Story, a_complaint, a_member
from tests.complaints.automation.test_triggers import PHOTOGRAPH, applied, of, rule, run

GRACE = a_member("grace")


def tried(story: Story, rule: Rule) -> tuple[AutomationApplied, ...]:
    context = TrialContext(terms=story.terms, members=(GRACE,), question=PHOTOGRAPH, now=story.now)
    return would_apply(rule, of(story), context)


def test_a_trial_tells_what_a_rule_does() -> None:
    for tested in (
        rule(assign="grace", ask="photograph", task="Look", since=FRIDAY),
        rule(words=("lawyer",), when=Trigger.CHANGED, assign="nobody"),
        rule(when=Trigger.WAITS, wait_days=1),
        rule(words=("zebra",)),
    ):
        story, live = a_complaint().received(MONDAY), a_complaint().received(MONDAY)
        held = Rule(code=tested.code, version=1, record=rule(**_said(tested)).record)
        run(live, held, at=MONDAY, members=(GRACE,))
        for each in (story, live):
            each.does(COMPLAINANT, Add(text="My lawyer will write."), TUESDAY)
        run(live, held, at=TUESDAY, members=(GRACE,))
        run(live, held, at=TUESDAY + timedelta(days=2), members=(GRACE,))
        story.now = TUESDAY + timedelta(days=2)
        before = story.build()
        would = [(fact.cause, fact.done, fact.refused) for fact in tried(story, tested)]
        assert would[-1:] == [(fact.cause, fact.done, fact.refused) for fact in applied(live)][-1:]
        assert story.build() == before


def _said(tested: Rule) -> dict[str, Any]:
    names = ("when", "wait_days", "words", "assign", "ask", "task")
    return {name: getattr(tested.record, name) for name in names}


def test_a_wait_counts_each_time_and_ends_with_the_case() -> None:
    silent = rule(when=Trigger.WAITS, wait_days=1)
    story = a_complaint().received(MONDAY).does(ADA, Note(text="Rang."), WEDNESDAY)
    story.does(COMPLAINANT, Withdraw(), FRIDAY)
    story.now = FRIDAY + timedelta(days=9)
    assert [fact.cause for fact in tried(story, silent)] == [1, 2]


def test_a_rule_tried_on_five_hundred_past_cases_says_how_many_it_would_have_changed() -> None:
    """The 37 that name a zebra, and no others; each case stays as it was."""
    about = rule(words=("zebra*",), add_tags=("zebra",), assign="grace")
    past = [
        a_complaint().received(
            description=f"{'Zebras ate' if place % 13 == 7 and place < 488 else 'I lost'} it."
        )
        for place in range(500)
    ]
    before = [story.build() for story in past]
    changed = [story for story in past if tried(story, about)]
    assert len(changed) == 37
    assert [story.build() for story in past] == before
