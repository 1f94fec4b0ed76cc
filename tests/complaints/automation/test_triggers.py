"""Automation rules: which apply to a case, because of what, and what each does or is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.automation.actions import application
from complaints.automation.moments import Moment, moments
from complaints.automation.triggers import Rule, due, holds, next_wait
from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.messages import InformationAsked
from complaints.case.workflow.automation import AutomationApplied
from complaints.casework.correspondence.messages import Add, Note
from complaints.casework.outcome.classification import Classify
from complaints.casework.process.closing import Withdraw
from complaints.casework.workflow.automation import ApplyAutomation
from complaints.context.decision_context import Context
from complaints.values.casework.automation import Automation, Reader, RuleState, Trigger
from complaints.values.casework.standard_texts import StandardText, TextUse
from complaints.values.field_types import Channel
from complaints.values.people import AUTOMATION, COMPLAINANT, Member
from tests.builders import ADA, FRIDAY, MONDAY, TUESDAY, WEDNESDAY, Story, a_complaint, a_member

PHOTOGRAPH = StandardText(
    title="Photograph",
    use=TextUse.QUESTION,
    texts={"en": "Dear {name},\n\nCould you send a photograph?\n\nYours, {member}"},
)


def rule(code: str = "damage", version: int = 1, **said: Any) -> Rule:
    usual: dict[str, Any] = {"title": "Damage", "state": RuleState.ON, "add_tags": ("damage",)}
    return Rule(code=code, version=version, record=Automation(**usual | said))


def of(story: Story) -> list[Moment]:
    return list(moments(story.reference, story.cases.entries(story.reference)))


def causes(story: Story, *rules: Rule, at: datetime | None = None) -> list[tuple[str, int]]:
    """Which rules apply to the case of a story, and because of which entry."""
    return [(each.rule.code, each.cause) for each in due(rules, of(story), at or story.now)]


def run(story: Story, *rules: Rule, at: datetime | None = None, members: tuple[Member, ...] = ()) -> None:
    """Applies what applies, as the stream does."""
    story.now = at or story.now
    for each in list(due(rules, of(story), story.now)):
        today = story.terms.today(story.now)
        command = application(each, of(story)[-1], site=story.terms.site, today=today, question=PHOTOGRAPH)
        apply(story, command, members)


def apply(story: Story, command: ApplyAutomation, members: tuple[Member, ...] = ()) -> None:
    context = Context(now=story.now, by=AUTOMATION, terms=story.terms, members=members)
    story.casework.carry_out(story.case, command, context)


def applied(story: Story) -> list[AutomationApplied]:
    return [fact for fact in story.facts if isinstance(fact, AutomationApplied)]


@pytest.mark.parametrize(
    ("said", "is_such"),
    [
        ({}, True),
        ({"categories": ("delivery.damaged", "delivery.late")}, True),
        ({"categories": ("delivery.late",)}, False),
        ({"words": ("BROKEN",)}, True),
        ({"words": ("six cups",)}, True),
        ({"words": ("cups six",)}, False),
        ({"words": ("brok",)}, False),
        ({"words": ("brok*",)}, True),
        ({"words": ("lawyer", "rain")}, True),
        ({"words": ("--",)}, False),
        ({"products": ("cup set",)}, True),
        ({"products": ("parcel",)}, False),
        ({"channels": (Channel.WEB,)}, True),
        ({"channels": (Channel.LETTER,)}, False),
        ({"languages": ("tr",)}, False),
        ({"tags": ("damage",)}, False),
        ({"own_field": "floor", "answers": ("3",)}, True),
        ({"own_field": "floor", "at_least": "2", "at_most": "3"}, True),
        ({"own_field": "floor", "at_least": "3.5"}, False),
        ({"own_field": "door"}, False),
        ({"categories": ("delivery.damaged",), "words": ("lawyer",)}, False),
    ],
)
def test_a_rule_applies_to_a_complaint_for_which_each_of_its_conditions_holds(
    said: dict[str, Any], is_such: bool
) -> None:
    story = a_complaint().received(MONDAY, product="A cup set", own_fields='{"floor":"3"}')
    assert causes(story, rule(**said)) == ([("damage", 1)] if is_such else [])


def test_a_rule_of_changes_applies_by_the_entry_of_a_person_by_which_the_complaint_became_such() -> None:
    angry = rule("angry", when=Trigger.CHANGED, words=("avukat*",))
    story = a_complaint().received(MONDAY)
    assert causes(story, angry) == []
    story.does(COMPLAINANT, Add(text="AVUKATIMA gideceğim."), TUESDAY)
    assert causes(story, angry) == [("angry", len(of(story)))]
    run(story, angry)
    story.does(COMPLAINANT, Add(text="Avukat!"), WEDNESDAY)
    assert causes(story, angry) == []


def test_a_rule_of_waiting_applies_once_to_each_wait_and_counts_from_when_it_was_changed() -> None:
    silent = rule("silent", when=Trigger.WAITS, wait_days=2, add_tags=(), task="Call them")
    story = a_complaint().received(MONDAY)
    assert next_wait([silent], of(story), MONDAY) == MONDAY + timedelta(days=2)
    assert causes(story, silent, at=TUESDAY) == []
    run(story, silent, at=WEDNESDAY)
    assert [fact.done for fact in applied(story)] == [("task",)]
    assert causes(story, silent, at=FRIDAY) == []
    assert next_wait([silent], of(story), FRIDAY) is None
    story.does(ADA, Note(text="Nobody answers."), FRIDAY)
    assert next_wait([silent], of(story), FRIDAY) == FRIDAY + timedelta(days=2)
    later = rule("silent", when=Trigger.WAITS, wait_days=2, task="Call", since=FRIDAY + timedelta(days=1))
    assert next_wait([later], of(story), FRIDAY) == FRIDAY + timedelta(days=3)


def test_s108_a_rule_does_not_apply_to_what_was_before_it_nor_to_a_case_that_has_ended() -> None:
    story = a_complaint().received(MONDAY)
    assert causes(story, rule(since=MONDAY + timedelta(seconds=1))) == []
    taken = replace(of(story)[0], complaint=replace(story.build(), channel=Channel.IMPORT))
    assert not holds(rule().record, taken)
    assert holds(rule(channels=(Channel.IMPORT,)).record, taken)
    assert causes(story, rule(state=RuleState.OFF)) == causes(story, rule(state=RuleState.REMOVED)) == []
    story.does(ADA, Classify(category="delivery.late"), TUESDAY)
    assert causes(story, rule(categories=("delivery.damaged",))) == []
    story.does(COMPLAINANT, Withdraw())
    assert causes(story, rule()) == []


def test_what_a_rule_does_stands_beside_the_fact_that_names_it_and_is_done_once() -> None:
    story = a_complaint().received(MONDAY)
    whole = rule(
        version=7,
        raise_to=3,
        tell=(Reader.MANAGER,),
        assign="grace",
        task="Look at it",
        task_days=1,
        ask="photograph",
    )
    for _ in range(2):
        run(story, whole, members=(a_member("grace"),))
    [fact] = applied(story)
    assert (fact.rule, fact.version, fact.when, fact.cause) == ("damage", 7, "received", 1)
    assert fact.done == ("ask", "classify", "prioritise", "assign", "task", "tell")
    assert fact.refused == ()
    after = story.build()
    assert after.assignee == "grace"
    assert after.stage == "awaiting_complainant"
    assert len(after.tasks) == 1
    assert after.priority == 3
    assert after.comes_first
    assert [letter.to for letter in story.cases.letters if letter.kind is LetterKind.NOTICE] == ["manager"]
    assert of(story)[-1].tags == ("damage",)
    [asked] = [fact for fact in story.facts if isinstance(fact, InformationAsked)]
    assert asked.text == "Dear Ngozi Okafor,\n\nCould you send a photograph?"


def test_rules_apply_in_their_order_and_to_what_people_did_alone() -> None:
    story = a_complaint().received(MONDAY)
    first = rule("first", position=1)
    second = rule("second", position=2, when=Trigger.CHANGED, tags=("damage",), task="Chained")
    run(story, second, first)
    run(story, second, first)
    story.does(ADA, Note(text="Looked at it."), TUESDAY)
    run(story, second, first)
    assert [fact.rule for fact in applied(story)] == ["first"]


def test_what_a_case_does_not_take_is_refused_by_itself_and_stands_beside_what_was_done() -> None:
    story = a_complaint().received(MONDAY)
    run(story, rule(assign="nobody", ask="photograph"))
    [fact] = applied(story)
    assert fact.done == ("ask", "classify")
    assert fact.refused == (("assign", "not-a-colleague"),)


def test_the_letter_of_a_question_that_a_rule_asked_quotes_the_question_alone() -> None:
    """A letter says the first text of its entry, which holds the tags and the task as well."""
    story = a_complaint().received(MONDAY)
    run(story, rule(task="Look at it", ask="photograph"))
    entry = story.build().number
    first = next(fact for number, fact in story.numbered_facts if number == entry)
    assert isinstance(first, InformationAsked)
