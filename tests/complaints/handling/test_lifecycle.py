"""The lifecycle as one table: every command, in every situation, for everybody who could ask for it."""

import pytest
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve_all
from complaints.casework.command import Command
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import COMPLAINANTS, allowed_commands, decide, declarations
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.errors import Forbidden, NotNow
from complaints.values.people import COMPLAINANT, Actor
from tests.builders import RUTH, Story, a_member
from tests.complaints.permission_expectations import (
    MAY,
    PEOPLE,
    POSSIBLE,
    SITUATIONS,
    VERBS,
    expected,
    possible,
)
from tests.complaints.permission_tables import AGAIN, WHEN
from tests.complaints.situations import BESIDE, COMMANDS, OWN, example


def asking(story: Story, by: Actor) -> Context:
    """What a rule is given: whoever is named is there, and so are the other case and the entry."""
    context = story.context(by, colleague=a_member("grace"))
    return replace(context, other_case=BESIDE, passage=story.passage(1))


def test_the_tables_know_every_situation_and_every_command() -> None:
    assert POSSIBLE.keys() == SITUATIONS.keys()
    assert set(COMMANDS) == set(STAFF_COMMANDS)
    assert set(OWN) == {declared.command.verb for declared in COMPLAINANTS}
    for table in (WHEN, AGAIN):
        rows = {line.split()[0] for line in table.strip().splitlines()[1:]}
        assert rows == VERBS


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_s12_s19_every_command_is_taken_or_refused_as_the_tables_say(situation: str, person: str) -> None:
    """And `allowed_commands` says just what is taken."""
    story, by = SITUATIONS[situation](), PEOPLE[person]
    taken = {verb for verb in VERBS if is_taken(story.build(), verb, asking(story, by))}
    assert taken == expected(situation, person)
    assert set(allowed_commands(story.build(), asking(story, by))) == taken


def is_taken(complaint: Complaint, verb: str, context: Context) -> bool:
    """Whether the rules take a command, and what they answer with can happen."""
    try:
        facts = decide(complaint, example(verb, complaint, context.by), context)
    except (Forbidden, NotNow):
        return False
    evolve_all(complaint, facts)
    return bool(facts)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_s19_a_refused_command_changes_nothing(situation: str, person: str) -> None:
    story, by = SITUATIONS[situation](), PEOPLE[person]
    before = story.case, story.facts, list(story.cases.letters)
    for verb in VERBS - expected(situation, person):
        with pytest.raises((Forbidden, NotNow)):
            story.casework.carry_out(story.case, example(verb, story.build(), by), asking(story, by))
    assert (story.case, story.facts, story.cases.letters) == before


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_refusal_of_the_moment_names_what_is_possible(situation: str) -> None:
    story = SITUATIONS[situation]()
    complaint, context = story.build(), asking(story, RUTH)
    for verb in (MAY["reviewer"] & STAFF_COMMANDS.keys()) - possible(situation, "reviewer"):
        with pytest.raises(NotNow) as refusal:
            decide(complaint, example(verb, complaint, RUTH), context)
        assert refusal.value.allowed == allowed_commands(complaint, context)


def test_a_stranger_with_the_words_of_staff_is_forbidden() -> None:
    story = SITUATIONS["received"]()
    for verb in STAFF_COMMANDS:
        with pytest.raises(Forbidden):
            decide(story.build(), COMMANDS[verb], asking(story, COMPLAINANT))


def test_every_command_is_declared() -> None:
    def kinds(parent: type[Command]) -> set[type[Command]]:
        named = {parent} if "verb" in vars(parent) else set()
        return named.union(*(kinds(child) for child in parent.__subclasses__()))

    assert kinds(Command) == set(declarations())
