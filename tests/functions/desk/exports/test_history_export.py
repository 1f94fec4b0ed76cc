"""What an export of whole cases costs, and where its pages end."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from benchmarks.measuring.aws_requests import counted
from complaints.casework.workflow.corrective_actions import Act
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor, Role
from functions.desk.exports import history_export, period_files
from functions.desk.exports.export import ExportQuery
from functions.desk.exports.history_export import START, HistoryQuery, Reached
from functions.serializers.exports.case_lines import LINES, ActionLine, AnyLine
from tests.builders import ADA, MONDAY, a_member
from tests.installation import Installation, at_the_desk

TAKEN = 22


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY, complaints=TAKEN) as installation:
        yield installation


def query(installation: Installation) -> HistoryQuery:
    member = installation.world.members.known(installation.world.now())[0]
    asked = ExportQuery("demo", None, None, "jsonl", tuple(LINES))
    return HistoryQuery(Actor(kind="staff", id=member.id), member, asked, tuple(LINES), {})


def test_pages_end_within_a_case_and_no_line_is_lost_or_told_twice(installation: Installation) -> None:
    deps, asked = installation.world, query(installation)
    whole = history_export.read_page(deps, asked, START)
    assert whole.reached is None
    assert len({line.reference for line in whole.lines}) == TAKEN
    found: list[AnyLine] = []
    reached: Reached | None = START
    while reached is not None:
        page = history_export.read_page(deps, asked, reached, enough=4_000)
        found += page.lines
        reached = page.reached
    assert found == whole.lines
    assert period_files.all_lines(deps, asked, TAKEN) == whole.lines
    with pytest.raises(Invalid) as refused:
        period_files.all_lines(deps, asked, TAKEN - 1)
    assert refused.value.errors == (Wrong("/to", "too-many-cases", TAKEN - 1),)


def test_an_action_is_there_with_what_is_done_and_how_it_is_measured(installation: Installation) -> None:
    world, words = installation.world, ("Packers learn to wrap.", "Broken lamps in a month", "Fewer than two")
    case = world.cases.load(installation.take("one"))
    assert case is not None
    act = Act(
        action="training_given",
        owner="grace",
        due=date(2026, 3, 9),
        text=words[0],
        measure=words[1],
        target=words[2],
    )
    context = Context(
        now=MONDAY + timedelta(hours=1), by=ADA, terms=world.sites.terms("demo"), colleague=a_member("grace")
    )
    world.casework.carry_out(case, act, context)
    lines = history_export.read_page(world, query(installation), START).lines
    (line,) = (each for each in lines if isinstance(each, ActionLine))
    assert (line.text, line.measure, line.target) == words


def test_a_case_costs_its_entries_and_its_letters_and_the_table_is_never_scanned(
    installation: Installation,
) -> None:
    with counted() as tally:
        history_export.read_page(installation.world, query(installation), START)
    assert set(tally.operations) == {"BatchGetItem", "Query"}
    entries, texts, letters = TAKEN, TAKEN, TAKEN
    assert tally.operations.count("Query") < entries + texts + letters + 50
    heads = 2
    assert tally.operations.count("BatchGetItem") <= heads + TAKEN
