"""What members are told of runs of retention rules: nothing of cases that are hidden from them."""

from collections.abc import Iterator
from typing import cast

import pytest

from complaints.context.ports import Files
from complaints.settings.changes import SettingCommand
from complaints.settings.commands import PutCode
from complaints.settings.settings_context import among
from complaints.values.casework.retention import RetentionRun
from complaints.values.codes import CodeList
from complaints.values.people import Member, Role
from functions.desk.settings import retention
from tests.builders import MONDAY
from tests.complaints.checkpoints.fakes import HeldEvidence
from tests.faults.test_erasure import Removals
from tests.installation import Installation, opened
from tests.settings_stores import OPERATOR, change_member

SENSITIVE = "delivery.damaged"
"""The category of every complaint that an installation takes."""


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table, files=cast("Files", Removals()), evidence=HeldEvidence()) as installation:
        yield installation


def put(installation: Installation, name: str, command: SettingCommand) -> None:
    """The operator changes a setting."""
    world = installation.world
    store = world.settings_store
    context = among(store.all(), now=world.now(), by=OPERATOR, shipped_data=world.shipped_data)
    world.settings_service.carry_out(store.load(command.kind, name), command, context)


def runs(installation: Installation, *, cleared: bool) -> tuple[dict[str, int], tuple[str, ...]]:
    """What a member is told of the only run."""
    world = installation.world
    me = Member(id="paula", name="Paula", roles=(Role.PRIVACY,), sites=("demo",), sensitive=cleared)
    asked = retention.AskedRetention(me, "demo", world.sites.terms("demo").today(world.now()), None)
    [run] = retention.listed(world, asked).runs
    return run.erased, tuple(run.cases)


def test_runs_name_no_case_that_is_hidden(installation: Installation) -> None:
    world = installation.world
    reference = installation.take("secret")
    day = world.sites.terms("demo").today(MONDAY)
    erased = {"case": 2, f"case/{SENSITIVE}": 1}
    world.retention.keep(
        RetentionRun(site="demo", day=day, began_at=MONDAY, revision=1, erased=erased, cases=(reference,))
    )
    assert runs(installation, cleared=False) == (erased, (reference,))
    put(installation, "ruth", change_member(Role.REVIEWER, sensitive=True))
    put(
        installation,
        "demo",
        PutCode(list=CodeList.CATEGORIES, code=SENSITIVE, is_sensitive=True, reason="It was agreed."),
    )
    world.sites.forget("demo")
    assert runs(installation, cleared=False) == ({"case": 2}, ())
    assert runs(installation, cleared=True) == (erased, (reference,))
