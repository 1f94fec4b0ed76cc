"""No rule loops, and none goes past a permission, a second person, or the fence around sensitive cases."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.automation.triggers import Rule
from complaints.case.correspondence.letter import LetterKind
from complaints.case.fact import Fact
from complaints.case.workflow.automation import AutomationApplied
from complaints.casework.command import StaffCommand
from complaints.casework.correspondence.messages import Add, Note
from complaints.casework.outcome.classification import Classify
from complaints.casework.workflow.assignment import Assign
from complaints.casework.workflow.automation import MOST_TIMES, ApplyAutomation
from complaints.context.decision_context import Context
from complaints.handling.automation import ACTIONS
from complaints.handling.lifecycle import decide
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.casework.automation import Reader, Trigger
from complaints.values.codes import Code, Codes
from complaints.values.errors import Forbidden, Refusal
from complaints.values.people import AUTOMATION, COMPLAINANT, Role
from tests.builders import ADA, DEMO, MONDAY, Story, a_complaint, a_member, context
from tests.complaints.automation.test_triggers import applied, causes, of, rule, run
from tests.complaints.situations import COMMANDS, SITUATIONS

DAY = timedelta(days=1)
PLAIN, CLEARED = a_member("grace"), a_member("rex", sensitive=True)
HIDDEN = replace(DEMO, codes=Codes(categories=(Code(code="delivery.damaged", sensitive=True),)))


def application(facts: list[Fact]) -> AutomationApplied:
    [applied] = [fact for fact in facts if isinstance(fact, AutomationApplied)]
    return applied


def as_rules(story: Story, *actions: StaffCommand) -> ApplyAutomation:
    return ApplyAutomation(rule="any", title="Any", version=1, when="received", cause=1, actions=actions)


def test_s106_rules_ask_for_few_things_and_for_nothing_that_decides_about_a_case() -> None:
    assert {command.verb for command in ACTIONS} == {
        "assign",
        "classify",
        "prioritise",
        "ask",
        "task",
        "tell",
    }
    story = a_complaint().received()
    for verb, declared in STAFF_COMMANDS.items():
        if declared.command in ACTIONS:
            continue
        try:
            decide(story.build(), COMMANDS[verb], context(AUTOMATION))
        except Forbidden:
            continue
        raise AssertionError(verb)


def test_a_rule_is_refused_whatever_staff_are_refused_in_every_situation() -> None:
    """A neutral agent who is asked for the same is the measure; and rules do not say what a case is about."""
    for situation in SITUATIONS.values():
        story = situation()
        for verb in ("assign", "prioritise", "ask", "task", "tell"):
            said = COMMANDS[verb]
            assert isinstance(said, StaffCommand)
            known = Context(
                now=story.now, by=ADA, terms=story.terms, colleague=PLAIN, members=(PLAIN, CLEARED)
            )
            by_rules = replace(known, by=AUTOMATION, colleague=None)
            try:
                decide(story.build(), said, replace(known, by=replace(ADA, id="nobody else")))
                expected = True
            except Refusal:
                expected = False
            try:
                facts = decide(story.build(), as_rules(story, said), by_rules)
                is_done = verb in application(facts).done
            except Refusal:
                is_done = False
            assert is_done == (expected and story.build().stage.is_open), (situation.__name__, verb)
    story = a_complaint().received()
    facts = decide(story.build(), as_rules(story, Classify(category="delivery.late")), context(AUTOMATION))
    assert application(facts).refused == (("classify", "forbidden"),)


def test_s105_a_rule_gives_a_sensitive_case_to_nobody_who_is_not_cleared() -> None:
    story = Story(HIDDEN).received(MONDAY)
    run(story, rule("first", assign="grace", task="Look", task_to="grace"), members=(PLAIN, CLEARED))
    run(story, rule("second", assign="rex"), members=(PLAIN, CLEARED))
    first, second = applied(story)
    assert first.refused == (("assign", "not-cleared"), ("task", "not-cleared"))
    assert second.done == ("classify", "assign")[-len(second.done) :]
    assert story.build().assignee == "rex"


def test_a_rule_gives_no_review_to_who_decided_nor_a_case_to_who_has_an_interest() -> None:
    story = SITUATIONS["escalated"]()
    barred = next(iter(story.build().first_line))
    member = a_member(barred, roles=(Role.REVIEWER,))
    facts = decide(
        story.build(),
        as_rules(story, Assign(to=barred)),
        Context(now=story.now, by=AUTOMATION, terms=story.terms, members=(member,)),
    )
    assert application(facts).refused == (("assign", "not-independent"),)


def test_whoever_gets_a_case_by_a_rule_or_is_told_of_it_reads_which_rule_it_was() -> None:
    story = a_complaint().received()
    run(story, rule("first", title="Broken cups", assign="grace", tell=(Reader.TEAM,)), members=(PLAIN,))
    story.assigned("ruth")
    named = {
        (letter.kind, letter.member): letter.rule
        for letter in story.cases.letters
        if letter.to != "complainant"
    }
    assert named == {
        (LetterKind.ASSIGNMENT, "grace"): "Broken cups",
        (LetterKind.NOTICE, None): "Broken cups",
        (LetterKind.ASSIGNMENT, "ruth"): None,
    }


STEPS = st.lists(st.sampled_from(["note", "broken", "late", "tag", "wait", "look"]), min_size=1, max_size=12)
RULES = st.lists(
    st.builds(
        lambda when, words, tags, add, position: rule(
            f"r{position}",
            when=when,
            wait_days=1 if when is Trigger.WAITS else None,
            words=words,
            tags=tags,
            add_tags=add,
            task="Look",
            position=position,
        ),
        st.sampled_from(Trigger),
        st.sampled_from([(), ("broken",), ("late",)]),
        st.sampled_from([(), ("a",), ("b",)]),
        st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
        st.integers(1, 4),
    ),
    max_size=4,
    unique_by=lambda each: each.code,
)


@given(RULES, STEPS)
@settings(max_examples=60)
def test_s107_no_rule_loops_whatever_rules_there_are_and_whatever_people_do(
    rules: list[Rule], steps: list[str]
) -> None:
    """Each look ends with nothing left to do; a rule is applied once for an entry of a person, which is its
    only cause, and a few times at most."""
    story = a_complaint().received(MONDAY)
    at = MONDAY
    for step in steps:
        at += DAY
        if step == "tag":
            story.does(ADA, Classify(tags=("a",)), at)
        elif step == "note":
            story.does(ADA, Note(text="Looked at it."), at)
        elif step in ("broken", "late"):
            story.does(COMPLAINANT, Add(text=f"It is {step}."), at)
        run(story, *rules, at=at)
        assert causes(story, *rules, at=at) == []
        before = story.build().number
        run(story, *reversed(rules), at=at)
        assert story.build().number == before
    done = [(fact.rule, fact.cause) for fact in applied(story)]
    people = {moment.number for moment in of(story) if moment.by.is_person}
    assert len(done) == len(set(done))
    assert {cause for _, cause in done} <= people
    assert all(sum(code == each for each, _ in done) <= MOST_TIMES for code, _ in done)
