"""The register of corrective actions says when it does not hold all of them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from complaints.casework.workflow.corrective_actions import Act
from complaints.context.decision_context import Context
from complaints.values.people import Role
from functions.desk.tasks import actions
from tests.builders import ADA, MONDAY, a_member
from tests.installation import Installation, at_the_desk


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with at_the_desk(table, Role.QUALITY) as installation:
        yield installation


def test_a_register_of_more_actions_than_are_looked_at_says_so(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = installation.world
    reference = installation.take("one")
    for day in (9, 4):
        case = world.cases.load(reference)
        assert case is not None
        context = Context(
            now=MONDAY + timedelta(hours=1),
            by=ADA,
            terms=world.sites.terms("demo"),
            colleague=a_member("grace"),
        )
        act = Act(action="training_given", owner="grace", due=date(2026, 3, day))
        world.casework.carry_out(case, act, context)
    asked = actions.asked_for(world.members.known(world.now())[0], {"site": "demo"})
    whole = actions.register(world, asked, "en")
    assert (len(whole.items), whole.is_cut) == (2, False)
    monkeypatch.setattr(actions, "MOST", 1)
    cut = actions.register(world, asked, "en")
    assert ([each.due.day for each in cut.items], cut.is_cut) == ([4], True)
